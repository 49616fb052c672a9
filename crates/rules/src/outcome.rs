//! What comes out: the outcome, its reasons line by line, and the amount.

use std::fmt;

use rust_decimal::Decimal;

use crate::{model::Role, truth::Truth, variable::VariableId};

/// Whether the document is in force for the person who asks. Told by whoever has a clock and knows which
/// documents replace which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// The rules run.
    InForce,
    /// 已于…过期
    Expired,
    /// 尚未施行
    NotYetEffective,
    /// 已被…替代
    Replaced,
}

/// Words of the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quote {
    /// Verbatim.
    pub text: String,
    /// The passage that holds them, as an index into those that the rules were bound to; `None` for an
    /// uncovered clause of a section that is no such passage.
    pub passage: Option<usize>,
}

/// What comes out of the answers given so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All that could be checked is met (符合已核对的N条).
    Met(Met),
    /// A condition does not hold, or an exclusion does.
    NotMet {
        /// The id of the first such requirement of the file.
        by: String,
        /// The words of the document that decide.
        quotes: Vec<Quote>,
    },
    /// Something that matters is not known.
    Undecided {
        /// What to ask next; `None` when all that is left is what the person does not know.
        asks: Option<VariableId>,
    },
    /// The document has expired: its rules were not run.
    Expired,
    /// The document is not yet in force: its rules were not run.
    NotYetEffective,
    /// Another document replaces it: its rules were not run.
    Replaced,
}

impl Outcome {
    /// The word that a scenario uses for it: `met`, `not_met`, `undecided`, `expired`,
    /// `not_yet_effective` or `replaced`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Met(_) => "met",
            Self::NotMet { .. } => "not_met",
            Self::Undecided { .. } => "undecided",
            Self::Expired => "expired",
            Self::NotYetEffective => "not_yet_effective",
            Self::Replaced => "replaced",
        }
    }
}

/// All that could be checked is met. It cannot be had without what was checked and what was not, so that
/// nobody words it as a bare 能领.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    checked: usize,
    left_to_office: Vec<Quote>,
}

impl Met {
    pub(crate) const fn new(checked: usize, left_to_office: Vec<Quote>) -> Self {
        Self {
            checked,
            left_to_office,
        }
    }

    /// How many conditions and exclusions were checked, and passed.
    #[must_use]
    pub const fn checked(&self) -> usize {
        self.checked
    }

    /// The clauses that the office judges (？由部门认定), uncovered ones last; to be shown with the outcome.
    #[must_use]
    pub fn left_to_office(&self) -> &[Quote] {
        &self.left_to_office
    }
}

/// The sign before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// ✓ The condition holds, or the exclusion does not.
    Passed,
    /// ✗ The condition does not hold, or the exclusion does.
    Failed,
    /// ？ It depends on what is not known.
    Unknown,
    /// ？由部门认定 No rule can tell.
    LeftToOffice,
}

impl From<Truth> for Mark {
    fn from(passed: Truth) -> Self {
        match passed {
            Truth::True => Self::Passed,
            Truth::Unknown => Self::Unknown,
            Truth::False => Self::Failed,
        }
    }
}

/// One requirement with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The id of the requirement; `None` for what is left to the office.
    pub id: Option<String>,
    /// Condition or exclusion; `None` for what is left to the office.
    pub role: Option<Role>,
    /// The sign.
    pub mark: Mark,
    /// The words of the document: of the tests that decide, or of all while none does. Never empty.
    pub quotes: Vec<Quote>,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Nothing to show: the file has no amounts, or the person does not qualify.
    None,
    /// Not decided; all rows in order.
    Open(Vec<Payment>),
    /// Decided.
    Decided(Payment),
    /// The person qualifies, but no row of the document is theirs.
    NoRow,
}

/// One amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// In the words of the file: 每人每月50元, 200元/亩.
    pub pays: String,
    /// The words of the document.
    pub quote: Quote,
    /// The sum, if the amount is a rate and the quantity decides it.
    pub sum: Option<Sum>,
}

/// A rate times a quantity, to be labelled 按文件标准计算. Displayed as it is worked out:
/// `200元/亩 × 12亩 = 2400元`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The rate, as the file writes it.
    pub rate: String,
    /// By which it is multiplied. `None` when only the cap is certain: the quantity is a range that lies
    /// above it.
    pub quantity: Option<Decimal>,
    /// The unit of the quantity.
    pub quantity_unit: String,
    /// The cap, as the file writes it, if it lowers the sum.
    pub cap: Option<String>,
    /// What comes out, exactly; nothing is rounded.
    pub total: Decimal,
    /// Its unit.
    pub unit: String,
}

impl Sum {
    /// What comes out, with its unit: 2400元.
    #[must_use]
    pub fn total(&self) -> String {
        format!("{}{}", self.total.normalize(), self.unit)
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(quantity) = self.quantity {
            let unit = &self.quantity_unit;
            write!(f, "{} × {}{unit}", self.rate, quantity.normalize())?;
            if let Some(cap) = &self.cap {
                write!(f, "，最高{cap}")?;
            }
            write!(f, " = ")?;
        } else if let Some(cap) = &self.cap {
            write!(f, "{}，最高{cap} = ", self.rate)?;
        }
        f.write_str(&self.total())
    }
}

/// The whole result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What comes out.
    pub outcome: Outcome,
    /// One line a requirement, in the order of the file, then what is left to the office. Empty if the
    /// rules were not run.
    pub lines: Vec<Line>,
    /// What is paid.
    pub amount: Amount,
}
