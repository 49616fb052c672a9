//! The same question over years or places: one citation a cell, in the order of time.

use crate::{
    answer::{AnswerError, AnswerKind, Citation, PartAnswer, compose, context::Context},
    retrieval::{Feature, Hit, Query, scope::Compared},
};

/// Hits looked at for each cell.
const HITS: usize = 6;

/// A comparison, when one is asked for and at least two of its cells can be filled.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (retriever, query) = (context.retriever, context.query);
    if query.scope.compared.is_empty() {
        return Ok(None);
    }
    let topic = topic(query);
    let mut cells: Vec<(Citation, usize)> = Vec::new();
    for compared in &query.scope.compared {
        let cell = Query {
            period: compared.wish(),
            ..topic.clone()
        }
        .within(compared.documents.clone());
        let hits = retriever.search(&cell, HITS)?;
        let Some(hit) = fitting(&hits, &cell, compared) else {
            continue;
        };
        let decision = retriever.decision();
        let confidence = retriever.confidence(&cell, std::slice::from_ref(&hit))?;
        if confidence.is_none_or(|confidence| confidence.speaks < decision.not_found) {
            continue;
        }
        cells.extend(compose::cell(retriever.library(), &hit, &cell)?);
    }
    // What says far less of the topic than the others speaks of something else.
    let most = cells.iter().map(|(_, matched)| *matched).max();
    let most = most.unwrap_or(0);
    cells.retain(|(_, matched)| matched * 2 >= most);
    let citations: Vec<Citation> = cells.into_iter().map(|(citation, _)| citation).collect();
    let compares = citations.len() >= 2;
    Ok(compares.then(|| PartAnswer::quoting(AnswerKind::Comparison, citations, None)))
}

/// The question without the words for plan and result, which the cells' periods stand for.
fn topic(query: &Query) -> Query {
    const SIDES: [&str; 12] = [
        "目标", "计划", "任务", "指标", "完成", "达到", "实现", "达成", "兑现", "对比", "比较",
        "变化",
    ];
    let mut topic = query.clone();
    topic
        .words
        .retain(|word| !SIDES.contains(&word.text.as_str()));
    topic
        .bigrams
        .retain(|pair| !SIDES.contains(&pair.text.as_str()));
    if topic.words.is_empty() {
        return query.clone();
    }
    topic
}

/// The best hit of the very period, holding the fact asked for, not far behind the best of all.
fn fitting(hits: &[Hit], query: &Query, compared: &Compared) -> Option<Hit> {
    const NOT_FAR: f32 = 0.6;
    let best = hits.first()?;
    hits.iter()
        .find(|hit| {
            hit.period == compared.period
                && (query.need.is_none() || hit.features[Feature::FactType] > 0.0)
                && hit.score >= best.score * NOT_FAR
        })
        .cloned()
}
