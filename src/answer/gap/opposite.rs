//! The opposite of what is asked for: roads that are open for 没通车的路.

use super::Found;
use crate::{
    answer::{AnswerError, Gap, Missing},
    corpus::Progress,
    retrieval,
};

/// What was not done, when the best quote tells that it was.
pub(super) fn told(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let query = found.context.query;
    let (Some(undone), Some(best)) = (retrieval::undone(query.folded()), found.citations.first())
    else {
        return Ok(None);
    };
    let opposed = match best.progress {
        Progress::Done | Progress::Expected => true,
        Progress::Ongoing => undone.unbegun,
        Progress::Planned | Progress::Assessment | Progress::None => false,
    };
    Ok(opposed.then(|| Missing::of(Gap::Undone, undone.words)))
}
