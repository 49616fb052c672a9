//! Requests: caller, conversation and act.
//!
//! Types that contain typed text or accounts either hide them from `Debug` or do not implement it.

use std::fmt;

use super::{
    answer_id::AnswerId,
    vote::{Vote, VoteCast},
};
use crate::{
    admin,
    corpus::{DocumentId, PassageId},
    editions::Take,
    staff::Role,
};

/// The kind of a channel, which determines its limits (see [`Class`](super::Class)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// A chat with a bot, where every message costs a reply.
    Chat,
    /// Web pages and an API; reading is not limited.
    Web,
    /// Tools for programs; calls are counted before their content is read.
    Tools,
    /// A local user, who is not limited.
    Local,
    /// Whoever runs the server, at the machine itself: an administrator, who is not limited.
    Operator,
}

/// A channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Channel {
    /// Its name in the log.
    pub name: &'static str,
    /// Its kind.
    pub kind: ChannelKind,
}

impl Channel {
    /// Telegram.
    pub const TELEGRAM: Self = Self::new("telegram", ChannelKind::Chat);
    /// A WeChat Official Account (公众号).
    pub const WECHAT_OA: Self = Self::new("wechat_oa", ChannelKind::Chat);
    /// WeCom (企业微信).
    pub const WECOM: Self = Self::new("wecom", ChannelKind::Chat);
    /// The web page and the JSON API.
    pub const WEB: Self = Self::new("web", ChannelKind::Web);
    /// The Model Context Protocol.
    pub const MCP: Self = Self::new("mcp", ChannelKind::Tools);
    /// The command line.
    pub const TERMINAL: Self = Self::new("terminal", ChannelKind::Local);

    /// A signal to the process.
    pub const SIGNAL: Self = Self::new("signal", ChannelKind::Operator);
    /// The administration socket.
    pub const SOCKET: Self = Self::new("socket", ChannelKind::Operator);
    /// The watch over the corpus folder.
    pub const WATCH: Self = Self::new("watch", ChannelKind::Operator);

    /// Creates a channel. Limits, histories and administrators are kept per channel, so names must be
    /// unique.
    #[must_use]
    pub const fn new(name: &'static str, kind: ChannelKind) -> Self {
        Self { name, kind }
    }
}

/// The id of a user on a platform, or a network address. It can be compared but not printed: `Debug`
/// hides it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Account(String);

impl Account {
    /// Its bytes, for a digest that does not tell them.
    pub(crate) fn for_digest(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(…)")
    }
}

/// The sender of a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The channel it uses.
    pub channel: Channel,
    /// Its id on that channel.
    pub account: Account,
}

impl Caller {
    /// Creates the caller with this account on `channel`.
    #[must_use]
    pub fn new(channel: Channel, account: impl Into<String>) -> Self {
        Self {
            channel,
            account: Account(account.into()),
        }
    }
}

/// The conversation that a question belongs to.
#[derive(Clone, Default)]
pub enum Conversation {
    /// None.
    #[default]
    None,
    /// The one that the service remembers under this key of the channel.
    Remembered(String),
    /// Earlier questions sent by the client, oldest first.
    Given(Vec<String>),
}

/// The act that is requested.
#[derive(Clone)]
pub enum Act {
    /// Answer a question.
    Ask {
        /// As typed, not blank.
        question: String,
        /// Maximum number of citations; 0 means the default.
        citations: usize,
    },
    /// Press a button of a dialogue on who qualifies: what the button carries.
    Pick(String),
    /// Judge, without a dialogue, whether somebody qualifies.
    Judge {
        /// What for: the name of a benefit or document, or a question that asks to be judged.
        about: String,
        /// What is known of the person: names of variables, and what is said of each.
        answers: Vec<(String, String)>,
    },
    /// Define a term of the reports.
    Define {
        /// The term, its pinyin, or part of it.
        term: String,
    },
    /// Find passages for a query, without judging whether they answer it.
    Search {
        /// Words or a question.
        query: String,
        /// Restricts the search to this document.
        document: Option<DocumentId>,
        /// Maximum number of passages.
        limit: usize,
    },
    /// Complete a text while it is typed.
    Suggest {
        /// The text so far.
        typed: String,
        /// Maximum number of questions that the report answers.
        questions: usize,
        /// Maximum number of terms.
        terms: usize,
        /// If not 0 and the text is not blank, also answer it as a question, with at most this many
        /// citations.
        citations: usize,
    },
    /// Read a text of the corpus.
    Read(Read),
    /// List what is served.
    List(List),
    /// Say whether an answer helped.
    Vote(VoteCast),
    /// Run a command.
    Command(Command),
}

