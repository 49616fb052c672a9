//! For those who run the service: liveness, readiness, counters.

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
    service::ServiceState,
};

/// `GET /healthz`
pub(in crate::channels::web) async fn healthz() -> &'static str {
    "ok"
}

#[derive(Debug, Serialize)]
struct Ready<'a> {
    status: &'static str,
    corpus_version: &'a str,
    documents: usize,
    passages: usize,
    /// Until it is ready, questions are answered by words alone.
    semantic: &'a MeaningState,
}

/// `GET /readyz`: ready as soon as it runs, since an assistant exists only once its corpus is loaded.
pub(in crate::channels::web) async fn readyz(State(web): Shared) -> Response {
    let ServiceState {
        snapshot, meaning, ..
    } = web.service.state();
    let documents = snapshot.library().documents();
    Json(Ready {
        status: "ready",
        corpus_version: snapshot.library().version(),
        documents: documents.len(),
        passages: snapshot.library().passage_count(),
        semantic: &meaning,
    })
    .into_response()
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
