//! Asking, for the form and the JSON API alike.

use std::time::Instant;

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Web, client::Client, display::Display, problem::Problem, wording};
use crate::{
    answer::Question,
    channels::{
        answer_json::AnswerRecord,
        limits::{AskLimits, Pace},
    },
};

/// Earlier questions that are looked at.
const TURNS: usize = 4;

/// What was asked before.
#[derive(Debug)]
pub(super) enum History {
    /// As the client tells, oldest first.
    Given(Vec<String>),
    /// As this server remembers under this key.
    Remembered(String),
}

impl History {
    /// What this server remembers for the session that a client calls `id`.
    ///
    /// # Errors
    /// When `id` is not 1 to 64 characters of `[A-Za-z0-9_-]`.
    pub(super) fn of_session(id: &str) -> Result<Self, Problem> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if (1..=64).contains(&id.len()) && id.bytes().all(plain) {
            Ok(Self::Remembered(format!("web:{id}")))
        } else {
            Err(Problem::bad_request(wording::BAD_SESSION))
        }
    }
}

/// The answer as data, and as the page shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Reply {
    #[serde(flatten)]
    answer: AnswerRecord,
    /// What the chat page shows: for eyes, in the asker's script.
    pub(super) display: Display,
}

/// Answers `question` of `client` with at most `limit` citations; 0 stands for the usual number.
///
/// # Errors
/// When nothing was asked, or too much within a minute.
pub(super) async fn ask(
    web: &Web,
    client: &Client,
    question: &str,
    history: History,
    limit: usize,
) -> Result<Reply, Problem> {
    let question = question.trim();
    if question.is_empty() {
        return Err(Problem::empty_question());
    }
    paced(&web.questions, client)?;
    let history = match history {
        History::Remembered(key) => web.conversations.turn(&key, &cut(web, question)),
        History::Given(mut history) => {
            history.retain(|earlier| !earlier.trim().is_empty());
            let recent = history.split_off(history.len().saturating_sub(TURNS));
            recent.iter().map(|earlier| cut(web, earlier)).collect()
        }
    };
    let start = Instant::now();
    let answer = web
        .assistant
        .ask(Question {
            history,
            limit,
            ..Question::new(question)
        })
        .await;
    let deployment = &web.settings.deployment;
    Ok(Reply {
        display: Display::new(&answer, &web.assistant.snapshot(), deployment),
        answer: AnswerRecord::new(&answer, deployment, start.elapsed()),
    })
}

/// Counts one more of what `limits` limits.
///
/// # Errors
/// When it was too much within a minute.
pub(super) fn paced(limits: &AskLimits, client: &Client) -> Result<(), Problem> {
    match limits.count(&client.0) {
        Pace::Fine => Ok(()),
        Pace::FirstTooFast | Pace::TooFast => Err(Problem::of(StatusCode::TOO_MANY_REQUESTS)),
    }
}

/// An earlier question is kept no longer than a question may be.
fn cut(web: &Web, text: &str) -> String {
    text.trim()
        .chars()
        .take(web.settings.question_chars)
        .collect()
}
