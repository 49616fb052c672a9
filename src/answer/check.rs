//! What is said of whether somebody qualifies, as data: a question, or the result condition by condition.
//!
//! Nothing here can be worded as a bare “you qualify”: [`Finding::Met`] carries what was checked and what was not.

use wenzheng_rules::{Mark, Unclear};

/// What is said of whether somebody qualifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What one gets (高龄津贴); empty when it is about all benefits at once.
    pub benefit: String,
    /// The title of the document that grants it; empty for all.
    pub document_title: String,
    /// Who decides in the end; may be empty.
    pub department: String,
    /// Who is judged, in the asker's words (我妈).
    pub person: Option<String>,
    /// What the answers so far were taken for: what was asked, and what was said of it.
    pub told: Vec<(String, String)>,
    /// What is said now.
    pub step: CheckStep,
    /// True for what is said to the question that began it.
    pub is_first: bool,
    /// Names this step of a dialogue for its buttons; `None` where nothing is remembered.
    pub handle: Option<String>,
}

/// What is said now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckStep {
    /// A question is put.
    Asks(CheckQuestion),
    /// The next question is none for a group.
    AsksInPrivate,
    /// The result, or how far it is.
    Judged(Box<CheckResult>),
    /// What the document demands, unjudged.
    Conditions(Box<CheckResult>),
    /// The document does not hold on this day: the first citation says why.
    NotInForce,
    /// It was called off.
    Stopped,
    /// A button of a step that is over was pressed.
    Over,
    /// All benefits at once.
    Surveyed(CheckSurvey),
}

/// A question that is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckQuestion {
    /// The name of its variable.
    pub variable: String,
    /// In Chinese.
    pub ask: String,
    /// True if it is none for a group.
    pub private: bool,
    /// Answers to choose from: the mark by which one is picked where there are no buttons, and what it says.
    pub choices: Vec<(String, String)>,
    /// Why the last answer was not understood.
    pub unclear: Option<Unclear>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// In short.
    pub finding: Finding,
    /// A line a condition.
    pub lines: Vec<CheckLine>,
    /// What is paid.
    pub amounts: CheckAmounts,
    /// What the document says of materials, place, telephone and deadline: label, and the words as a citation.
    pub fields: Vec<(String, CheckQuote)>,
    /// The question that would come next, where nothing is remembered.
    pub next: Option<CheckQuestion>,
}

/// What came out, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// All that could be checked is met.
    Met {
        /// How many conditions were checked.
        checked: usize,
        /// How many clauses the office judges.
        left: usize,
    },
    /// These conditions are not met: what each is called, and whether it is one that must not hold; never empty.
    NotMet(Vec<(String, bool)>),
    /// Something that matters is not known.
    Open,
}

/// A condition with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// The sign.
    pub mark: Mark,
    /// What the condition is called; `None` for what is left to the office.
    pub name: Option<String>,
    /// True if it must not hold.
    pub is_exclusion: bool,
    /// The words of the document; never empty.
    pub quotes: Vec<CheckQuote>,
}

/// Words of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckQuote {
    /// Verbatim.
    pub text: String,
    /// The innermost heading above them; may be empty.
    pub section: String,
    /// The place of their citation among those of the answer; `None` for words that stand in no passage.
    pub citation: Option<usize>,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckAmounts {
    /// Nothing to show.
    None,
    /// Not decided: all of them.
    Open(Vec<CheckAmount>),
    /// Decided.
    Decided(CheckAmount),
    /// The document has an amount for others only.
    NoRow,
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckAmount {
    /// In the words of the document.
    pub quote: CheckQuote,
    /// As the rules copy it: 每人每月50元.
    pub pays: String,
    /// How the sum is worked out: 85元/亩 × 12亩 = 1020元.
    pub sum: Option<String>,
}

/// All benefits at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckSurvey {
    /// 可能符合
    pub possible: Vec<Surveyed>,
    /// 还要核实
    pub open: Vec<Surveyed>,
    /// 不符合
    pub not_met: Vec<Surveyed>,
    /// True if it was called off before everything was asked.
    pub is_cut_short: bool,
}

/// One of all benefits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// What one gets.
    pub benefit: String,
    /// The title of its document.
    pub document_title: String,
    /// How many conditions were checked and passed, if all were.
    pub checked: usize,
    /// The condition that is not met, with its words.
    pub failed: Option<(String, CheckQuote)>,
}
