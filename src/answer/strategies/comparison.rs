//! The same question over years or places: one citation a cell, in the order of time.

use crate::{
    answer::{
        AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context, mention::mentions,
    },
    retrieval::{Compared, Feature, Hit, Understanding},
    text::normalize::fold,
};

/// Hits looked at for each cell.
const HITS: usize = 6;

/// A comparison, when one is asked for and at least two of its cells can be filled. Within one report
/// figures are compared, and nothing else.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let retriever = context.retriever;
    let decision = retriever.decision();
    let compared = &context.query.scope().compared;
    let one_report = compared
        .iter()
        .all(|cell| cell.documents == compared[0].documents);
    let mut cells: Vec<(Citation, usize)> = Vec::new();
    for (compared, (request, retrieved)) in compared.iter().zip(context.cells()?) {
        let cell = request.question();
        let hits = retriever.rank(request, retrieved, HITS)?;
        let tried = if one_report { HITS } else { 1 };
        for hit in fitting(&hits, cell, compared).take(tried) {
            let only = std::slice::from_ref(hit);
            let confidence = retriever.confidence(request, retrieved, only)?;
            if confidence.is_none_or(|confidence| confidence.speaks < decision.not_found) {
                continue;
            }
            let relevance = retriever.relevance(request, retrieved, only)?;
            if one_report && relevance.iter().all(|r| *r < decision.stands) {
                continue;
            }
            let told = compose::cell(retriever.library(), hit, cell, one_report)?;
            let told = told.filter(|(told, _)| !one_report || names_the_indicator(told, context));
            if let Some(told) = told {
                cells.push(told);
                break;
            }
        }
    }
    let citations = on_topic(cells);
    let compares = citations.len() >= 2;
    Ok(compares.then(|| PartAnswer::quoting(AnswerKind::Comparison, citations, None)))
}

/// True for a quote that names something that the question asks figures of, and is not found by what any
/// figure may be called (实际, 完成, 预期).
fn names_the_indicator(told: &Citation, context: &Context<'_>) -> bool {
    let (retriever, query) = (context.retriever, context.query);
    let told = fold(&told.quote);
    let words = || query.words().iter().map(|word| word.text.as_str());
    let expanded = |word: &str| query.expansions().iter().any(|known| known.typed == word);
    let mut indicators = words()
        .filter(|word| expanded(word) || retriever.names_a_matter(word))
        .peekable();
    indicators.peek().is_none() || indicators.any(|word| mentions(query, &told, word))
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

/// The hits of the very period, holding the fact asked for, not far behind the best of all.
fn fitting<'a>(
    hits: &'a [Hit],
    query: &Understanding,
    compared: &Compared,
) -> impl Iterator<Item = &'a Hit> {
    const NOT_FAR: f32 = 0.6;
    let best = hits.first().map_or(0.0, |hit| hit.score);
    let period = compared.period;
    let any = query.answer_type().is_none();
    hits.iter().filter(move |hit| {
        hit.period == period
            && (any || hit.features[Feature::FactType] > 0.0)
            && hit.score >= best * NOT_FAR
    })
}

#[cfg(test)]
mod tests;
