//! A term that the report uses but does not define: its uses are quoted, the definition is missing.

use crate::{
    answer::{AnswerError, AnswerKind, Gap, Missing, PartAnswer, compose, context::Context},
    text::normalize::fold,
};

/// Characters that a term in quotes has.
const TERM_CHARS: std::ops::RangeInclusive<usize> = 2..=12;

/// The passages that use what the question wants explained, in quotes.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (library, query) = (context.library(), context.query);
    let topic = query.topic();
    let is_term = !topic.contains(' ') && TERM_CHARS.contains(&topic.chars().count());
    if !query.is_definitional() || !is_term {
        return Ok(None);
    }
    let quoted = |text: &str| {
        let text = fold(text);
        [("“", "”"), ("\"", "\"")]
            .iter()
            .any(|(open, close)| text.contains(&format!("{open}{topic}{close}")))
    };
    let mut citations = Vec::new();
    for hit in context.hits()? {
        let (document, passage) = library.cited(hit.at)?;
        if citations.len() < context.limit && quoted(&passage.text) {
            let citation = compose::cite_use(document, &passage, &topic, hit.score, query);
            citations.push(citation);
        }
    }
    if citations.is_empty() {
        return Ok(None);
    }
    let missing = Missing::of(Gap::Definition, topic);
    Ok(Some(PartAnswer::quoting(
        AnswerKind::Passage,
        citations,
        Some(missing),
    )))
}

#[cfg(test)]
mod tests;
