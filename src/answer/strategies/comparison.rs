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
    // What says far less of the topic than the others speaks of something else.
    let most = cells.iter().map(|(_, matched)| *matched).max();
    let most = most.unwrap_or(0);
    cells.retain(|(_, matched)| matched * 2 >= most);
    let citations: Vec<Citation> = cells.into_iter().map(|(citation, _)| citation).collect();
    let compares = citations.len() >= 2;
    Ok(compares.then(|| PartAnswer::quoting(AnswerKind::Comparison, citations, None)))
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
