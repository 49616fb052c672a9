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
    service::{CounterSnapshot, ServiceState, status_name},
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
    pub(super) fn render(&self, state: &ServiceState) -> String {
        let mut page = String::new();
        self.write_requests(&mut page);
        write_questions(&mut page, &state.counters);
        write_state(&mut page, state);
        page
    }

    fn write_requests(&self, page: &mut String) {
        head(
            page,
            "wenzheng_http_requests_total",
            "counter",
            "Requests by route, method and status.",
        );
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, method, status), count) in requests.iter() {
            line(
                page,
                &format!(
                    "wenzheng_http_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}"
                ),
                count,
            );
        }
    }
}

fn write_questions(page: &mut String, counters: &CounterSnapshot) {
    head(
        page,
        "wenzheng_questions_total",
        "counter",
        "Questions answered on all channels, by status.",
    );
    for (status, count) in &counters.by_status {
        let status = status_name(*status);
        line(
            page,
            &format!("wenzheng_questions_total{{status=\"{status}\"}}"),
            count,
        );
    }
    head(
        page,
        "wenzheng_answer_duration_seconds",
        "histogram",
        "Time from question to answer.",
    );
    for (bound, count) in &counters.within {
        let bound = if bound.is_finite() {
            bound.to_string()
        } else {
            "+Inf".to_owned()
        };
        line(
            page,
            &format!("wenzheng_answer_duration_seconds_bucket{{le=\"{bound}\"}}"),
            count,
        );
    }
    let all = counters.within.last().map_or(0, |(_, count)| *count);
    line(
        page,
        "wenzheng_answer_duration_seconds_sum",
        counters.seconds,
    );
    line(page, "wenzheng_answer_duration_seconds_count", all);
}

fn write_state(page: &mut String, state: &ServiceState) {
    let now = match &*state.meaning {
        MeaningState::Off => "off",
        MeaningState::Embedding { .. } => "embedding",
        MeaningState::Ready => "ready",
        MeaningState::Failed(_) => "failed",
    };
    head(
        page,
        "wenzheng_semantic_state",
        "gauge",
        "1 for the state that search by meaning is in.",
    );
    for state in ["off", "embedding", "ready", "failed"] {
        let name = format!("wenzheng_semantic_state{{state=\"{state}\"}}");
        line(page, &name, u8::from(state == now));
    }
    let snapshot = &state.snapshot;
    let documents = snapshot.library().documents();
    head(
        page,
        "wenzheng_corpus_documents",
        "gauge",
        "Documents served.",
    );
    line(page, "wenzheng_corpus_documents", documents.len());
    head(
        page,
        "wenzheng_corpus_passages",
        "gauge",
        "Passages served.",
    );
    let passages: usize = documents.iter().map(|d| d.passages).sum();
    line(page, "wenzheng_corpus_passages", passages);
    head(
        page,
        "wenzheng_info",
        "gauge",
        "Version of the program and of the corpus.",
    );
    let version = env!("CARGO_PKG_VERSION");
    let corpus = snapshot.library().version();
    line(
        page,
        &format!("wenzheng_info{{version=\"{version}\",corpus=\"{corpus}\"}}"),
        1,
    );
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
