//! The period that a question asks for: a result or a plan, and of which year.

use super::lexicon::{IntentList, Intents};
pub use crate::corpus::Years;
use crate::{corpus::Period, text::Pattern};

/// The period a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeriodConstraint {
    /// None named.
    #[default]
    Any,
    /// A result, that year's.
    Done(i32),
    /// A plan, that year's.
    Planned(i32),
    /// Result and plan side by side.
    Both,
    /// Nothing named, but the wording leans towards a result (开了没).
    LeansDone,
    /// Nothing named, but the wording leans towards a plan (会建吗).
    LeansPlanned,
}

impl PeriodConstraint {
    /// How well a sentence of `period` fits: 1 as asked, −1 against what was asked, 0 otherwise;
    /// half of it when the wording only leans.
    #[must_use]
    pub fn fit(self, period: Period) -> f32 {
        match (self, period) {
            (Self::Done(a), Period::Done(b)) | (Self::Planned(a), Period::Planned(b)) => {
                if a == b {
                    1.0
                } else {
                    -0.5
                }
            }
            (Self::Done(_), Period::Planned(_)) | (Self::Planned(_), Period::Done(_)) => -1.0,
            (Self::LeansDone, Period::Done(_)) | (Self::LeansPlanned, Period::Planned(_)) => 0.5,
            (Self::LeansDone, Period::Planned(_)) | (Self::LeansPlanned, Period::Done(_)) => -0.5,
            _ => 0.0,
        }
    }

    /// The year asked for.
    #[must_use]
    pub const fn year(self) -> Option<i32> {
        match self {
            Self::Done(year) | Self::Planned(year) => Some(year),
            Self::Any | Self::Both | Self::LeansDone | Self::LeansPlanned => None,
        }
    }

    /// True when the asker named the period, rather than leaning towards one.
    #[must_use]
    pub const fn is_named(self) -> bool {
        matches!(self, Self::Done(_) | Self::Planned(_) | Self::Both)
    }

    /// True when a question whose own period is `own` is about this one, of the question before it: a
    /// named period stays, and 往后还修几个 asks for no result.
    #[must_use]
    pub const fn is_taken_over(self, own: Self) -> bool {
        match own {
            Self::Done(_) | Self::Planned(_) | Self::Both => false,
            Self::LeansDone => !matches!(self, Self::Planned(_) | Self::LeansPlanned),
            Self::LeansPlanned => !matches!(self, Self::Done(_) | Self::LeansDone),
            Self::Any => true,
        }
    }
}

/// What a relative word stands for in a report of `years`, never the clock's; `None` for any other word.
fn year_of(years: Years, word: &str) -> Option<i32> {
    match word {
        "前年" => Some(years.review - 1),
        "明年" => Some(years.plan + 1),
        word if word.starts_with(['去', '上', '前']) => Some(years.review),
        word if word.starts_with(['今', '本']) => Some(years.plan),
        _ => None,
    }
}

/// What was found of the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PeriodFinding {
    /// The period asked for.
    pub(super) constraint: PeriodConstraint,
    /// The question without its year words; as many bytes, blanks in their place.
    pub(super) rest: String,
    /// Relative words that were resolved, with the year they stand for.
    pub(super) resolved: Vec<(String, i32)>,
    /// Years named that are neither reviewed nor planned.
    pub(super) other_years: Vec<i32>,
}

static YEAR_WORD: Pattern = Pattern::new(
    r"去年|上年度|上一年|上年|前一年|前年|今年|本年度|本年|明年|((?:19|20)[0-9]{2})(?:年度|年)?|([0-9]{2})年",
);

/// The relative words of a folded question with the years they stand for.
pub(crate) fn relative_years(folded: &str, base: Years) -> Vec<(String, i32)> {
    YEAR_WORD
        .find_iter(folded)
        .filter_map(|word| Some((word.as_str().to_owned(), year_of(base, word.as_str())?)))
        .collect()
}

/// True when a folded question asks for what is planned (目标, 打算), whatever the year.
pub(crate) fn wants_plan(intents: &Intents, folded: &str) -> bool {
    intents.matches(IntentList::Planned, folded) && !intents.matches(IntentList::Done, folded)
}

/// Finds the period a folded question asks for: relative words stand for the years of `base`, and
/// what is looked for is of the years `covered`.
#[must_use]
pub(super) fn find(intents: &Intents, folded: &str, base: Years, covered: Years) -> PeriodFinding {
    let mut named: Vec<i32> = Vec::new();
    let mut finding = PeriodFinding {
        rest: folded.to_owned(),
        ..PeriodFinding::default()
    };
    for found in YEAR_WORD.captures_iter(folded) {
        let Some(whole) = found.get(0) else { continue };
        let relative = year_of(base, whole.as_str());
        let year = relative.or_else(|| {
            let digits = found.get(1).or(found.get(2))?;
            let year: i32 = digits.as_str().parse().ok()?;
            let short = found.get(2).is_some();
            let year = if short { 2000 + year } else { year };
            // 24年 is a year only when it can be one of the report's, and so is 2085 of 2085人.
            let certain = !short && whole.as_str().ends_with(['年', '度']);
            (certain || covered.covers(year)).then_some(year)
        });
        let Some(year) = year else { continue };
        if relative.is_some() {
            finding.resolved.push((whole.as_str().to_owned(), year));
        }
        if covered.covers(year) {
            finding
                .rest
                .replace_range(whole.range(), &" ".repeat(whole.len()));
            named.push(year);
        } else {
            finding.other_years.push(year);
        }
    }
    let years = covered;
    let review = named.contains(&years.review);
    let plan = named.contains(&years.plan);
    let both = intents.matches(IntentList::ResultAndPlan, folded);
    finding.constraint = match (review, plan) {
        _ if both && finding.other_years.is_empty() => PeriodConstraint::Both,
        (true, true) => PeriodConstraint::Both,
        (true, false) => PeriodConstraint::Done(years.review),
        (false, true) => PeriodConstraint::Planned(years.plan),
        (false, false) if intents.matches(IntentList::Done, folded) => PeriodConstraint::LeansDone,
        (false, false) if intents.matches(IntentList::Planned, folded) => {
            PeriodConstraint::LeansPlanned
        }
        (false, false) => PeriodConstraint::Any,
    };
    finding
}

#[cfg(test)]
mod tests;
