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
    semantic: SemanticReady,
}

/// How far search by meaning is; until it is ready, questions are answered by words alone.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum SemanticReady {
    Off,
    Embedding { done: usize, all: usize },
    Ready,
    Failed { reason: String },
}

impl From<&MeaningState> for SemanticReady {
    fn from(state: &MeaningState) -> Self {
        match state {
            MeaningState::Off => Self::Off,
            MeaningState::Embedding { done, all } => Self::Embedding {
                done: *done,
                all: *all,
            },
            MeaningState::Ready => Self::Ready,
            MeaningState::Failed(reason) => Self::Failed {
                reason: reason.clone(),
            },
        }
    }
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
        semantic: SemanticReady::from(&*meaning),
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
    Ok((headers, web.metrics.render(&web.service.state())).into_response())
}
