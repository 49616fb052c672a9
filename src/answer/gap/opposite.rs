//! The opposite of what is asked for: roads that are open for 没通车的路.

use crate::{
    answer::{Citation, Gap, Missing},
    corpus::Progress,
    retrieval::{Understanding, undone},
};

/// What was not done, when the best of `citations` tells that it was.
pub(super) fn told(query: &Understanding, citations: &[Citation]) -> Option<Missing> {
    let undone = undone(query.folded())?;
    let opposed = match citations.first()?.progress {
        Progress::Done | Progress::Expected => true,
        Progress::Ongoing => undone.unbegun,
        Progress::Planned | Progress::Assessment | Progress::None => false,
    };
    opposed.then(|| Missing::of(Gap::Undone, undone.words))
}