impl Act {
    /// Returns the act of asking `question`.
    #[must_use]
    pub fn ask(question: impl Into<String>) -> Self {
        Self::Ask {
            question: question.into(),
            citations: 0,
        }
    }

    /// Returns the act of voting on `answer`, which cited `passage` first, without a reason.
    #[must_use]
    pub const fn vote(answer: AnswerId, passage: Option<PassageId>, vote: Vote) -> Self {
        Self::Vote(VoteCast {
            answer: Some(answer),
            passage,
            vote,
            reason: None,
        })
    }
}

/// A text of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A passage and its section.
    Passage(PassageId),
    /// A whole document.
    Document(DocumentId),
    /// Passages similar to this one.
    Similar(PassageId),
}

/// A list of what is served, to be taken from the reply's snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// An overview, such as the start page.
    Overview,
    /// All documents.
    Documents,
    /// The glossary of all documents, or of one.
    Terms(Option<DocumentId>),
    /// Passages named in an earlier reply.
    Passages,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A message that the channel answers by itself, such as help or the next page. It is counted, and
    /// the reply contains the caller's role.
    Own,
    /// Report on the corpus; for administrators.
    Corpus,
    /// Reload the corpus; for administrators.
    Reload,
    /// What only a service with a store can do, see [`admin`].
    Admin(admin::Command),
}

impl Command {
    /// Who may use it at least. The office itself refuses what it is asked for, and writes that down.
    #[must_use]
    pub const fn least(&self) -> Role {
        match self {
            Self::Own | Self::Admin(_) => Role::Resident,
            Self::Corpus => Role::Viewer,
            Self::Reload => Role::Editor,
        }
    }
}

impl From<admin::Command> for Command {
    /// Those that a service without an office knows as well stand for themselves.
    fn from(command: admin::Command) -> Self {
        match command {
            admin::Command::Corpus => Self::Corpus,
            admin::Command::Reload(Take::Ask) => Self::Reload,
            other => Self::Admin(other),
        }
    }
}

/// A request to the service.
#[derive(Clone)]
pub struct Request {
    /// Its sender.
    pub caller: Caller,
    /// The conversation; only used by questions.
    pub conversation: Conversation,
    /// The act.
    pub act: Act,
    /// See [`delivered_as`](Self::delivered_as).
    pub(super) message: Option<String>,
    /// See [`known_as`](Self::known_as).
    pub(super) person: Option<Account>,
    /// See [`in_dialogue`](Self::in_dialogue).
    pub(super) dialogue: Option<String>,
    /// See [`in_group`](Self::in_group).
    pub(super) in_group: bool,
}

impl Request {
    /// Creates a request outside of any conversation.
    #[must_use]
    pub const fn new(caller: Caller, act: Act) -> Self {
        Self {
            caller,
            conversation: Conversation::None,
            act,
            message: None,
            person: None,
            dialogue: None,
            in_group: false,
        }
    }

    /// Returns the request as one of the dialogue that the client calls `key`, where the questions before it are not
    /// remembered.
    #[must_use]
    pub fn in_dialogue(self, key: impl Into<String>) -> Self {
        Self {
            dialogue: Some(key.into()),
            ..self
        }
    }

    /// Returns the request as one that others read along with its reply, if `in_group`: nobody is asked there what is
    /// nobody else's business.
    #[must_use]
    pub fn in_group(self, in_group: bool) -> Self {
        Self { in_group, ..self }
    }

    /// Returns the request as that of a person whom the caller's account, a network address, does not tell:
    /// what is kept of it is theirs to see and to erase. `id` is one of their own making.
    #[must_use]
    pub fn known_as(self, id: impl Into<String>) -> Self {
        Self {
            person: Some(Account(id.into())),
            ..self
        }
    }

    /// Returns the request as that of a message that the platform may deliver again, also after a restart:
    /// a command that changes something is then performed once. `message` is the same for all deliveries.
    #[must_use]
    pub fn delivered_as(self, message: String) -> Self {
        Self {
            message: Some(message),
            ..self
        }
    }

    /// Returns the request within `conversation`.
    #[must_use]
    pub fn within(self, conversation: Conversation) -> Self {
        Self {
            conversation,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_can_be_compared_but_not_printed() {
        let caller = Caller::new(Channel::TELEGRAM, "424242");
        assert_eq!(caller, Caller::new(Channel::TELEGRAM, "424242"));
        assert_ne!(caller, Caller::new(Channel::WECOM, "424242"));
        assert!(!format!("{caller:?} {caller:#?}").contains("424242"));
    }
}
