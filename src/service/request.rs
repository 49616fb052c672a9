//! What a channel hands to the service: who asks, in which conversation, for what.
//!
//! None of these types implements `Debug`, except for those that hide what must not be logged: a
//! request holds people's words and ids.

use std::fmt;

use super::vote::{Reason, Vote};
use crate::corpus::{DocumentId, PassageId};

/// How a channel is used, which decides its limits (see [`Class`](super::Class)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// A chat with a bot: every message costs a reply.
    Chat,
    /// Pages and an API: reading is free.
    Web,
    /// Tools that programs call: calls are counted before anybody looks at what they ask for.
    Tools,
    /// Somebody at this machine, who is not limited.
    Local,
}

/// A way in, by the name it has in logs and counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Channel {
    name: &'static str,
    kind: ChannelKind,
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

    /// A channel of another name. Limits, histories and administrators are kept by channel, so two
    /// channels must not share one.
    #[must_use]
    pub const fn new(name: &'static str, kind: ChannelKind) -> Self {
        Self { name, kind }
    }

    /// Its name in logs and counters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// How it is used.
    #[must_use]
    pub const fn kind(self) -> ChannelKind {
        self.kind
    }
}

/// The id that a platform gives to a person, or an address. It can be compared but never printed:
/// `Debug` hides it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Account(String);

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(…)")
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    /// By which channel.
    pub channel: Channel,
    /// Under which id.
    pub account: Account,
}

impl Caller {
    /// The caller that `channel` knows as `account`.
    #[must_use]
    pub fn new(channel: Channel, account: impl Into<String>) -> Self {
        Self {
            channel,
            account: Account(account.into()),
        }
    }
}

/// What was asked before.
#[derive(Clone, Default)]
pub enum Conversation {
    /// Nothing that counts.
    #[default]
    None,
    /// What the service remembers under this key of the channel.
    Remembered(String),
    /// What the client says was asked, oldest first.
    Told(Vec<String>),
}

/// What is wanted.
#[derive(Clone)]
pub enum Act {
    /// An answer to a question.
    Ask {
        /// As typed; never blank.
        question: String,
        /// At most this many citations; 0 stands for the usual number.
        citations: usize,
    },
    /// The meaning of a term of the reports.
    Define {
        /// The term, its pinyin or a part of it.
        term: String,
    },
    /// Passages for a query, without a judgement on whether they answer anything.
    Search {
        /// Words or a question.
        query: String,
        /// Only passages of this document.
        document: Option<DocumentId>,
        /// Passages at most.
        limit: usize,
    },
    /// What the text being typed may become.
    Suggest {
        /// The text so far.
        typed: String,
        /// Terms at most.
        terms: usize,
        /// When above 0 and something was typed, the text is answered as a question too, with at
        /// most this many citations.
        citations: usize,
    },
    /// A text of the corpus.
    Read(Read),
    /// A list of what is served.
    List(List),
    /// Whether an answer helped.
    Vote {
        /// The first passage it cited.
        passage: PassageId,
        /// Whether it did.
        vote: Vote,
        /// Why it did not.
        reason: Option<Reason>,
    },
    /// A command.
    Command(Command),
}

impl Act {
    /// A question with the usual number of citations.
    #[must_use]
    pub fn ask(question: impl Into<String>) -> Self {
        Self::Ask {
            question: question.into(),
            citations: 0,
        }
    }

    /// A vote without a reason.
    #[must_use]
    pub const fn vote(passage: PassageId, vote: Vote) -> Self {
        Self::Vote {
            passage,
            vote,
            reason: None,
        }
    }
}

/// A text of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A passage, and with it its section.
    Passage(PassageId),
    /// A whole document.
    Document(DocumentId),
    /// Passages on the subject of this one.
    Similar(PassageId),
}

/// A list of what is served; the reply's snapshot holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// What there is to ask about: a welcome page, a greeting.
    Overview,
    /// All documents.
    Documents,
    /// The glossary, of all documents or of one.
    Terms(Option<DocumentId>),
    /// Passages that an earlier reply named.
    Passages,
}

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// What the channel answers by itself (help, the next page, a message without words): it is
    /// counted, and the reply tells the caller's role.
    Own,
    /// What is known of the corpus; for administrators.
    Corpus,
    /// Reads the corpus again; for administrators.
    Reload,
}

impl Command {
    /// True for commands of administrators.
    #[must_use]
    pub const fn is_restricted(self) -> bool {
        match self {
            Self::Own => false,
            Self::Corpus | Self::Reload => true,
        }
    }
}

/// One thing that somebody wants.
#[derive(Clone)]
pub struct Request {
    /// Who wants it.
    pub caller: Caller,
    /// What was asked before; only questions look at it.
    pub conversation: Conversation,
    /// What is wanted.
    pub act: Act,
}

impl Request {
    /// A request outside of any conversation.
    #[must_use]
    pub const fn new(caller: Caller, act: Act) -> Self {
        Self {
            caller,
            conversation: Conversation::None,
            act,
        }
    }

    /// The same within `conversation`.
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
