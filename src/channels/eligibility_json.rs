//! Whether somebody qualifies, as data. Fields may be added, never changed or removed.

use serde::Serialize;
use utoipa::ToSchema;
use wenzheng_rules::Mark;

use crate::answer::{
    Check, CheckAmount, CheckAmounts, CheckLine, CheckQuestion, CheckQuote, CheckStep, Finding,
};

/// Whether somebody qualifies, condition by condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EligibilityRecord {
    /// What one gets; empty for all benefits at once.
    pub benefit: String,
    /// The title of the document.
    pub document_title: String,
    /// `met` (all that could be checked is), `not_met`, `undecided`, `not_in_force`, `asking`, `conditions`, `survey`,
    /// `ended`. None of them says that somebody qualifies: the office decides.
    pub outcome: &'static str,
    /// How many conditions were checked and are met; only for `met`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<usize>,
    /// A line a condition.
    pub lines: Vec<LineRecord>,
    /// What is paid: one if it is decided, else all.
    pub amounts: Vec<AmountRecord>,
    /// True if `amounts` holds the one that is decided.
    pub is_amount_decided: bool,
    /// What would have to be known next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextRecord>,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LineRecord {
    /// `passed`, `failed`, `unknown`, `office`
    pub mark: &'static str,
    /// What it is called; empty for what the office judges.
    pub name: String,
    /// True if it must not hold.
    pub is_exclusion: bool,
    /// The words of the document, verbatim.
    pub quotes: Vec<QuoteRecord>,
}

/// Words of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteRecord {
    /// Verbatim.
    pub text: String,
    /// The innermost heading above them.
    pub section: String,
    /// Their place among `citations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<usize>,
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AmountRecord {
    /// 每人每月50元
    pub pays: String,
    /// How the sum is worked out by the standard of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    /// The words of the document.
    pub quote: QuoteRecord,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NextRecord {
    /// By which it is answered.
    pub variable: String,
    /// The question, in Chinese.
    pub ask: String,
    /// True for what is nobody else's business.
    pub private: bool,
    /// Answers to choose from; others may be given as well.
    pub choices: Vec<String>,
}

impl From<&Check> for EligibilityRecord {
    fn from(check: &Check) -> Self {
        let (outcome, checked) = outcome(check);
        let result = match &check.step {
            CheckStep::Judged(result) | CheckStep::Conditions(result) => Some(result),
            _ => None,
        };
        let next = match &check.step {
            CheckStep::Asks(question) => Some(question),
            _ => result.and_then(|result| result.next.as_ref()),
        };
        let amounts = result.map_or(&CheckAmounts::None, |result| &result.amounts);
        Self {
            benefit: check.benefit.clone(),
            document_title: check.document_title.clone(),
            outcome,
            checked,
            lines: result
                .map(|result| result.lines.iter().map(LineRecord::from).collect())
                .unwrap_or_default(),
            is_amount_decided: matches!(amounts, CheckAmounts::Decided(_)),
            amounts: match amounts {
                CheckAmounts::Open(all) => all.iter().map(AmountRecord::from).collect(),
                CheckAmounts::Decided(one) => vec![one.into()],
                CheckAmounts::None | CheckAmounts::NoRow => Vec::new(),
            },
            next: next.map(NextRecord::from),
        }
    }
}

fn outcome(check: &Check) -> (&'static str, Option<usize>) {
    match &check.step {
        CheckStep::Asks(_) | CheckStep::AsksInPrivate => ("asking", None),
        CheckStep::Conditions(_) => ("conditions", None),
        CheckStep::NotInForce => ("not_in_force", None),
        CheckStep::Stopped | CheckStep::Over => ("ended", None),
        CheckStep::Surveyed(_) => ("survey", None),
        CheckStep::Judged(result) => match &result.finding {
            Finding::Met { checked, .. } => ("met", Some(*checked)),
            Finding::NotMet(_) => ("not_met", None),
            Finding::Open => ("undecided", None),
        },
    }
}

impl From<&CheckLine> for LineRecord {
    fn from(line: &CheckLine) -> Self {
        Self {
            mark: match line.mark {
                Mark::Passed => "passed",
                Mark::Failed => "failed",
                Mark::Unknown => "unknown",
                Mark::LeftToOffice => "office",
            },
            name: line.name.clone().unwrap_or_default(),
            is_exclusion: line.is_exclusion,
            quotes: line.quotes.iter().map(QuoteRecord::from).collect(),
        }
    }
}

impl From<&CheckQuote> for QuoteRecord {
    fn from(quote: &CheckQuote) -> Self {
        Self {
            text: quote.text.clone(),
            section: quote.section.clone(),
            citation: quote.citation,
        }
    }
}

impl From<&CheckAmount> for AmountRecord {
    fn from(amount: &CheckAmount) -> Self {
        Self {
            pays: amount.pays.clone(),
            sum: amount.sum.clone(),
            quote: (&amount.quote).into(),
        }
    }
}

impl From<&CheckQuestion> for NextRecord {
    fn from(question: &CheckQuestion) -> Self {
        Self {
            variable: question.variable.clone(),
            ask: question.ask.clone(),
            private: question.private,
            choices: question
                .choices
                .iter()
                .map(|(_, label)| label.clone())
                .collect(),
        }
    }
}
