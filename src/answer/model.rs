//! A question and its answer.

use super::{check::Check, referral::Referral, report_head::AboutReports, smalltalk::Smalltalk};
use crate::{
    corpus::{DocumentId, PassageId, PassageKind, Period, Progress, Validity},
    retrieval::{Catalog, Correction, FactKind, FollowUp},
    text::Span,
};
use serde::{Deserialize, Serialize};

/// How well the report answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The quotes answer the question.
    Answered,
    /// The report speaks of the topic but not of what was asked.
    Partial,
    /// The report does not speak of it, or it is none of its business.
    NotFound,
    /// A greeting, thanks, abuse, an attempt to instruct the bot.
    Smalltalk,
    /// The person asked how to use the bot.
    Help,
}

/// What the answer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Sentences of the report.
    Passage,
    /// A glossary entry.
    Definition,
    /// The same over years or places, in the order of time: one citation a cell.
    Comparison,
    /// Whether somebody qualifies, condition by condition: see [`Check`].
    Eligibility,
    /// See [`Status::Smalltalk`].
    Smalltalk,
    /// See [`Status::Help`].
    Help,
    /// Nothing.
    None,
}

impl AnswerKind {
    /// True when each citation is a cell of a comparison.
    #[must_use]
    pub const fn compares(self) -> bool {
        match self {
            Self::Comparison => true,
            Self::Passage
            | Self::Definition
            | Self::Eligibility
            | Self::Smalltalk
            | Self::Help
            | Self::None => false,
        }
    }

    /// True when the first citation explains a term.
    #[must_use]
    pub const fn defines(self) -> bool {
        match self {
            Self::Definition => true,
            Self::Passage
            | Self::Comparison
            | Self::Eligibility
            | Self::Smalltalk
            | Self::Help
            | Self::None => false,
        }
    }
}

/// The script a question is written in; the reply uses the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// 简体
    #[default]
    Simplified,
    /// 繁體
    Traditional,
}

/// Kinds of documents that an answer is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sources {
    /// 报告
    #[default]
    Reports,
    /// 文件: none of them is a report.
    Others,
    /// 报告和文件
    Both,
}

impl Sources {
    /// All that is loaded.
    pub(super) fn of(catalog: &Catalog) -> Self {
        match catalog.others() {
            (0, _) => Self::Reports,
            (_, 0) => Self::Others,
            _ => Self::Both,
        }
    }
}

/// A quote and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// The passage quoted from.
    pub passage_id: PassageId,
    /// Its document.
    pub document_id: DocumentId,
    /// The document's title.
    pub document_title: String,
    /// Headings from the outside in, lead sentence last.
    pub path: Vec<String>,
    /// What the passage is.
    pub passage_kind: PassageKind,
    /// Of the quoted sentences, not merely of the passage.
    pub period: Period,
    /// How far what the clause tells that answers has come.
    pub progress: Progress,
    /// Verbatim answer sentences: a substring of `passage`.
    pub quote: String,
    /// Bytes of `quote` that match the question's words, sorted, without overlap.
    pub highlights: Vec<Span>,
    /// Bytes of `quote`, where it is a whole row of a table: the name of each column and the cell.
    pub row: Vec<(Span, Span)>,
    /// In a comparison, the bytes of `quote` that stand in its cell; else empty.
    pub cell: Span,
    /// The document's place.
    pub place: String,
    /// The year it plans for, or is of; `None` when it names none.
    pub year: Option<i32>,
    /// The whole passage, as stored.
    pub passage: String,
    /// Bytes of `passage`: the whole sentences, when the quote holds only some of their clauses.
    pub cut_from: Option<Span>,
    /// Whether the policy document that it is from holds on the day of the answer; `None` for what is from none,
    /// and where the day is not known.
    pub standing: Option<Standing>,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
}

