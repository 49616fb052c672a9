//! What the service hands back: data for a channel to render, or the reason why there is none.

use std::{sync::Arc, time::Duration};

use crate::{
    answer::{Answer, AnswerError},
    assistant::{Found, OpenError, Reloaded, Snapshot, TermHint},
    corpus::{LibraryError, PassageId},
};

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ask, read and vote.
    Resident,
    /// Commands of administrators as well.
    Administrator,
}

/// The reply to a request.
#[derive(Debug)]
pub struct Reply {
    /// Of the caller.
    pub role: Role,
    /// What the reply was made from. Render from this one: another may be served meanwhile.
    pub snapshot: Arc<Snapshot>,
    /// What was found or done.
    pub outcome: Outcome,
}

/// What was found or done.
#[derive(Debug)]
pub enum Outcome {
    /// To a question or a term.
    Answer(Answer),
    /// To a search, best first.
    Found(Vec<Found>),
    /// To a text that is being typed.
    Suggested(Suggested),
    /// Passages on the subject of another one, best first.
    Similar(Vec<PassageId>),
    /// To a reload.
    Reloaded(Result<Reloaded, OpenError>),
    /// Nothing but the snapshot, or nothing at all: a text to read, a list, a vote.
    Done,
}

/// What a text that is being typed may become.
#[derive(Debug)]
pub struct Suggested {
    /// Terms, best first.
    pub terms: Vec<TermHint>,
    /// The answer to it, when that was wanted.
    pub answer: Option<Answer>,
}

impl Reply {
    /// The answer to a question or a term, and what it was made from.
    ///
    /// # Errors
    /// [`Refusal::Failed`] when the reply is none to a question.
    pub fn answer(self) -> Result<(Answer, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Answer(answer) => Ok((answer, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// What a search found, and where.
    ///
    /// # Errors
    /// [`Refusal::Failed`] when the reply is none to a search.
    pub fn found(self) -> Result<(Vec<Found>, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Found(found) => Ok((found, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// What a text that is being typed may become, and what was looked through.
    ///
    /// # Errors
    /// [`Refusal::Failed`] when the reply is none to such a text.
    pub fn suggested(self) -> Result<(Suggested, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Suggested(suggested) => Ok((suggested, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// Passages on the subject of another one, and where they stand.
    ///
    /// # Errors
    /// [`Refusal::Failed`] when the reply is none to such a request.
    pub fn similar(self) -> Result<(Vec<PassageId>, Arc<Snapshot>), Refusal> {
        match self.outcome {
            Outcome::Similar(passages) => Ok((passages, self.snapshot)),
            _ => Err(Refusal::Failed),
        }
    }

    /// True for administrators.
    #[must_use]
    pub fn to_administrator(&self) -> bool {
        self.role == Role::Administrator
    }
}

/// Why there is no reply. Channels have words for it; nothing internal is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The caller asks too much within a minute.
    #[error("too fast")]
    TooFast {
        /// After this time the caller may ask as much as anybody.
        wait: Duration,
        /// True when the caller was not too fast before: a chat says it once.
        first: bool,
    },
    /// Too many requests are being worked on.
    #[error("busy")]
    Busy,
    /// A command of administrators.
    #[error("not allowed")]
    NotAllowed,
    /// No passage has this id (any more).
    #[error("unknown passage")]
    UnknownPassage,
    /// No document has this id (any more).
    #[error("unknown document")]
    UnknownDocument,
    /// Something inside went wrong; the log says what.
    #[error("failed")]
    Failed,
}

impl From<AnswerError> for Refusal {
    /// The log says what failed; nobody else is told.
    fn from(error: AnswerError) -> Self {
        tracing::error!(%error, "corpus not searched");
        Self::Failed
    }
}

impl From<LibraryError> for Refusal {
    /// The log says what failed; nobody else is told.
    fn from(error: LibraryError) -> Self {
        tracing::error!(%error, "passages not read");
        Self::Failed
    }
}

impl Refusal {
    /// Its name in events.
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
