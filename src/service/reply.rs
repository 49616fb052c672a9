//! Replies and refusals.

use std::{sync::Arc, time::Duration};

use super::answer_id::AnswerId;
use crate::{
    admin,
    answer::{Answer, AnswerError, Offer},
    assistant::{Found, OpenError, Reloaded, Snapshot, TermHint},
    corpus::{LibraryError, PassageId},
    staff::Role,
};

/// How long to wait when too many requests are in progress.
const BUSY: Duration = Duration::from_secs(10);

/// The reply to a request.
#[derive(Debug)]
pub struct Reply {
    /// The role of the caller.
    pub role: Role,
    /// The snapshot the reply was made from. Render from this one, since another may be served by then.
    pub snapshot: Arc<Snapshot>,
    /// The outcome of the act.
    pub outcome: Outcome,
    /// Names this reply where a vote is given on it.
    pub id: AnswerId,
}

/// The outcome of an act.
#[derive(Debug)]
pub enum Outcome {
    /// The answer to a question, or a definition.
    Answer(Answer),
    /// Whether somebody qualifies, and the names of those answers that were not understood; `None` when nothing is
    /// called as was asked.
    Judged(Option<(Box<Answer>, Vec<String>)>),
    /// The passages that a search found, best first.
    Found(Vec<Found>),
    /// Completions.
    Suggested(Suggested),
    /// Passages similar to another one, best first.
    Similar(Vec<PassageId>),
    /// The result of a reload.
    Reloaded(Result<Reloaded, OpenError>),
    /// What became of a command that the office performed.
    Admin(Box<admin::Outcome>),
    /// Nothing besides the snapshot: a passage to read, a list, a vote.
    Done,
}

/// Completions of a text.
#[derive(Debug)]
pub struct Suggested {
    /// Terms, best first.
    pub terms: Vec<TermHint>,
    /// Questions that the newest report answers, best first.
    pub questions: Vec<Offer>,
    /// The answer to the text as a question, if requested.
    pub answer: Option<Answer>,
}

impl Reply {
    /// Returns the answer and its snapshot.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the outcome is not an answer.
    pub fn answer(self) -> Result<(Answer, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Answer(answer) => Ok((answer, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// Returns whether somebody qualifies, with the names of those answers that were not understood, and the snapshot.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the outcome is no judgement.
    #[expect(clippy::type_complexity, reason = "it is the outcome and the snapshot")]
    pub fn judged(self) -> Result<(Option<(Box<Answer>, Vec<String>)>, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Judged(judged) => Ok((judged, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// Returns what a search found and its snapshot.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the outcome is not that of a search.
    pub fn found(self) -> Result<(Vec<Found>, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Found(found) => Ok((found, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// Returns the completions and their snapshot.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the outcome is not a completion.
    pub fn suggested(self) -> Result<(Suggested, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Suggested(suggested) => Ok((suggested, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// Returns the similar passages and their snapshot.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if the outcome is not similar passages.
    pub fn similar(self) -> Result<(Vec<PassageId>, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Similar(passages) => Ok((passages, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// True for those who run the bot, whatever their role.
    #[must_use]
    pub fn to_staff(&self) -> bool {
        self.role >= Role::Viewer
    }
}

/// Why there is no reply. Channels turn it into text for users, without internal details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The caller is over the limit of the minute.
    #[error("too fast")]
    TooFast {
        /// After this time the full limit is available again.
        wait: Duration,
        /// True for the first refusal in a row; chats say so only once.
        first: bool,
    },
    /// Too many requests are in progress.
    #[error("busy")]
    Busy,
    /// The command is for administrators.
    #[error("not allowed")]
    NotAllowed,
    /// No passage has this id (any more).
    #[error("unknown passage")]
    UnknownPassage,
    /// No document has this id (any more).
    #[error("unknown document")]
    UnknownDocument,
    /// An internal error, which has been logged.
    #[error("failed")]
    Failed,
}

impl From<AnswerError> for Refusal {
    /// Logs the error; nothing of it is shown to users.
    fn from(error: AnswerError) -> Self {
        tracing::error!(%error, "corpus not searched");
        Self::Failed
    }
}

impl From<LibraryError> for Refusal {
    /// Logs the error; nothing of it is shown to users.
    fn from(error: LibraryError) -> Self {
        tracing::error!(%error, "passages not read");
        Self::Failed
    }
}

impl Refusal {
    /// Returns the time after which to try again, if waiting helps.
    #[must_use]
    pub const fn wait(self) -> Option<Duration> {
        match self {
            Self::TooFast { wait, .. } => Some(wait),
            Self::Busy => Some(BUSY),
            Self::NotAllowed | Self::UnknownPassage | Self::UnknownDocument | Self::Failed => None,
        }
    }

    /// Returns its name in events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooFast { .. } => "too_fast",
            Self::Busy => "busy",
            Self::NotAllowed => "not_allowed",
            Self::UnknownPassage => "unknown_passage",
            Self::UnknownDocument => "unknown_document",
            Self::Failed => "failed",
        }
    }
}
