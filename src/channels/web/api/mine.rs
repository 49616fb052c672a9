//! What is kept of whoever asks: to see, and to erase.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339, macros::offset};
use utoipa::ToSchema;

use super::responses::{Away, BodyRefused, Malformed, TooFast};
use crate::{
    admin::{self, Outcome},
    channels::{
        client::Client,
        web::{
            body::JsonBody,
            person::PersonId,
            problem::Problem,
            state::{Shared, Web},
            wording,
        },
    },
    service::{self, Act, Channel, Request},
};

/// By the clock of China.
const CHINA: UtcOffset = offset!(+8);

/// Whose data.
#[derive(Deserialize, ToSchema)]
pub(super) struct PersonBody {
    /// The id that was sent with questions and votes.
    #[schema(pattern = "^[0-9A-Fa-f]{32}$")]
    person: String,
}

/// What is kept of a person.
#[derive(Serialize, ToSchema)]
pub(super) struct MyData {
    /// The newest ten, newest first.
    questions: Vec<MyQuestion>,
    /// How many votes.
    votes: i64,
}

/// A question that is kept.
#[derive(Serialize, ToSchema)]
pub(super) struct MyQuestion {
    /// When it was asked (RFC 3339).
    #[schema(format = DateTime)]
    at: String,
    /// As it is kept: telephone, identity card and bank numbers are masked.
    question: String,
}

/// What was erased.
#[derive(Serialize, ToSchema)]
pub(super) struct Forgotten {
    /// How many questions.
    questions: u64,
    /// How many votes.
    votes: u64,
}

/// See what is kept of whoever asks
#[utoipa::path(
    post,
    path = "/api/mydata",
    tag = "ask",
    operation_id = "mydata",
    request_body = PersonBody,
    responses((status = 200, description = "What is kept", body = MyData), Malformed, BodyRefused, TooFast, Away),
)]
pub(super) async fn mydata(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<PersonBody>,
) -> Result<Json<MyData>, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_PERSON))?;
    match perform(&web, client, &body, admin::Command::MyData).await? {
        Outcome::Mine(mine) => Ok(Json(MyData {
            questions: mine.questions.into_iter().map(question).collect(),
            votes: mine.votes,
        })),
        _ => Err(Problem::data_away()),
    }
}

/// Erase what is kept of whoever asks
#[utoipa::path(
    post,
    path = "/api/forgetme",
    tag = "ask",
    operation_id = "forgetme",
    request_body = PersonBody,
    responses((status = 200, description = "It is erased", body = Forgotten), Malformed, BodyRefused, TooFast, Away),
)]
pub(super) async fn forgetme(
    State(web): Shared,
    client: Client,
    JsonBody(body): JsonBody<PersonBody>,
) -> Result<Json<Forgotten>, Problem> {
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_PERSON))?;
    match perform(&web, client, &body, admin::Command::ForgetMe).await? {
        Outcome::Forgotten(questions, votes) => Ok(Json(Forgotten { questions, votes })),
        _ => Err(Problem::data_away()),
    }
}

/// Performs `command` for the person of `body`.
async fn perform(
    web: &Web,
    client: Client,
    body: &PersonBody,
    command: admin::Command,
) -> Result<Outcome, Problem> {
    let person = PersonId::read(&body.person)?;
    let request = Request::new(client.caller(Channel::WEB), Act::Command(command.into()));
    let reply = web.service.handle(person.makes(request)).await?;
    match reply.outcome {
        service::Outcome::Admin(outcome) => Ok(*outcome),
        _ => Err(Problem::data_away()),
    }
}

fn question((at, question): (i64, String)) -> MyQuestion {
    let asked = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).ok();
    let asked = asked.and_then(|asked| asked.to_offset(CHINA).format(&Rfc3339).ok());
    MyQuestion {
        at: asked.unwrap_or_default(),
        question,
    }
}
