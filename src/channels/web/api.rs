//! The JSON API.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use super::{
    Shared,
    ask::{self, Before},
    body::JsonBody,
    client::Client,
    problem::Problem,
    wording,
};
use crate::{
    assistant::MeaningState,
    assistant::Snapshot,
    channels::{limits::Pace, record::PeriodRecord},
    corpus::{Document, Passage, PassageId, PassageKind, Term},
};

/// `POST /api/ask`
#[derive(Debug, Deserialize)]
pub(super) struct AskBody {
    #[serde(alias = "q")]
    question: String,
    /// Earlier questions, oldest first; the last four are looked at.
    #[serde(default)]
    history: Option<Vec<String>>,
    /// An id of the client's choice; with it the server remembers earlier questions itself.
    #[serde(default)]
    session: Option<String>,
}

pub(super) async fn ask(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<AskBody>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_JSON))?;
    let before = match body.session {
        Some(id) => Before::of_session(&id)?,
        None => Before::Told(body.history.unwrap_or_default()),
    };
    let reply = ask::ask(&web, &client, &body.question, before).await?;
    Ok(Json(reply).into_response())
}

/// `POST /api/feedback`
#[derive(Debug, Deserialize)]
pub(super) struct FeedbackBody {
    passage_id: String,
    vote: Vote,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Vote {
    Up,
    Down,
}

pub(super) async fn feedback(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<FeedbackBody>,
) -> Result<StatusCode, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_VOTE))?;
    if web.votes.count(&client.0) != Pace::Fine {
        return Err(Problem::of(StatusCode::TOO_MANY_REQUESTS));
    }
    let snapshot = web.assistant.snapshot();
    // The id is logged as stored, not as sent: whatever else was sent stays out of the log.
    let (_, passage) = snapshot
        .passage(&PassageId(body.passage_id))
        .ok_or_else(Problem::unknown_passage)?;
    let vote = match body.vote {
        Vote::Up => "up",
        Vote::Down => "down",
    };
    tracing::info!(target: "feedback", channel = "web", passage.id = %passage.id, vote, "vote");
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/passages/{id}`
#[derive(Debug, Serialize)]
struct PassageRecord<'a> {
    passage_id: &'a PassageId,
    document_id: &'a str,
    document_title: &'a str,
    path: &'a [String],
    period: PeriodRecord,
    kind: PassageKind,
    text: &'a str,
    section: SectionRecord<'a>,
}

#[derive(Debug, Serialize)]
struct SectionRecord<'a> {
    path: &'a [String],
    passages: Vec<SectionPassage<'a>>,
}

#[derive(Debug, Serialize)]
struct SectionPassage<'a> {
    passage_id: &'a PassageId,
    text: &'a str,
    period: PeriodRecord,
}

pub(super) async fn passage(
    State(web): Shared,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_passage())?;
    let snapshot = web.assistant.snapshot();
    let id = PassageId(id);
    let record = passage_record(&snapshot, &id).ok_or_else(Problem::unknown_passage)?;
    Ok(Json(record).into_response())
}

fn passage_record<'a>(snapshot: &'a Snapshot, id: &PassageId) -> Option<PassageRecord<'a>> {
    let (document, passage) = snapshot.passage(id)?;
    let (_, section, passages) = snapshot.section(id)?;
    Some(PassageRecord {
        passage_id: &passage.id,
        document_id: &document.id.0,
        document_title: &document.meta.title,
        path: &passage.path,
        period: passage.period.into(),
        kind: passage.kind,
        text: &passage.text,
        section: SectionRecord {
            path: &section.path,
            passages: passages
                .iter()
                .map(|passage| SectionPassage {
                    passage_id: &passage.id,
                    text: &passage.text,
                    period: passage.period.into(),
                })
                .collect(),
        },
    })
}

/// `GET /api/terms`
#[derive(Debug, Serialize)]
struct TermRecord<'a> {
    name: &'a str,
    aliases: &'a [String],
    definition: &'a str,
    parts: Vec<PartRecord<'a>>,
    passage_id: &'a PassageId,
    document_id: &'a str,
    document_title: &'a str,
    /// Passages that use the slogan, in document order.
    used_in: Vec<&'a PassageId>,
}

#[derive(Debug, Serialize)]
struct PartRecord<'a> {
    name: &'a str,
    text: &'a str,
}

pub(super) async fn terms(State(web): Shared) -> Response {
    let snapshot = web.assistant.snapshot();
    let terms: Vec<TermRecord<'_>> = snapshot
        .terms()
        .map(|(document, term)| term_record(document, term))
        .collect();
    Json(terms).into_response()
}

fn term_record<'a>(document: &'a Document, term: &'a Term) -> TermRecord<'a> {
    let passage: &Passage = &document.passages[term.passage];
    TermRecord {
        name: &term.name,
        aliases: &term.aliases,
        definition: &term.definition,
        parts: term
            .parts
            .iter()
            .map(|part| PartRecord {
                name: &part.name,
                text: part.span.of(&passage.text),
            })
            .collect(),
        passage_id: &passage.id,
        document_id: &document.id.0,
        document_title: &document.meta.title,
        used_in: term
            .used_in
            .iter()
            .map(|at| &document.passages[*at].id)
            .collect(),
    }
}

/// `GET /api/documents`
#[derive(Debug, Serialize)]
struct DocumentRecord<'a> {
    id: &'a str,
    title: &'a str,
    place: &'a str,
    year: i32,
    review_year: i32,
    passages: usize,
}

pub(super) async fn documents(State(web): Shared) -> Response {
    let snapshot = web.assistant.snapshot();
    let documents: Vec<DocumentRecord<'_>> = snapshot
        .corpus
        .documents
        .iter()
        .map(|document| DocumentRecord {
            id: &document.id.0,
            title: &document.meta.title,
            place: &document.meta.place,
            year: document.meta.year,
            review_year: document.meta.review_year,
            passages: document.passages.len(),
        })
        .collect();
    Json(documents).into_response()
}

pub(super) async fn healthz() -> &'static str {
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

/// Ready as soon as it runs: an assistant exists only once its corpus is loaded.
pub(super) async fn readyz(State(web): Shared) -> Response {
    let snapshot = web.assistant.snapshot();
    let documents = &snapshot.corpus.documents;
    Json(Ready {
        status: "ready",
        corpus_version: &snapshot.corpus.version,
        documents: documents.len(),
        passages: documents.iter().map(|d| d.passages.len()).sum(),
        semantic: SemanticReady::from(&*web.assistant.meaning_state()),
    })
    .into_response()
}
