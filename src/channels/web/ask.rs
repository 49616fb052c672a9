//! Questions, for the form and the JSON API alike.

use std::{sync::Arc, time::Instant};

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    display::Display,
    person::{PersonId, asked_by},
    problem::Problem,
    state::Web,
    wording,
};
use crate::{
    assistant::Snapshot,
    channels::{answer_json::AnswerRecord, client::Client},
    service::{Act, Channel, Conversation, Request},
};

/// The conversation that the service remembers for the session that a client calls `id`.
///
/// # Errors
/// If `id` is not 1 to 64 characters of `[A-Za-z0-9_-]`.
pub(super) fn session(id: String) -> Result<Conversation, Problem> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if (1..=64).contains(&id.len()) && id.bytes().all(plain) {
        Ok(Conversation::Remembered(id))
    } else {
        Err(Problem::bad_request(wording::BAD_SESSION))
    }
}

/// The answer as data, and as the page shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Reply {
    #[serde(flatten)]
    answer: AnswerRecord,
    /// Names this answer when it is voted on.
    #[schema(pattern = "^[A-Za-z0-9_-]{11}$")]
    pub(super) answer_id: String,
    /// What the chat page shows: for eyes, in the asker's script.
    pub(super) display: Display,
}

/// The name of a dialogue on who qualifies.
///
/// # Errors
/// If `id` is not 1 to 64 characters of `[A-Za-z0-9_-]`.
pub(super) fn dialogue(id: String) -> Result<String, Problem> {
    match session(id)? {
        Conversation::Remembered(id) => Ok(id),
        Conversation::Given(_) | Conversation::None => {
            Err(Problem::bad_request(wording::BAD_SESSION))
        }
    }
}

/// The act of asking `question`, with at most `citations`, 0 for the default number.
///
/// # Errors
/// If the question is empty.
pub(super) fn act(question: &str, citations: usize) -> Result<Act, Problem> {
    let question = question.trim();
    if question.is_empty() {
        return Err(Problem::empty_question());
    }
    Ok(Act::Ask {
        question: question.to_owned(),
        citations,
    })
}

/// What somebody asks, and where.
pub(super) struct Asking {
    /// A question, or a button of a dialogue.
    pub(super) act: Act,
    /// Who they say they are.
    pub(super) person: Option<PersonId>,
    /// The questions before.
    pub(super) conversation: Conversation,
    /// Names a dialogue on who qualifies.
    pub(super) dialogue: Option<String>,
}

/// Answers what `client` asks; also returns the snapshot that the answer was made from.
///
/// # Errors
/// If `client` is rate-limited.
pub(super) async fn ask(
    web: &Web,
    client: Client,
    asking: Asking,
) -> Result<(Reply, Arc<Snapshot>), Problem> {
    let request = Request::new(client.caller(Channel::WEB), asking.act);
    let request = request.within(asking.conversation);
    let request = match asking.dialogue {
        Some(key) => request.in_dialogue(key),
        None => request,
    };
    let person = asking.person;
    let start = Instant::now();
    let reply = web.service.handle(asked_by(person, request)).await?;
    let answer_id = reply.id.to_string();
    let (answer, snapshot) = reply.answer()?;
    let deployment = &web.settings.deployment;
    let reply = Reply {
        display: Display {
            vote_on: answer_id.clone(),
            ..Display::new(&answer, &snapshot, deployment)?
        },
        answer: AnswerRecord::new(&answer, deployment, start.elapsed())
            .of_edition(snapshot.number()),
        answer_id,
    };
    Ok((reply, snapshot))
}
