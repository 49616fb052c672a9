//! Asking, and saying whether an answer was of use.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::responses::{BodyRefused, Malformed, TooFast, Unknown};
use crate::{
    channels::{
        client::Client,
        web::{
            ask::{self, Reply},
            body::JsonBody,
            person::{PersonId, asked_by},
            problem::Problem,
            state::Shared,
            wording,
        },
    },
    corpus::PassageId,
    service::{Act, AnswerId, Channel, Conversation, Reason, Request, Vote, VoteCast},
};

/// Characters of what a button carries at most.
const PICK: usize = 64;

/// A question.
#[derive(Deserialize, ToSchema)]
pub(super) struct AskBody {
    /// In the asker's own words, Simplified or Traditional script; the answer uses the same.
    #[schema(value_type = String, pattern = r"\S", example = "今年修哪几条高速？")]
    question: Option<String>,
    /// Another name for `question`, for hands that type.
    #[serde(default)]
    #[schema(ignore)]
    q: Option<String>,
    /// Earlier questions of the conversation, oldest first; the last four are looked at.
    #[serde(default)]
    history: Option<Vec<String>>,
    /// An id of the client's choice for a conversation; with it the server remembers the last four
    /// questions itself, for half an hour unless it is set otherwise, and `history` is not looked at.
    #[serde(default)]
    #[schema(pattern = "^[A-Za-z0-9_-]{1,64}$", example = "a3f0-77")]
    session: Option<String>,
    /// A random id of the asker's own, made once and kept where they ask: 32 hexadecimal digits. With it
    /// `/api/mydata` shows and `/api/forgetme` erases what is kept of this question; without it nobody is
    /// told.
    #[serde(default)]
    #[schema(pattern = "^[0-9A-Fa-f]{32}$")]
    person: Option<String>,
    /// An id of the client's choice for a dialogue on who qualifies, where `history` is sent: what is said in it is
    /// remembered under this id for minutes, and nowhere else.
    #[serde(default)]
    #[schema(pattern = "^[A-Za-z0-9_-]{1,64}$", example = "b7-19")]
    dialogue: Option<String>,
    /// Of a button of such a dialogue: what `display.check` gives as its `pick`; `question` is what the button says.
    #[serde(default)]
    #[schema(max_length = 64)]
    pick: Option<String>,
    /// At most this many citations, 1 to 10; 3 unless given.
    #[serde(default)]
    #[schema(value_type = Option<u8>, minimum = 1, maximum = 10)]
    limit: Option<f64>, // to JSON, 6.0 is a whole number too
}

/// Answer a question
///
/// There is always an answer with a `status`; `not_found` means that the reports do not say.
#[utoipa::path(
    post,
    path = "/api/ask",
    tag = "ask",
    operation_id = "ask",
    request_body = AskBody,
    responses((status = 200, description = "The answer", body = Reply), Malformed, BodyRefused, TooFast),
)]
pub(super) async fn ask(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<AskBody>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_JSON))?;
    let question = body.question.or(body.q);
    let question = question.ok_or(Problem::bad_request(wording::BAD_JSON))?;
    let pick = body.pick;
    if pick
        .as_ref()
        .is_some_and(|pick| pick.chars().count() > PICK)
    {
        return Err(Problem::bad_request(wording::BAD_PICK));
    }
    let conversation = match body.session {
        Some(id) => ask::session(id)?,
        None => Conversation::Given(body.history.unwrap_or_default()),
    };
    let dialogue = body.dialogue.map(ask::dialogue).transpose()?;
    let person = body.person.as_deref().map(PersonId::read).transpose()?;
    let citations = match body.limit {
        None => 0,
        Some(limit) => (1..=10)
            .find(|allowed: &u8| f64::from(*allowed) == limit)
            .map(usize::from)
            .ok_or(Problem::bad_request(wording::BAD_ASK_LIMIT))?,
    };
    let asked = ask::act(&question, citations)?;
    let act = pick.map_or(asked, Act::Pick);
    let asking = ask::Asking {
        act,
        person,
        conversation,
        dialogue,
    };
    let (reply, _) = ask::ask(&web, client, asking).await?;
    Ok(Json(reply).into_response())
}

/// A vote on a reply.
#[derive(Deserialize, ToSchema)]
pub(super) struct FeedbackBody {
    /// The answer's `answer_id`. A second vote of one caller on the same answer replaces the first.
    #[serde(default)]
    #[schema(pattern = "^[A-Za-z0-9_-]{11}$")]
    answer_id: Option<String>,
    /// Of the answer's first citation; left out for a reply that cites nothing.
    #[serde(default)]
    passage_id: Option<String>,
    /// Whether it was of use.
    vote: Vote,
    /// Why it was of no use.
    #[serde(default)]
    reason: Option<Reason>,
    /// As with questions.
    #[serde(default)]
    #[schema(pattern = "^[0-9A-Fa-f]{32}$")]
    person: Option<String>,
}

/// Say whether an answer was of use
#[utoipa::path(
    post,
    path = "/api/feedback",
    tag = "ask",
    operation_id = "feedback",
    request_body = FeedbackBody,
    responses((status = 204, description = "Noted"), Malformed, BodyRefused, TooFast, Unknown),
)]
pub(super) async fn feedback(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<FeedbackBody>,
) -> Result<StatusCode, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_VOTE))?;
    let answer = body.answer_id.as_deref().map(|id| {
        let known = AnswerId::parse(id);
        known.ok_or(Problem::bad_request(wording::BAD_VOTE))
    });
    let person = body.person.as_deref().map(PersonId::read).transpose()?;
    let vote = Act::Vote(VoteCast {
        answer: answer.transpose()?,
        passage: body.passage_id.map(PassageId),
        vote: body.vote,
        reason: body.reason,
    });
    let request = Request::new(client.caller(Channel::WEB), vote);
    web.service.handle(asked_by(person, request)).await?;
    Ok(StatusCode::NO_CONTENT)
}
