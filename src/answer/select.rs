//! Which hits are cited.

use crate::{
    corpus::Period,
    retrieval::{Feature, Hit, PeriodConstraint, Understanding},
};

/// A result and a plan stand side by side when the one reaches this share of the other's score …
const SIDE_BY_SIDE: f32 = 0.6;
/// … the best of them covers this much of the question …
const SIDE_COVERAGE: f32 = 0.45;
/// … and both, where one is asked for, hold the fact more surely than this.
const SIDE_FACT: f32 = 0.5;

/// The hits to cite: result and plan side by side when both answer, then those whose `relevance`
/// reaches `beside`; one relevance a hit.
pub(super) fn select(
    hits: &[Hit],
    query: &Understanding,
    limit: usize,
    relevance: &[f32],
    beside: f32,
) -> Vec<Hit> {
    let Some(best) = hits.first() else {
        return Vec::new();
    };
    let mut chosen: Vec<Hit> = Vec::new();
    let other_side = hits.iter().skip(1).find(|hit| {
        opposite(hit.period, best.period)
            && match query.period() {
                PeriodConstraint::Both => true,
                PeriodConstraint::Any
                | PeriodConstraint::LeansDone
                | PeriodConstraint::LeansPlanned => {
                    same_topic(hit, best, query) && hit.score >= best.score * SIDE_BY_SIDE
                }
                PeriodConstraint::Done(_) | PeriodConstraint::Planned(_) => false,
            }
    });
    chosen.push(best.clone());
    if let Some(other) = other_side {
        // Result first, unless the question leans to what the plan says.
        let leans_to_best = query.period().fit(best.period) > query.period().fit(other.period);
        let result_first = matches!(other.period, Period::Done(_)) && !leans_to_best;
        chosen.insert(usize::from(!result_first), other.clone());
    }
    for (hit, relevance) in hits.iter().zip(relevance) {
        if chosen.len() >= limit {
            break;
        }
        if *relevance >= beside && chosen.iter().all(|c| c.at != hit.at) {
            chosen.push(hit.clone());
        }
    }
    chosen.truncate(limit);
    chosen
}

/// True for a result and a plan.
pub(super) const fn opposite(a: Period, b: Period) -> bool {
    matches!(
        (a, b),
        (Period::Done(_), Period::Planned(_)) | (Period::Planned(_), Period::Done(_))
    )
}

/// True when two hits match nearly the same words of the question, and both the fact asked for.
fn same_topic(a: &Hit, b: &Hit, query: &Understanding) -> bool {
    let common = a.matched.iter().filter(|n| b.matched.contains(n)).count();
    let all = a.matched.len() + b.matched.len() - common;
    let both_needs = query.answer_type().is_none()
        || (a.features[Feature::FactType] > SIDE_FACT && b.features[Feature::FactType] > SIDE_FACT);
    all > 0
        && common * 10 >= all * 7
        && a.features[Feature::Coverage] >= SIDE_COVERAGE
        && both_needs
}

#[cfg(test)]
mod tests;
