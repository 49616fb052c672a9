//! What administrators can ask for, the same on every channel.

use std::path::PathBuf;

use wenzheng_store::AuditFilter;

use super::{usage::Problem, words::WordLine};
use crate::{
    editions::Take,
    staff::{Role, TextName},
};

/// A command of an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// What is live: version, documents, passages; and what waits.
    Corpus,
    /// How much was asked in so many days, and how that ended.
    Stats(u16),
    /// The editions that are kept.
    Editions,
    /// Take what the folder has.
    Reload(Take),
    /// Make the content of an edition live again; of the one before without a number.
    Rollback(Option<i64>),
    /// Take the change of an edition back and keep later ones.
    Undo(i64),
    /// What differs between two editions.
    Diff(i64, i64),
    /// Remove a document, by its id or title.
    Remove(String),
    /// Everyday words for an official one.
    Synonym {
        /// Words that people use.
        everyday: String,
        /// The words of the documents.
        official: Vec<String>,
    },
    /// Words put into the list of everyday words: a short form for a long one, or many lines at once.
    Words(Vec<WordLine>),
    /// Take everyday words away that were added here.
    NoSynonym(String),
    /// A word that is not to be cut in two.
    UserWord(String),
    /// Take such a word away.
    NoUserWord(String),
    /// A question with its answer, in the words of the office.
    Faq {
        /// The question.
        question: String,
        /// The answer.
        answer: String,
        /// Of which place; needed where there are several.
        place: Option<String>,
    },
    /// Take a question away that was answered here.
    NoFaq(String),
    /// Every edition has to answer this, and as it is answered now.
    Pin(String),
    /// Take a pinned question off.
    Unpin(i64),
    /// The pinned questions.
    Pins,
    /// Change a text of the office, or give it back to the settings.
    Text(TextName, Option<String>),
    /// The texts of the office.
    Texts,
    /// What was not answered well, by topic.
    Unanswered,
    /// A topic with its questions.
    Topic(i64),
    /// Note what becomes of topics.
    SetTopics {
        /// Their numbers.
        topics: Vec<i64>,
        /// `open`, `in_hand`, `answered`, `not_ours` or `ignored`.
        state: String,
        /// Why, or what is to be done.
        note: String,
    },
    /// Make the questions of the second topic questions of the first.
    MergeTopics(i64, i64),
    /// Make a topic of its own of one question of a topic.
    SplitTopic(i64, i64),
    /// A topic is not ours: whoever asks is told whom to ask instead.
    Refer {
        /// The topic.
        topic: i64,
        /// What is told.
        answer: String,
    },
    /// Questions that people want a person to answer.
    Tickets,
    /// A ticket with its replies.
    Ticket(i64),
    /// Reply to a ticket.
    Reply {
        /// The ticket.
        ticket: i64,
        /// What whoever asked is told.
        text: String,
    },
    /// Close a ticket.
    Close(i64),
    /// Keep the last reply to a ticket as the answer to its question.
    KeepReply(i64),
    /// Put a notice up for all channels.
    Notice {
        /// What it says.
        text: String,
        /// From when, in milliseconds since 1970; at once without.
        from: Option<i64>,
        /// Until when; until it is taken down without.
        until: Option<i64>,
    },
    /// Take a notice down.
    NoNotice(i64),
    /// The notices that are up or will be.
    Notices,
    /// Make a one-time code that gives a role.
    Invite {
        /// The role.
        role: Role,
        /// What the office calls who gets it.
        name: String,
        /// For these places; empty for all.
        places: Vec<String>,
    },
    /// Spend a one-time code.
    Join(String),
    /// What is kept of whoever asks.
    MyData,
    /// Erase it.
    ForgetMe,
    /// A one-time code where others read it: it is void from now on.
    Void(String),
    /// Take a role away, by its number in the list of people.
    Revoke(i64),
    /// Who has which role.
    People,
    /// The newest rows of the audit, of those that the filter lets through.
    Audit(AuditFilter),
    /// Go through the audit.
    VerifyAudit,
    /// Make a draft live; with a reason even though answers are worse.
    Confirm {
        /// The draft.
        draft: i64,
        /// Why it is to go live all the same.
        reason: Option<String>,
    },
    /// Make a draft live at a time, in milliseconds since 1970; a report is under embargo until it is
    /// delivered.
    Schedule(i64, i64),
    /// Drop a draft, or stop a job.
    Cancel(i64),
    /// The drafts that wait.
    Drafts,
    /// A draft as it would be now: made to follow on the live edition.
    Draft(i64),
    /// The jobs, newest first.
    Jobs,
    /// Put a document in: where to.
    Upload,
    /// A link into the console.
    Console,
    /// Set the password that a member signs in to the console with; only at the machine itself.
    Password {
        /// Their name, or their number in the list of people.
        who: String,
        /// The hash of the password, in PHC form.
        hash: String,
    },
    /// Write the live edition into a folder of the server; only at the machine itself.
    Export(PathBuf),
    /// A key of the HTTP endpoints.
    Token {
        /// What it is for.
        name: String,
        /// The role.
        role: Role,
        /// For these places; empty for all.
        places: Vec<String>,
        /// Days that it is good for.
        days: u16,
    },
    /// Take a key back.
    NoToken(String),
    /// The keys of the HTTP endpoints.
    Tokens,
    /// One that was not understood: how it is written.
    Unclear(Problem),
}

