//! Looking up: passages for a query, slogans while they are typed.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::responses::{Malformed, TooFast, Unknown};
use crate::{
    channels::{
        answer_json::PeriodRecord,
        client::Client,
        web::{problem::Problem, state::Shared, wording},
    },
    corpus::{DocumentId, PassageKind},
    service::{Act, Channel, Request},
};

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Words or a question.
    #[param(pattern = r"\S", example = "高标准农田")]
    q: String,
    /// Passages at most; 10 unless given.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<u8>,
    /// Only passages of this document.
    document: Option<String>,
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SearchReply<'a> {
    corpus_version: &'a str,
    /// Best first; empty when nothing matches.
    passages: Vec<FoundRecord<'a>>,
}

/// A passage that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundRecord<'a> {
    passage_id: &'a str,
    document_id: &'a str,
    document_title: &'a str,
    /// Headings from the outside in, the lead sentence last.
    path: &'a [String],
    kind: PassageKind,
    /// Of the sentence that fits best.
    period: PeriodRecord,
    /// Verbatim: the sentence that fits best.
    sentence: &'a str,
    /// Verbatim: the whole passage.
    text: &'a str,
    /// Comparable within one search only.
    score: f32,
}

/// Rank passages for a query
///
/// Unlike `/api/ask` it does not judge whether a passage answers anything.
#[utoipa::path(
    get,
    path = "/api/search",
    tag = "ask",
    operation_id = "search",
    params(SearchQuery),
    responses((status = 200, description = "Best first", body = SearchReply), Malformed, TooFast, Unknown),
)]
pub(super) async fn search(
    State(web): Shared,
    client: Client,
    query: Result<Query<SearchQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|_| Problem::bad_request(wording::BAD_SEARCH))?;
    let limit = query.limit.unwrap_or(10);
    if query.q.trim().is_empty() || !(1..=50).contains(&limit) {
        return Err(Problem::bad_request(wording::BAD_SEARCH));
    }
    let search = Act::Search {
        query: query.q,
        document: query.document.map(DocumentId),
        limit: usize::from(limit),
    };
    let request = Request::new(client.caller(Channel::WEB), search);
    let (found, snapshot) = web.service.handle(request).await?.found()?;
    // All of them are served: the snapshot is the one that was searched.
    let cited = snapshot.passages(found.iter().map(|found| &found.passage), found.len())?;
    let passages = found.iter().zip(&cited);
    let passages = passages.map(|(found, (document, passage))| FoundRecord {
        passage_id: &passage.id.0,
        document_id: &document.id.0,
        document_title: &document.meta.title,
        path: &passage.path,
        kind: passage.kind,
        period: found.period.into(),
        sentence: found.sentence.of(&passage.text),
        text: &passage.text,
        score: found.score,
    });
    let reply = SearchReply {
        corpus_version: snapshot.library().version(),
        passages: passages.collect(),
    };
    Ok(Json(reply).into_response())
}

/// What has been typed so far.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SuggestQuery {
    /// A part of a name or topic, its pinyin or the first letters of it; nothing for the slogans used
    /// most.
    #[param(example = "三抓")]
    #[serde(default)]
    q: String,
    /// Slogans and questions at most; 5 unless given.
    #[param(minimum = 1, maximum = 20)]
    limit: Option<u8>,
}

/// What is offered while something is typed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SuggestKind {
    /// A slogan of the glossary.
    Term,
    /// A question that the newest report answers.
    Question,
}

/// A slogan or a question that what was typed may become.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SuggestRecord<'a> {
    /// Which of the two.
    kind: SuggestKind,
    /// The slogan without quotation marks, or the question itself.
    name: &'a str,
    /// What to ask.
    question: String,
    /// The glossary entry, or the passage that answers.
    passage_id: &'a str,
}

/// Complete a slogan or a question while it is typed: slogans first
#[utoipa::path(
    get,
    path = "/api/suggest",
    tag = "ask",
    operation_id = "suggest",
    params(SuggestQuery),
    responses((status = 200, description = "Best first", body = [SuggestRecord]), Malformed, TooFast),
)]
pub(super) async fn suggest(
    State(web): Shared,
    client: Client,
    query: Result<Query<SuggestQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|_| Problem::bad_request(wording::BAD_SUGGEST))?;
    let limit = query.limit.unwrap_or(5);
    if !(1..=20).contains(&limit) {
        return Err(Problem::bad_request(wording::BAD_SUGGEST));
    }
    let suggest = Act::Suggest {
        typed: query.q,
        terms: usize::from(limit),
        questions: usize::from(limit),
        citations: 0,
    };
    let request = Request::new(client.caller(Channel::WEB), suggest);
    let (suggested, _) = web.service.handle(request).await?.suggested()?;
    let terms = suggested.terms.iter().map(|hint| SuggestRecord {
        kind: SuggestKind::Term,
        name: &hint.name,
        question: wording::meaning_of(&hint.name),
        passage_id: &hint.passage.0,
    });
    let questions = suggested.questions.iter().map(|offer| SuggestRecord {
        kind: SuggestKind::Question,
        name: &offer.question,
        question: offer.question.clone(),
        passage_id: &offer.passage.0,
    });
    let hints: Vec<_> = terms.chain(questions).take(usize::from(limit)).collect();
    Ok(Json(hints).into_response())
}
