//! Whether the rules of a document run on a day.

use time::Date;
use wenzheng_rules::Validity as Runs;

use super::benefit::Benefit;
use crate::{
    corpus::{DocumentInfo, Validities, Validity},
    retrieval::Retriever,
};

/// Whether the rules of `document` run on `today`. The plan of an earlier year that does not say how long it holds has
/// run out: the next one may ask for something else.
#[must_use]
pub fn runs(validities: &Validities, document: &DocumentInfo, today: Date) -> Runs {
    match validities.on(document, today) {
        Some(Validity::Expired { .. }) => Runs::Expired,
        Some(Validity::NotYet { .. }) => Runs::NotYetEffective,
        Some(Validity::Replaced { .. }) => Runs::Replaced,
        Some(validity @ Validity::OfYear(_)) if !validity.holds(today) => Runs::Expired,
        Some(
            Validity::Until(_)
            | Validity::Extended { .. }
            | Validity::OfYear(_)
            | Validity::Unstated,
        )
        | None => Runs::InForce,
    }
}

/// True while the rules of `benefit` run.
pub(super) fn holds(retriever: &Retriever, benefit: &Benefit, today: Date) -> bool {
    let document = retriever.library().document(benefit.index);
    document.is_some_and(|document| runs(retriever.validities(), document, today) == Runs::InForce)
}
