//! For those who run the service: liveness, readiness, counters.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    assistant::MeaningState,
    channels::{
        client::Neighbour,
        web::{problem::Problem, state::Shared},
    },
    corpus::Degraded,
    service::{ServiceState, StoreState},
};

/// `GET /healthz`
pub(in crate::channels::web) async fn healthz() -> &'static str {
    "ok"
}

#[derive(Debug, Serialize)]
struct Ready<'a> {
    status: &'static str,
    corpus_version: &'a str,
    /// Number of the edition; left out where editions are not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<i64>,
    documents: usize,
    passages: usize,
    /// Until it is ready, questions are answered by words alone.
    semantic: &'a MeaningState,
    /// Left out while all files as they are on disk are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    corpus: Option<NotAsItIs>,
    /// `failing` while index or passages cannot be read.
    search: &'static str,
    /// How often something could not be written to disk; only what was refused at all.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    unwritten: BTreeMap<&'static str, u64>,
    /// `failing` while it does not take what is asked; `unreachable` or `read_only` while it cannot be used,
    /// and its last edition is served.
    store: &'static str,
    /// Questions and votes that the store did not take in time; left out while there are none.
    #[serde(skip_serializing_if = "is_zero")]
    unrecorded: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What is served while files of the corpus have errors: names, never text.
#[derive(Debug, Serialize)]
struct NotAsItIs {
    serves: &'static str,
    /// Files with errors.
    errors: usize,
    /// The first of them, below the corpus folder.
    files: Vec<String>,
}

/// Files named at most.
const NAMED: usize = 20;

impl NotAsItIs {
    fn of(degraded: &Degraded) -> Self {
        let files = degraded.files.iter().take(NAMED);
        Self {
            serves: degraded.serves.name(),
            errors: degraded.files.len(),
            files: files.map(|file| file.display().to_string()).collect(),
        }
    }
}

/// `GET /readyz`: ready as soon as it runs, since an assistant exists only once its corpus is loaded.
/// `degraded` when files have errors and others are served; `failing`, with 503, while searches fail.
pub(in crate::channels::web) async fn readyz(State(web): Shared) -> Response {
    let ServiceState {
        snapshot,
        meaning,
        degraded,
        search_fails,
        unwritten,
        records,
        store,
        ..
    } = web.service.state();
    let (code, status) = match (search_fails, &degraded) {
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "failing"),
        (false, Some(_)) => (StatusCode::OK, "degraded"),
        (false, None) => (StatusCode::OK, "ready"),
    };
    let unwritten = unwritten.iter().filter(|(_, count)| *count > 0);
    let documents = snapshot.library().documents();
    let ready = Ready {
        status,
        corpus_version: snapshot.library().version(),
        edition: Some(snapshot.number()).filter(|number| *number > 0),
        documents: documents.len(),
        passages: snapshot.library().passage_count(),
        semantic: &meaning,
        corpus: degraded.as_deref().map(NotAsItIs::of),
        search: if search_fails { "failing" } else { "ready" },
        unwritten: unwritten
            .map(|(kept, count)| (kept.name(), *count))
            .collect(),
        store: match records {
            None if store == StoreState::ReadOnly => "read_only",
            None => "unreachable",
            Some(records) if records.failing => "failing",
            Some(_) => "ready",
        },
        unrecorded: records.map_or(0, |records| records.questions.lost + records.votes.lost),
    };
    (code, Json(ready)).into_response()
}

/// `GET /metrics`, for collectors in the same network. What comes from elsewhere, or through a
/// reverse proxy, is told that there is no such page. (A proxy that hides where requests come from
/// must itself keep the page to those who may see it.)
pub(in crate::channels::web) async fn metrics(
    State(web): Shared,
    Neighbour(neighbour): Neighbour,
) -> Result<Response, Problem> {
    if !neighbour {
        return Err(Problem::of(StatusCode::NOT_FOUND));
    }
    let headers = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    Ok((
        headers,
        web.metrics
            .render(&web.service.state(), (web.settings.lost_log_lines)()),
    )
        .into_response())
}
