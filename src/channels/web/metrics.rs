//! `GET /metrics` in the Prometheus text format, version 0.0.4.
//!
//! Written by hand rather than with a crate: it is a map and the counters of the service. Labels
//! are routes, never URLs, so they contain no questions and their number is bounded.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Mutex, PoisonError},
};

use axum::http::Method;

use crate::{
    assistant::MeaningState,
    corpus::Serves,
    records::RecordCounts,
    service::{CounterSnapshot, ServiceState, VoteCounts, status_name},
};

/// Requests served, by route, method and status.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    requests: Mutex<BTreeMap<(String, &'static str, u16), u64>>,
}

impl Metrics {
    /// Counts one request; `route` is a pattern such as `/p/{id}`.
    pub(super) fn count(&self, route: &str, method: &Method, status: u16) {
        let key = (route.to_owned(), method_label(method), status);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry(key).or_insert(0) += 1;
    }

    /// All counters and gauges.
    pub(super) fn render(&self, state: &ServiceState, lost_log_lines: u64) -> String {
        let mut page = String::new();
        self.write_requests(&mut page);
        write_questions(&mut page, &state.counters);
        write_state(&mut page, state);
        write_lost(&mut page, state.votes, lost_log_lines);
        page
    }

    fn write_requests(&self, page: &mut String) {
        let name = "wenzheng_http_requests_total";
        head(
            page,
            name,
            "counter",
            "Requests by route, method and status.",
        );
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, method, status), count) in requests.iter() {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            line(page, &format!("{name}{{{labels}}}"), count);
        }
    }
}

fn write_questions(page: &mut String, counters: &CounterSnapshot) {
    let name = "wenzheng_questions_total";
    let help = "Questions answered on all channels, by status.";
    head(page, name, "counter", help);
    for (status, count) in &counters.by_status {
        let status = status_name(*status);
        line(page, &format!("{name}{{status=\"{status}\"}}"), count);
    }
    let name = "wenzheng_answer_duration_seconds";
    head(page, name, "histogram", "Time from question to answer.");
    for (bound, count) in &counters.within {
        let bound = if bound.is_finite() {
            bound.to_string()
        } else {
            "+Inf".to_owned()
        };
        line(page, &format!("{name}_bucket{{le=\"{bound}\"}}"), count);
    }
    let all = counters.within.last().map_or(0, |(_, count)| *count);
    line(page, &format!("{name}_sum"), counters.seconds);
    line(page, &format!("{name}_count"), all);
}

fn write_state(page: &mut String, state: &ServiceState) {
    let now = match &*state.meaning {
        MeaningState::Off => "off",
        MeaningState::Embedding { .. } => "embedding",
        MeaningState::Ready => "ready",
        MeaningState::Failed { .. } => "failed",
    };
    let name = "wenzheng_semantic_state";
    let help = "1 for the state that search by meaning is in.";
    head(page, name, "gauge", help);
    for state in ["off", "embedding", "ready", "failed"] {
        let value = u8::from(state == now);
        line(page, &format!("{name}{{state=\"{state}\"}}"), value);
    }
    let library = state.snapshot.library();
    let documents = library.documents();
    let passages: usize = documents.iter().map(|d| d.passages).sum();
    for (name, help, value) in [
        (
            "wenzheng_corpus_documents",
            "Documents served.",
            documents.len(),
        ),
        ("wenzheng_corpus_passages", "Passages served.", passages),
    ] {
        head(page, name, "gauge", help);
        line(page, name, value);
    }
    write_troubles(page, state);
    write_records(page, state.records.unwrap_or_default());
    let name = "wenzheng_info";
    head(
        page,
        name,
        "gauge",
        "Version of the program and of the corpus.",
    );
    let (version, corpus) = (env!("CARGO_PKG_VERSION"), library.version());
    let labels = format!("version=\"{version}\",corpus=\"{corpus}\"");
    line(page, &format!("{name}{{{labels}}}"), 1);
}

fn write_lost(page: &mut String, votes: VoteCounts, log_lines: u64) {
    let votes_help = "Votes that could not be kept.";
    for (name, help, value) in [
        (
            "wenzheng_votes_kept_total",
            "Votes that are kept.",
            votes.kept,
        ),
        ("wenzheng_votes_lost_total", votes_help, votes.lost),
        (
            "wenzheng_log_lines_lost_total",
            "Log lines that could not be written.",
            log_lines,
        ),
    ] {
        head(page, name, "counter", help);
        line(page, name, value);
    }
}

fn write_records(page: &mut String, records: RecordCounts) {
    let lost = "Questions that the store did not take in time.";
    for (name, help, value) in [
        (
            "wenzheng_questions_kept_total",
            "Questions in the store.",
            records.questions.kept,
        ),
        (
            "wenzheng_questions_lost_total",
            lost,
            records.questions.lost,
        ),
    ] {
        head(page, name, "counter", help);
        line(page, name, value);
    }
}

/// What a person should look at.
fn write_troubles(page: &mut String, state: &ServiceState) {
    let name = "wenzheng_searches_failed_total";
    let help = "Questions and searches that failed: index or passages could not be read.";
    head(page, name, "counter", help);
    line(page, name, state.counters.failed);
    let name = "wenzheng_search_failing";
    head(page, name, "gauge", "1 while searches fail.");
    line(page, name, u8::from(state.search_fails));
    let name = "wenzheng_corpus_degraded";
    let help = "1 for what is served while files of the corpus have errors.";
    head(page, name, "gauge", help);
    let serves = state.degraded.as_ref().map(|degraded| degraded.serves);
    for one in [Serves::LastWhole, Serves::SoundFiles] {
        let value = u8::from(serves == Some(one));
        line(page, &format!("{name}{{serves=\"{}\"}}", one.name()), value);
    }
    let name = "wenzheng_corpus_files_with_errors";
    head(page, name, "gauge", "Files of the corpus with errors.");
    let files = state.degraded.as_ref().map_or(0, |d| d.files.len());
    line(page, name, files);
    let name = "wenzheng_unwritten_total";
    head(page, name, "counter", "What could not be written to disk.");
    for (kept, count) in state.unwritten {
        line(page, &format!("{name}{{kept=\"{}\"}}", kept.name()), count);
    }
}

fn head(page: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(page, "# HELP {name} {help}\n# TYPE {name} {kind}")
        .expect("writing to a string cannot fail");
}

fn line(page: &mut String, name: &str, value: impl std::fmt::Display) {
    writeln!(page, "{name} {value}").expect("writing to a string cannot fail");
}

/// Clients may invent methods, which must not become labels.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
