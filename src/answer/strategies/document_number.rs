//! The number of a document (文号) that stands in no passage found: another number is no answer.

use crate::{
    answer::{AnswerError, Gap, Missing, PartAnswer, context::Context},
    retrieval::DocumentNumber,
    text::normalize::fold,
};

/// That the document asked for by its number was not found; `None` when a passage names it, and when
/// none is asked for.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let Some(number) = DocumentNumber::all(context.query.folded())
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    for hit in context.hits()? {
        let passage = context.library().passage(hit.at)?;
        if number.stands_in(&fold(&passage.text)) {
            return Ok(None);
        }
    }
    let missing = Missing {
        topic: String::new(),
        asked: Gap::DocumentNumber,
        words: number.to_string(),
    };
    Ok(Some(PartAnswer {
        missing: Some(missing),
        ..PartAnswer::not_found()
    }))
}
