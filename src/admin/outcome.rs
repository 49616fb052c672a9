//! What became of a command, as data: every channel words it alike.

use wenzheng_store::{
    Draft, EditionRecord, Job, Mine, Notice, Recorded, StoreError, Ticket, Token, Verified,
};

use super::{
    listed::{ListedPin, ListedText, TicketDetail, TopicDetail, TopicPage},
    people::Member,
    usage::Problem,
};
use crate::{
    editions::{Diff, Published, Step, Unpublished},
    staff::{Role, TextName},
    statistics::Figures,
    upload::Converted,
};

/// What is live, and what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The live edition; `None` while the store has none.
    pub edition: Option<EditionRecord>,
    /// The version that answers name.
    pub version: String,
    /// Documents served.
    pub documents: usize,
    /// Passages served.
    pub passages: usize,
    /// The documents: title, place and year.
    pub titles: Vec<String>,
    /// Files of the folder with errors.
    pub errors: Vec<String>,
    /// Drafts that wait.
    pub drafts: usize,
}

/// A file that was converted and is not live yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previewed {
    /// What came of it.
    pub file: Converted,
    /// Some of the questions that it would answer.
    pub questions: Vec<String>,
    /// True when it takes the place of a document.
    pub replaces: bool,
}

/// A file that could not be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What its sender calls it.
    pub label: String,
    /// Why, for its sender.
    pub why: String,
}

/// A job as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedJob {
    /// The job, with how far its step is.
    pub job: Job,
    /// What it does at the moment; `None` unless it runs here.
    pub step: Option<Step>,
}

/// What became of a command.
#[derive(Debug)]
pub enum Outcome {
    /// See [`State`].
    State(Box<State>),
    /// How much was asked, and how that ended.
    Stats {
        /// The figures.
        figures: Box<Figures>,
        /// The page of the console that shows more; `None` where it is not at a public address.
        console: Option<String>,
    },
    /// The editions that are kept, newest first, and the live one.
    Editions(Vec<EditionRecord>),
    /// An edition went live.
    Published(Box<Published>),
    /// A proposal did not go live.
    Unpublished(Box<Unpublished>),
    /// The edition was kept, the folder left alone.
    Kept,
    /// A proposal waits for somebody else.
    Proposed(i64),
    /// What differs between two editions.
    Differs(i64, i64, Box<Diff>),
    /// A draft, and what it would change, a line a file.
    Drafted(i64, Vec<String>),
    /// A draft goes live by itself, in milliseconds since 1970.
    Scheduled(i64, i64),
    /// A draft was dropped.
    Dropped(i64),
    /// A job is to stop.
    Stopping(i64),
    /// A job has begun, and goes on.
    Started(i64),
    /// The drafts that wait.
    Drafts(Vec<Draft>),
    /// The jobs, newest first, and how far the running one is.
    Jobs(Vec<ListedJob>),
    /// The program ended before the job did, and it cannot go on.
    Interrupted,
    /// The same, of a file that its channel brings again: another job takes it.
    BroughtAgain,
    /// A question was pinned; with the title of what it is answered from.
    Pinned(i64, String),
    /// A question that is not answered cannot be pinned.
    NotAnswered,
    /// The pinned questions.
    Pins(Vec<ListedPin>),
    /// A notice is up.
    Noticed(i64),
    /// The notices that are up or will be.
    Notices(Vec<Notice>),
    /// What was not answered well, by topic.
    Topics(Box<TopicPage>),
    /// A topic with its questions.
    Topic(Box<TopicDetail>),
    /// What becomes of topics was noted: their numbers, and a state, `merged` or `split`.
    TopicsSet(Vec<i64>, String),
    /// Questions for a person, newest first.
    Tickets(Vec<Ticket>),
    /// A ticket with its replies.
    Ticket(Box<TicketDetail>),
    /// Whoever opened the ticket is told.
    Replied(i64),
    /// The texts of the office.
    Texts(Vec<ListedText>),
    /// A text that the settings give cannot be changed here.
    TextBySettings(TextName),
    /// Something was taken away: a pin, a notice, a role, a key.
    Removed,
    /// There is nothing of that number or name.
    Nothing,
    /// Without the document nothing would be left to answer from.
    LastDocument,
    /// Several documents have that title.
    Several(Vec<String>),
    /// A one-time code.
    Invited {
        /// What is typed.
        code: String,
        /// The role it gives.
        role: Role,
        /// What the office calls who gets it.
        name: String,
        /// For these places; empty for all.
        places: Vec<String>,
        /// The address at which it makes somebody known to the console; `None` where there is none.
        console: Option<String>,
    },
    /// Somebody has a role now.
    Joined(Role),
    /// A code that is none, or was spent, or has expired.
    NoCode,
    /// A code was typed where others read it, and is void.
    CodeVoid,
    /// What is kept of whoever asks.
    Mine(Mine),
    /// It was erased: so many questions and votes.
    Forgotten(u64, u64),
    /// Who has which role.
    People(Vec<Member>),
    /// Rows of the audit, newest first.
    Audit(Vec<Recorded>),
    /// What going through the audit found.
    Verified(Verified),
    /// An edition was written into a folder: its number, and how many files.
    Exported(i64, usize),
    /// A key of the HTTP endpoints, shown once.
    Token(String),
    /// The keys.
    Tokens(Vec<Token>),
    /// Files were converted and wait as a draft.
    Previewed {
        /// The draft.
        draft: i64,
        /// True when somebody else has to confirm it.
        by_another: bool,
        /// What came of each.
        previews: Vec<Previewed>,
        /// Those that could not be converted.
        refused: Vec<Refused>,
    },
    /// None of the files could be converted.
    NotConverted(Vec<Refused>),
    /// Where the console is: an address, good for minutes and once.
    ConsoleAt(String),
    /// A password was set, for whoever signs in by this name.
    PasswordSet(String),
    /// Where to upload: an address, good for minutes and once.
    UploadAt(String),
    /// Files are taken in this chat.
    UploadHere,
    /// There is no address under which an upload page could be opened.
    NoAddress,
    /// It takes another role.
    NeedsRole(Role),
    /// Nobody gives more than they have.
    NotTheirs(String),
    /// Granted by the settings: it cannot be taken away here.
    BySettings,
    /// The last owner stays.
    LastOwner,
    /// Whoever proposed it cannot confirm it.
    OwnProposal,
    /// The same message was received before, and is not acted upon again.
    Repeated,
    /// It is written otherwise.
    Unclear(Problem),
    /// The store refuses.
    Store(StoreError),
    /// This service has no store.
    NoStore,
}

