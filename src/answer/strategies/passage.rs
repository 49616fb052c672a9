//! Sentences of the passages found, or the plain statement that nothing was.

pub(super) mod not_loaded;

use crate::{
    answer::{
        AnswerError, AnswerKind, Citation, Gap, Missing, Notice, PartAnswer, compose,
        context::Context,
        gap::{self, Found},
        select::{opposite, select},
    },
    corpus::{LibraryError, PassageId, PassageKind},
    retrieval::{Confidence, Decision, Hit},
};

/// At most this many passages for 更多相关; with three citations, the first ten.
const RELATED: usize = 7;

/// What the best hits say; not found when they do not speak of it.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (retriever, query) = (context.retriever, context.query);
    let hits = context.hits()?;
    let unloaded = not_loaded::place(retriever, query);
    let decision = retriever.decision();
    let relevance = context.relevance()?;
    let of_best = relevance.first().copied().unwrap_or(0.0);
    let of_place_alone = match (hits.first(), &unloaded) {
        (Some(best), Some(place)) => !not_loaded::holds_more(context, best, place)?,
        _ => false,
    };
    let found = hits
        .first()
        .zip(context.confidence()?)
        .filter(|(_, confidence)| speaks(decision, *confidence, of_best))
        .filter(|_| of_best >= decision.stands && !of_place_alone);
    let Some((best, confidence)) = found else {
        return Ok(Some(not_found(context, unloaded)));
    };
    let cited = select(hits, query, context.limit, &relevance, decision.beside);
    let citations = citations(context, &cited)?;
    let missing = gap::missing(&Found {
        context,
        best,
        confidence,
        relevance: of_best,
        cited: &cited,
        citations: &citations,
    })?;
    // What lacks the fact asked for and hardly comes near is not worth reading.
    let lacks = missing.as_ref().is_some_and(Missing::is_of_a_fact);
    if lacks && of_best < decision.nearest {
        return Ok(Some(not_found(context, None)));
    }
    let kind = match citations.first() {
        Some(first) if first.passage_kind == PassageKind::Entry => AnswerKind::Definition,
        _ => AnswerKind::Passage,
    };
    Ok(Some(PartAnswer {
        related: related(context, hits, &citations)?,
        ..PartAnswer::quoting(kind, citations, missing)
    }))
}

/// True when the best hit speaks of what was asked: surely enough, or half so and worth reading.
pub(super) fn speaks(decision: &Decision, confidence: Confidence, relevance: f32) -> bool {
    const DOUBTED: f32 = 0.5;
    let doubted = decision.not_found * DOUBTED;
    confidence.speaks >= decision.not_found
        || (confidence.speaks >= doubted && relevance >= decision.nearest)
}

/// Nothing is said of it; `unloaded` is the place asked about of which nothing is loaded.
pub(super) fn not_found(context: &Context<'_>, unloaded: Option<String>) -> PartAnswer {
    let notice = unloaded.map(|what| Notice::NotLoaded { what });
    let matter = context.retriever.matter(context.query);
    let matter = matter.map(|matter| as_typed(context, matter));
    let missing = matter.map(|matter| match gap::speaks_of(context, &matter) {
        // That the report does not write it would not be true.
        Ok(true) => Missing::of(Gap::Direct, matter),
        Ok(false) | Err(_) => Missing::not_written(matter),
    });
    // 咋领, beside a part that is answered, names nothing but the kind of fact.
    let fact = || {
        let need = context.query.answer_type()?;
        Some(Missing::of(need.kind.into(), String::new()))
    };
    PartAnswer {
        notices: notice.into_iter().collect(),
        missing: missing.or_else(fact),
        ..PartAnswer::not_found()
    }
}

/// `matter` in the asker's own spelling: that the report does not write what somebody did not ask for
/// tells them nothing.
pub(super) fn as_typed(context: &Context<'_>, matter: String) -> String {
    let corrections = context.query.corrections().iter();
    corrections.fold(matter, |matter, correction| {
        matter.replace(&correction.searched, &correction.typed)
    })
}

fn citations(context: &Context<'_>, cited: &[Hit]) -> Result<Vec<Citation>, LibraryError> {
    let cite = |(n, hit): (usize, &Hit)| {
        // The other year's figure is an answer as well, whatever its rank.
        let beside = n > 0 && !opposite(hit.period, cited[0].period);
        compose::cite(context.library(), hit, context.query, beside)
    };
    cited.iter().enumerate().map(cite).collect()
}

/// What else was found, for 更多相关.
fn related(
    context: &Context<'_>,
    hits: &[Hit],
    citations: &[Citation],
) -> Result<Vec<PassageId>, LibraryError> {
    let found = hits.iter().map(|hit| context.library().passage(hit.at));
    let mut related: Vec<PassageId> = found
        .map(|passage| Ok(passage?.id.clone()))
        .collect::<Result<_, LibraryError>>()?;
    related.retain(|id| citations.iter().all(|citation| citation.passage_id != *id));
    related.truncate(RELATED);
    Ok(related)
}

#[cfg(test)]
mod tests;
