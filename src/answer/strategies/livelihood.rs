//! The list of livelihood items (民生实事) is quoted whole when the question asks for the list itself.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    corpus::PassageKind,
    retrieval::PeriodConstraint,
};

/// A longer topic, in characters, asks for something in the list.
const LIST_CHARS: usize = 8;

/// All items of the newest list among the documents asked.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (library, query) = (context.library(), context.query);
    let topic: String = query.content().split_whitespace().collect();
    let asks_for_list = topic.ends_with("实事") && topic.chars().count() <= LIST_CHARS;
    if !asks_for_list || matches!(query.period(), PeriodConstraint::Done(_)) {
        return Ok(None);
    }
    let newest = library
        .documents()
        .iter()
        .filter(|document| query.scope().holds(document.index))
        .max_by_key(|document| document.meta.year);
    let Some(newest) = newest else {
        return Ok(None);
    };
    let citations: Vec<Citation> = library
        .passages_of(newest)?
        .iter()
        .filter(|passage| passage.kind == PassageKind::LivelihoodItem)
        .map(|passage| compose::cite_use(newest, passage, &topic, 1.0, query))
        .collect();
    let listed = !citations.is_empty();
    Ok(listed.then(|| PartAnswer::quoting(AnswerKind::Passage, citations, None)))
}

#[cfg(test)]
mod tests;