/// How a policy document stands on the day of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Until when, or why not.
    pub validity: Validity,
    /// What replaced or extends the document, or words the passage otherwise: its number, else its title.
    pub by: String,
    /// The id of that document.
    pub by_document: Option<DocumentId>,
    /// The article of the passage that is worded otherwise in that document; empty for none.
    pub amended: String,
}

/// What a partial answer lacks: a fact of the kind asked for, or an answer to the very question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// 多少钱
    Money,
    /// 多少，几
    Number,
    /// 比例，百分之几
    Percentage,
    /// 什么时候，几月几号
    Date,
    /// 在哪
    Where,
    /// 谁
    Who,
    /// 我能不能领，符合什么条件
    Eligibility,
    /// 电话，怎么申请
    Procedure,
    /// 有没有补贴，要不要钱
    Benefit,
    /// What a slogan means that the report uses but does not define.
    Definition,
    /// Another place or year than those loaded.
    Elsewhere,
    /// A direct answer: the quotes only come near.
    Direct,
    /// The year asked for: the quotes are of another.
    Year,
    /// The document of the number asked for (文号).
    DocumentNumber,
    /// What is called by its number (三治融合): the report has another number of it.
    NumberOf,
    /// A field of a service (办理材料): its document has none.
    Field,
    /// What has not been done (没完成的): the quotes tell of its opposite.
    Undone,
}

impl From<FactKind> for Gap {
    fn from(kind: FactKind) -> Self {
        match kind {
            FactKind::Money => Self::Money,
            FactKind::Number => Self::Number,
            FactKind::Percentage => Self::Percentage,
            FactKind::Date => Self::Date,
            FactKind::Where => Self::Where,
            FactKind::Who => Self::Who,
            FactKind::Eligibility => Self::Eligibility,
            FactKind::Procedure => Self::Procedure,
            FactKind::Benefit => Self::Benefit,
        }
    }
}

/// What a partial answer lacks: the report speaks of `topic`, but not of what was `asked`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// A noun of the first quote that is what was asked about; empty when there is none.
    pub topic: String,
    /// The fact that is missing.
    pub asked: Gap,
    /// The asker's own words for it (每人每年多少钱), Simplified script; may be empty.
    pub words: String,
}

impl Missing {
    /// That the report does not write about this, in the asker's words.
    pub(super) const fn not_written(words: String) -> Self {
        Self {
            topic: String::new(),
            asked: Gap::Direct,
            words,
        }
    }

    /// True when a fact or a direct answer is missing; false when what is quoted is of another place,
    /// year or state than asked for.
    pub(super) const fn is_of_a_fact(&self) -> bool {
        !matches!(
            self.asked,
            Gap::Elsewhere | Gap::Year | Gap::NumberOf | Gap::Undone | Gap::Field
        )
    }

    /// A gap that the asker has no words for.
    pub(super) const fn of(asked: Gap, topic: String) -> Self {
        Self {
            topic,
            asked,
            words: String::new(),
        }
    }
}

/// What becomes of the wish to speak to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOver {
    /// It can be asked for one.
    Offered,
    /// A person will reply: the number of the ticket, and whether numbers in the question are not passed on.
    Opened {
        /// The ticket.
        number: i64,
        /// True when a telephone number was taken out.
        is_masked: bool,
    },
    /// The question is missing.
    SayWhat,
    /// Some of theirs are open already.
    TooMany,
    /// It could not be kept.
    Failed,
}