impl Command {
    /// Who may use it at least.
    #[must_use]
    pub const fn least(&self) -> Role {
        match self {
            Self::Join(_) | Self::Void(_) | Self::MyData | Self::ForgetMe => Role::Resident,
            Self::Corpus
            | Self::Stats(_)
            | Self::Editions
            | Self::Diff(..)
            | Self::Pins
            | Self::Notices
            | Self::Texts
            | Self::Unanswered
            | Self::Topic(_)
            | Self::Drafts
            | Self::Jobs
            | Self::Console
            | Self::Unclear(_) => Role::Viewer,
            Self::Reload(_)
            | Self::Rollback(_)
            | Self::Undo(_)
            | Self::Remove(_)
            | Self::Synonym { .. }
            | Self::Words(_)
            | Self::NoSynonym(_)
            | Self::UserWord(_)
            | Self::NoUserWord(_)
            | Self::Faq { .. }
            | Self::NoFaq(_)
            | Self::Pin(_)
            | Self::Unpin(_)
            | Self::Notice { .. }
            | Self::NoNotice(_)
            | Self::Text(..)
            | Self::SetTopics { .. }
            | Self::Tickets
            | Self::Ticket(_)
            | Self::Reply { .. }
            | Self::Close(_)
            | Self::KeepReply(_)
            | Self::MergeTopics(..)
            | Self::SplitTopic(..)
            | Self::Refer { .. }
            | Self::Confirm { .. }
            | Self::Cancel(_)
            | Self::Draft(_)
            | Self::Schedule(..)
            | Self::Upload => Role::Editor,
            Self::Invite { .. }
            | Self::Revoke(_)
            | Self::People
            | Self::Audit(_)
            | Self::VerifyAudit
            | Self::Export(_)
            | Self::Password { .. }
            | Self::Token { .. }
            | Self::NoToken(_)
            | Self::Tokens => Role::Owner,
        }
    }

    /// True when it builds a candidate, which takes a while.
    #[must_use]
    pub const fn is_long(&self) -> bool {
        matches!(
            self,
            Self::Reload(_)
                | Self::Rollback(_)
                | Self::Undo(_)
                | Self::Remove(_)
                | Self::Synonym { .. }
                | Self::Words(_)
                | Self::NoSynonym(_)
                | Self::UserWord(_)
                | Self::NoUserWord(_)
                | Self::Faq { .. }
                | Self::NoFaq(_)
                | Self::Refer { .. }
                | Self::KeepReply(_)
                | Self::Confirm { .. }
        )
    }

    /// True when performing it a second time would do something again: what a viewer may do only reads.
    #[must_use]
    pub const fn changes_something(&self) -> bool {
        let reads = matches!(
            self,
            Self::Draft(_)
                | Self::Tickets
                | Self::Ticket(_)
                | Self::MyData
                | Self::People
                | Self::Audit(_)
                | Self::VerifyAudit
                | Self::Tokens
        );
        !reads && !matches!(self.least(), Role::Viewer)
    }

    /// Its name in the audit and the log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Corpus => "corpus",
            Self::Stats(_) => "stats",
            Self::Editions => "editions",
            Self::Reload(_) => "reload",
            Self::Rollback(_) => "rollback",
            Self::Undo(_) => "undo",
            Self::Diff(..) => "diff",
            Self::Remove(_) => "remove",
            Self::Synonym { .. } | Self::Words(_) | Self::NoSynonym(_) => "synonym",
            Self::UserWord(_) | Self::NoUserWord(_) => "word",
            Self::Faq { .. } | Self::NoFaq(_) => "faq",
            Self::Pin(_) | Self::Unpin(_) => "pin",
            Self::Pins => "pins",
            Self::Notice { .. } | Self::NoNotice(_) => "notice",
            Self::Notices => "notices",
            Self::Text(..) => "text",
            Self::Texts => "texts",
            Self::Unanswered => "unanswered",
            Self::Topic(_)
            | Self::SetTopics { .. }
            | Self::MergeTopics(..)
            | Self::SplitTopic(..) => "topic",
            Self::Refer { .. } => "refer",
            Self::Tickets => "tickets",
            Self::Ticket(_) => "ticket",
            Self::Reply { .. } => "reply",
            Self::Close(_) => "close",
            Self::KeepReply(_) => "keep",
            Self::Invite { .. } => "grant",
            Self::Join(_) | Self::Void(_) => "join",
            Self::MyData => "mydata",
            Self::ForgetMe => "forgetme",
            Self::Revoke(_) => "revoke",
            Self::People => "people",
            Self::Audit(_) | Self::VerifyAudit => "audit",
            Self::Confirm { .. } => "confirm",
            Self::Cancel(_) => "cancel",
            Self::Drafts => "drafts",
            Self::Draft(_) => "draft",
            Self::Schedule(..) => "schedule",
            Self::Jobs => "jobs",
            Self::Upload => "upload",
            Self::Console => "console",
            Self::Password { .. } => "password",
            Self::Export(_) => "export",
            Self::Token { .. } | Self::NoToken(_) => "token",
            Self::Tokens => "tokens",
            Self::Unclear(_) => "unclear",
        }
    }
}
