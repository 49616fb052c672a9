//! Administration by programs of the office: commands as they are typed in a chat, with a token.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::responses::{BodyRefused, Malformed, TooFast, Unauthorized};
use crate::{
    admin,
    channels::{
        client::Client,
        web::{
            body::JsonBody,
            problem::Problem,
            state::{Shared, Web},
            wording,
        },
        wording as shared,
    },
    service::{Act, Channel, Command, Request},
    staff::Actor,
};

/// A command.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct CommandBody {
    /// As it is typed in a chat; `/help` there lists all commands.
    #[schema(example = "/rollback 3")]
    command: String,
}

/// What became of a command.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommandDone {
    /// True when what was asked for was done, or nothing was to be done.
    ok: bool,
    /// `done`, or why not: `needs_role`, `not_theirs`, `not_published` and so on.
    outcome: &'static str,
    /// For people, in Chinese: what changed, or which files have errors.
    message: String,
    /// The edition that is live now; left out where editions are not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<i64>,
}

/// Give a command
///
/// What an administrator can do in a chat: reload, roll back, undo, add a synonym, read the audit. Long
/// ones go on as a job, which `/jobs` tells of.
#[utoipa::path(
    post,
    path = "/api/admin/commands",
    tag = "admin",
    operation_id = "command",
    request_body = CommandBody,
    security(("token" = [])),
    responses(
        (status = 200, description = "What became of it", body = CommandDone),
        Malformed, BodyRefused, Unauthorized, TooFast
    ),
)]
pub(super) async fn command(
    State(web): Shared,
    client: Client,
    headers: HeaderMap,
    JsonBody(body): JsonBody<CommandBody>,
) -> Result<Json<CommandDone>, Problem> {
    let actor = bearer(&web, &client, &headers).await?;
    let body = body.map_err(|_| Problem::bad_request(wording::BAD_JSON))?;
    let command = admin::parse(&body.command);
    let command = command.ok_or_else(|| Problem::bad_request(shared::UNKNOWN_COMMAND))?;
    let outcome = web.service.administer(command, actor).await?;
    Ok(Json(done(&web, &outcome)))
}

/// Files of a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a description")]
pub(super) struct UploadForm {
    /// Reports, notices or guides.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<u8>,
}

/// Put files in
///
/// Fields called `file`, at most two of 20 MB; what came of them waits as a draft until `/confirm`.
#[utoipa::path(
    post,
    path = "/api/admin/uploads",
    tag = "admin",
    operation_id = "upload",
    request_body(content_type = "multipart/form-data", content = UploadForm),
    security(("token" = [])),
    responses(
        (status = 200, description = "What came of them", body = CommandDone),
        Malformed, Unauthorized, TooFast
    ),
)]
pub(super) async fn upload(
    State(web): Shared,
    client: Client,
    headers: HeaderMap,
    request: axum::extract::Request,
) -> Result<Json<CommandDone>, Problem> {
    let actor = bearer(&web, &client, &headers).await?;
    Ok(Json(match web.service.receive(actor, request).await? {
        Ok(outcome) => done(&web, &outcome),
        Err(error) => CommandDone {
            ok: false,
            outcome: "not_kept",
            message: crate::upload::wording::not_kept(&error),
            edition: None,
        },
    }))
}

fn done(web: &Web, outcome: &admin::Outcome) -> CommandDone {
    let number = web.service.state().snapshot.number();
    CommandDone {
        ok: outcome.went_well(),
        outcome: outcome.name(),
        message: shared::admin::outcome(outcome),
        edition: Some(number).filter(|number| *number > 0),
    }
}

/// Whoever has the token of the request. Every try counts as a request of its address.
async fn bearer(web: &Web, client: &Client, headers: &HeaderMap) -> Result<Actor, Problem> {
    let caller = client.clone().caller(Channel::WEB);
    let counted = Request::new(caller, Act::Command(Command::Own));
    web.service.handle(counted).await?;
    let sent = headers.get(header::AUTHORIZATION);
    let sent = sent.and_then(|value| value.to_str().ok());
    let token = sent.and_then(|value| value.strip_prefix("Bearer "));
    let actor = match token {
        Some(token) => web.service.bearer(token.trim().to_owned()).await?,
        None => None,
    };
    actor.ok_or_else(|| Problem::of(StatusCode::UNAUTHORIZED))
}
