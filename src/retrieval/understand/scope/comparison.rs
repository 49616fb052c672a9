//! What a comparison sets side by side: years of one place, or places.

use super::catalog::{Catalog, Place, PlaceYear};
use crate::{
    corpus::Period,
    retrieval::understand::{
        lexicon::{IntentList, Intents},
        period::{self, PeriodConstraint, Years},
    },
};

/// One column of a comparison: what is looked up in which documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Indices of documents.
    pub documents: Vec<usize>,
    /// A result or a plan.
    pub period: Period,
}

impl Compared {
    /// What is asked for in these documents.
    #[must_use]
    pub const fn constraint(&self) -> PeriodConstraint {
        match self.period {
            Period::Done(year) => PeriodConstraint::Done(year),
            Period::Planned(year) => PeriodConstraint::Planned(year),
            Period::Assessment | Period::Undated => PeriodConstraint::Any,
        }
    }
}

/// Cells of a comparison at most.
const CELLS: usize = 8;

impl Catalog {
    /// The cells that `folded` asks for, in the order of time or of the places it names; none unless
    /// it compares and at least two could be filled. `places` are the indices of those it names, `years`
    /// the years it names, ascending.
    pub(super) fn compared(
        &self,
        places: &[usize],
        year_named: bool,
        (intents, folded): (&Intents, &str),
        years: &[i32],
    ) -> Vec<Compared> {
        let mut cells = match places {
            [] => Vec::new(),
            [only] => over_years(&self.places[*only], (intents, folded), years),
            places => places
                .iter()
                .flat_map(|at| of_place(&self.places[*at], year_named, (intents, folded), years))
                .collect(),
        };
        // The newest say most.
        let over = cells.len().saturating_sub(CELLS);
        cells.drain(..over);
        if cells.len() < 2 { Vec::new() } else { cells }
    }
}

/// Plan and result of each year asked for, oldest first.
fn over_years(place: &Place, (intents, folded): (&Intents, &str), years: &[i32]) -> Vec<Compared> {
    let Some(newest) = place.by_year.first() else {
        return Vec::new();
    };
    if place.by_year.len() == 1 {
        return within_report(newest, (intents, folded), years);
    }
    let against = intents.matches(IntentList::Against, folded);
    let mut wanted: Vec<i32> = if intents.matches(IntentList::Trend, folded) {
        let all = place.by_year.iter().map(|of| of.years);
        all.flat_map(|years| [years.review, years.plan]).collect()
    } else if years.len() > 1 {
        years.to_vec()
    } else if against {
        vec![years.first().copied().unwrap_or(newest.years.review)]
    } else {
        Vec::new()
    };
    wanted.sort_unstable();
    wanted.dedup();
    let plans_only = period::wants_plan(intents, folded) && !against;
    wanted
        .into_iter()
        .flat_map(|year| {
            [
                place.planned(year),
                place.done(year).filter(|_| !plans_only),
            ]
        })
        .flatten()
        .collect()
}

/// Result and plan of the only report, when both are asked for side by side.
fn within_report(
    report: &PlaceYear,
    (intents, folded): (&Intents, &str),
    years: &[i32],
) -> Vec<Compared> {
    let Years { review, plan } = report.years;
    let both = years == [review, plan] || intents.matches(IntentList::ResultAndPlan, folded);
    if !both {
        return Vec::new();
    }
    vec![
        cell(report, Period::Done(review)),
        cell(report, Period::Planned(plan)),
    ]
}

/// What one of several places has to tell of the years asked for; of its newest report when none is.
fn of_place(
    place: &Place,
    year_named: bool,
    (intents, folded): (&Intents, &str),
    years: &[i32],
) -> Vec<Compared> {
    let Some(newest) = place.by_year.first().map(|of| of.years) else {
        return Vec::new();
    };
    let years = if year_named {
        years.to_vec()
    } else {
        // 去年 is each place's own.
        let words = period::relative_years(folded, newest);
        words.into_iter().map(|(_, year)| year).collect()
    };
    if years.is_empty() {
        return [place.done(newest.review), place.planned(newest.plan)]
            .into_iter()
            .flatten()
            .collect();
    }
    let plan = period::wants_plan(intents, folded);
    years
        .into_iter()
        .filter_map(|year| {
            if plan {
                place.planned(year).or_else(|| place.done(year))
            } else {
                place.done(year).or_else(|| place.planned(year))
            }
        })
        .collect()
}

impl Place {
    /// What was planned for `year`.
    pub(super) fn planned(&self, year: i32) -> Option<Compared> {
        let of = self.by_year.iter().find(|of| of.years.plan == year)?;
        Some(cell(of, Period::Planned(year)))
    }

    fn done(&self, year: i32) -> Option<Compared> {
        let of = self.by_year.iter().find(|of| of.years.review == year)?;
        Some(cell(of, Period::Done(year)))
    }
}

fn cell(of: &PlaceYear, period: Period) -> Compared {
    Compared {
        documents: of.documents.clone(),
        period,
    }
}
