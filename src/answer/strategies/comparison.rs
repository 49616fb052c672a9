//! The same question over years or places: one citation a cell, in the order of time.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    retrieval::{Compared, Feature, Hit, Understanding},
};

/// Hits looked at for each cell.
const HITS: usize = 6;
/// A comparison, when one is asked for and at least two of its cells can be filled.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let retriever = context.retriever;
    let compared = &context.query.scope().compared;
    let mut cells: Vec<(Citation, usize)> = Vec::new();
    for (compared, (request, retrieved)) in compared.iter().zip(context.cells()?) {
        let cell = request.question();
        let hits = retriever.rank(request, retrieved, HITS)?;
        let Some(hit) = fitting(&hits, cell, compared) else {
            continue;
        };
        let decision = retriever.decision();
        let confidence = retriever.confidence(request, retrieved, std::slice::from_ref(&hit))?;
        if confidence.is_none_or(|confidence| confidence.speaks < decision.not_found) {
            continue;
        }
        cells.extend(compose::cell(retriever.library(), &hit, cell)?);
    }
    let citations = on_topic(cells);
    let compares = citations.len() >= 2;
    Ok(compares.then(|| PartAnswer::quoting(AnswerKind::Comparison, citations, None)))
}

/// The cells without those that say less than half as much of the topic as the best: they speak of
/// something else.
fn on_topic<T>(cells: Vec<(T, usize)>) -> Vec<T> {
    let most = cells.iter().map(|(_, matched)| *matched).max();
    let most = most.unwrap_or(0);
    let cells = cells.into_iter();
    let on_topic = cells.filter(|(_, matched)| matched * 2 >= most);
    on_topic.map(|(cell, _)| cell).collect()
}

/// The best hit of the very period, holding the fact asked for, not far behind the best of all.
fn fitting(hits: &[Hit], query: &Understanding, compared: &Compared) -> Option<Hit> {
    const NOT_FAR: f32 = 0.6;
    let best = hits.first()?;
    hits.iter()
        .find(|hit| {
            hit.period == compared.period
                && (query.answer_type().is_none() || hit.features[Feature::FactType] > 0.0)
                && hit.score >= best.score * NOT_FAR
        })
        .cloned()
}

#[cfg(test)]
mod tests;
