//! Events: one per act, for the log, the recorder and a future store.

use std::time::Duration;

use wenzheng_store::Person;

use super::{
    answer_id::AnswerId,
    reply::Refusal,
    request::Channel,
    subject::Subject,
    vote::{Reason, VoteCast},
    words::Words,
};
use crate::{
    answer::Status,
    corpus::{DocumentId, PassageId},
    staff::Role,
};

/// The kind of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// See [`Act::Ask`](super::Act::Ask).
    Ask,
    /// See [`Act::Define`](super::Act::Define).
    Define,
    /// See [`Act::Search`](super::Act::Search).
    Search,
    /// See [`Act::Suggest`](super::Act::Suggest).
    Suggest,
    /// See [`Act::Read`](super::Act::Read).
    Read,
    /// See [`Act::List`](super::Act::List).
    List,
    /// See [`Act::Vote`](super::Act::Vote).
    Vote,
    /// See [`Act::Command`](super::Act::Command).
    Command,
    /// See [`Command::Reload`](super::Command::Reload).
    Reload,
    /// A tool call that was rate-limited before its content was read.
    ToolCall,
}

impl Kind {
    /// Returns its name in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Define => "define",
            Self::Search => "search",
            Self::Suggest => "suggest",
            Self::Read => "read",
            Self::List => "list",
            Self::Vote => "vote",
            Self::Command => "command",
            Self::Reload => "reload",
            Self::ToolCall => "tool_call",
        }
    }
}

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventStatus {
    /// It was answered.
    Answered(Status),
    /// It got a reply other than an answer.
    Done,
    /// It was refused.
    Refused(Refusal),
}

impl EventStatus {
    /// Returns its name in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered(status) => status_name(status),
            Self::Done => "done",
            Self::Refused(refusal) => refusal.name(),
        }
    }
}

/// An act that was performed or refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The channel it came from.
    pub channel: Channel,
    /// The role of who asked for it.
    pub role: Role,
    /// The kind of act.
    pub kind: Kind,
    /// How it ended.
    pub status: EventStatus,
    /// The document that was cited first, read, or voted on.
    pub document: Option<DocumentId>,
    /// The passage that was cited first.
    pub passage: Option<PassageId>,
    /// What it was about.
    pub subject: Subject,
    /// The caller as the store knows them; `None` without a store, and on the web, where an address is
    /// nobody.
    pub person: Option<Person>,
    /// The answer, by which people vote on it.
    pub answer: Option<AnswerId>,
    /// The edition that answered, and its version.
    pub edition: Option<(i64, String)>,
    /// Time from request to reply, including the wait for a permit.
    pub took: Duration,
    /// The vote, if it was one.
    pub vote: Option<VoteCast>,
    /// The text that was typed; for a store, never for the log.
    pub words: Option<Words>,
}

impl Event {
    /// Logs the event without any typed text: answers, votes and reloads at `info`, everything else at
    /// `debug`; a refused reload at `warn`.
    pub(super) fn log(&self) {
        let (channel, kind) = (self.channel.name, self.kind.name());
        let status = self.status.name();
        let document = self.document.as_ref().map(tracing::field::display);
        let duration_ms = self.took.as_micros() as f64 / 1000.0;
        if self.kind == Kind::Reload {
            let role = self.role.name();
            if matches!(self.status, EventStatus::Refused(_)) {
                tracing::warn!(channel, role, status, duration_ms, "reload refused");
            } else {
                tracing::info!(channel, role, status, duration_ms, "reload done");
            }
        } else if let Some(VoteCast {
            answer,
            passage,
            vote,
            reason,
        }) = &self.vote
        {
            let (vote, reason) = (vote.name(), reason.map(Reason::name));
            let answer = answer.as_ref().map(tracing::field::display);
            let passage = passage.as_ref().map(tracing::field::display);
            tracing::info!(target: "feedback", channel, document, answer.id = answer, passage.id = passage, vote, reason, "vote");
        } else if matches!(self.status, EventStatus::Answered(_)) {
            tracing::info!(
                channel,
                kind,
                status,
                document,
                duration_ms,
                "question answered"
            );
        } else {
            tracing::debug!(channel, kind, status, document, duration_ms, "request");
        }
    }
}

/// Returns the name of an answer's status in events and in `/metrics`.
#[must_use]
pub const fn status_name(status: Status) -> &'static str {
    match status {
        Status::Answered => "answered",
        Status::Partial => "partial",
        Status::NotFound => "not_found",
        Status::Smalltalk => "smalltalk",
        Status::Help => "help",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_is_not_printed_by_accident() {
        let event = Event {
            channel: Channel::WEB,
            role: Role::Resident,
            kind: Kind::Ask,
            status: EventStatus::Answered(Status::Answered),
            document: None,
            passage: None,
            subject: Subject::default(),
            person: None,
            answer: None,
            edition: None,
            took: Duration::ZERO,
            vote: None,
            words: Some(Words::new("低保怎么办")),
        };
        assert!(!format!("{event:?} {event:#?}").contains("低保"));
        let stored = event.words.as_ref().map(Words::for_store);
        assert_eq!(stored, Some("低保怎么办"));
    }
}