impl Outcome {
    /// `done`, or why not, for the audit and the log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unpublished(_) => "not_published",
            Self::NotConverted(_) => "not_converted",
            Self::NeedsRole(_) => "needs_role",
            Self::NotTheirs(_) => "not_theirs",
            Self::BySettings | Self::TextBySettings(_) => "by_settings",
            Self::LastOwner => "last_owner",
            Self::LastDocument => "last_document",
            Self::OwnProposal => "own_proposal",
            Self::NoCode => "no_code",
            Self::CodeVoid => "code_void",
            Self::Nothing | Self::Several(_) => "nothing",
            Self::NotAnswered => "not_answered",
            Self::Unclear(_) => "unclear",
            Self::Repeated => "repeated",
            Self::Store(_) | Self::NoStore => "store",
            Self::Interrupted | Self::BroughtAgain => "interrupted",
            _ => "done",
        }
    }

    /// True when what was asked for was done, or nothing was to be done.
    #[must_use]
    pub fn went_well(&self) -> bool {
        match self {
            Self::Unpublished(error) => matches!(**error, Unpublished::Same),
            other => other.name() == "done",
        }
    }

    /// True when whoever asked has no role at all: what they typed was no command for them.
    #[must_use]
    pub fn is_news_to(&self, role: Role) -> bool {
        role == Role::Resident && matches!(self, Self::NeedsRole(_))
    }

    /// True when a refusal is to stand in the audit: somebody wanted more than they may.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NeedsRole(_)
                | Self::NotTheirs(_)
                | Self::BySettings
                | Self::LastOwner
                | Self::OwnProposal
                | Self::NoCode
                | Self::CodeVoid
        )
    }
}

impl From<StoreError> for Outcome {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unpublished> for Outcome {
    fn from(error: Unpublished) -> Self {
        match error {
            Unpublished::NotTheirs(place) => Self::NotTheirs(place),
            other => Self::Unpublished(Box::new(other)),
        }
    }
}