/// A line beside the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// How many rows of a table were asked for; each is quoted.
    Counted {
        /// Their number.
        rows: usize,
    },
    /// The question was longer than the limit and was cut; limit in characters.
    QuestionCut {
        /// Characters kept.
        limit: usize,
    },
    /// The report is older than the calendar year; says whose year this is.
    OlderReport {
        /// False when a newer one is loaded, or one of the place that leads.
        newest: bool,
        /// The year the report plans for.
        year: i32,
        /// The year it reviews.
        review: i32,
    },
    /// 去年 / 今年 / 明年 was resolved against the report.
    YearResolved {
        /// As typed, Simplified script.
        word: String,
        /// What it was taken for.
        year: i32,
    },
    /// 按“…”查找
    Corrected(Correction),
    /// What becomes of the wish to speak to a person.
    HandOver(HandOver),
    /// Where to ask for what a document does not write: a telephone number that it gives.
    AskAt {
        /// As printed.
        number: String,
    },
    /// The question was completed from the one before.
    FollowUp(FollowUp),
    /// The question named a year or place that no loaded report covers.
    NotLoaded {
        /// As typed, Simplified script.
        what: String,
    },
    /// The question named neither place nor year, and more is loaded than what was asked.
    OthersLoaded {
        /// Of which kinds that is.
        sources: Sources,
        /// Some of the other places.
        places: Vec<String>,
        /// How many there are.
        count: usize,
        /// Years that older reports of the same place plan for, newest first.
        years: Vec<i32>,
    },
}

/// The answer to one part of a question, or to several put together.
#[derive(Debug, Clone, PartialEq)]
pub struct PartAnswer {
    /// How well the report answers.
    pub status: Status,
    /// What the answer is made of.
    pub kind: AnswerKind,
    /// Best first.
    pub citations: Vec<Citation>,
    /// For `Partial`: what is missing.
    pub missing: Option<Missing>,
    /// Lines beside the answer.
    pub notices: Vec<Notice>,
    /// Passages beyond the citations, best first.
    pub related: Vec<PassageId>,
}

impl PartAnswer {
    /// Nothing is quoted.
    pub(super) const fn without_quotes(status: Status, kind: AnswerKind) -> Self {
        Self {
            status,
            kind,
            citations: Vec::new(),
            missing: None,
            notices: Vec::new(),
            related: Vec::new(),
        }
    }

    /// The report does not speak of it.
    pub(super) const fn not_found() -> Self {
        Self::without_quotes(Status::NotFound, AnswerKind::None)
    }

    /// Nothing was asked of the report.
    pub(super) const fn smalltalk() -> Self {
        Self::without_quotes(Status::Smalltalk, AnswerKind::Smalltalk)
    }

    /// What these quotes answer, but for what is missing.
    pub(super) fn quoting(
        kind: AnswerKind,
        citations: Vec<Citation>,
        missing: Option<Missing>,
    ) -> Self {
        let status = match missing {
            Some(_) => Status::Partial,
            None => Status::Answered,
        };
        Self {
            citations,
            missing,
            ..Self::without_quotes(status, kind)
        }
    }
}

/// What the bot answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// As asked.
    pub question: String,
    /// How well the report answers.
    pub status: Status,
    /// What the answer is made of.
    pub kind: AnswerKind,
    /// What was quoted from, or searched in vain.
    pub sources: Sources,
    /// The asker's script.
    pub script: Script,
    /// Best first; empty for `NotFound`, `Smalltalk` and `Help`.
    pub citations: Vec<Citation>,
    /// For `Partial`: what is missing.
    pub missing: Option<Missing>,
    /// For `Smalltalk`: of which kind, unless `referral` or `about` tells.
    pub smalltalk: Option<Smalltalk>,
    /// Whom the message is referred to; said before everything else.
    pub referral: Option<Referral>,
    /// What the answer says of the reports themselves.
    pub about: Option<AboutReports>,
    /// What is said of whether somebody qualifies; then nothing else is said, and the citations are those that it
    /// names.
    pub check: Option<Box<Check>>,
    /// Lines beside the answer, in the order they should be read.
    pub notices: Vec<Notice>,
    /// Questions near the one asked, at most three; after an answer at most two, each answered by another
    /// quote.
    pub suggestions: Vec<String>,
    /// Passages beyond the citations for 更多相关, best first, at most seven.
    pub related: Vec<PassageId>,
    /// Version of the corpus that answered.
    pub corpus_version: String,
}
