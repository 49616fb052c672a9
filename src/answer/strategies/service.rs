//! A service that is asked for by other words than its name.

use super::passage::{as_typed, not_found, speaks};
use crate::{
    answer::{AnswerError, PartAnswer, context::Context, field, mention::mentions, parts},
    corpus::{DocumentKind, PassageId},
    retrieval::{Service, asked_fields},
    text::normalize::fold,
};

/// Passages looked at for other services: one has many.
const LOOKED_AT: usize = 50;
/// Other services at most, for 更多相关.
const RELATED: usize = 7;
/// A question with more characters than this asks for something in particular.
const NAME: usize = 16;

/// The fields asked for of the guide or the row that the best hit belongs to; all that it says when nothing but a
/// service is named.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (retriever, query) = (context.retriever, context.query);
    if retriever.services().is_empty() {
        return Ok(None);
    }
    let hits = context.hits()?;
    let Some((best, confidence)) = hits.first().zip(context.confidence()?) else {
        return Ok(None);
    };
    let (document, _) = context.library().cited(best.at)?;
    let told = retriever.services().told_at(document.index, best.at);
    let decision = retriever.decision();
    let relevance = context.relevance()?.first().copied().unwrap_or(0.0);
    let found = speaks(decision, confidence, relevance) && relevance >= decision.stands;
    let folded = query.folded();
    let is_of_policy = document.meta.kind == DocumentKind::Policy;
    // Of a report that speaks of it nothing is taken away.
    let shortened = (is_of_policy || !found)
        .then(|| shortened(context, told))
        .flatten();
    // What is in a name is not asked for: 收费 of 收费权质押登记.
    let facets = match shortened {
        Some(_) => Vec::new(),
        None => asked_fields(folded),
    };
    let is_name = folded.chars().count() <= NAME
        && !field::asks_something(folded)
        && !parts::asks(retriever.intents(), folded);
    let service = match (facets.as_slice(), told.filter(|_| found)) {
        ([], told) if is_name => shortened.or(told),
        ([], _) => None,
        (_, told) => told.filter(|service| names_it(context, service)),
    };
    let answer = match (service, facets.as_slice()) {
        (Some(service), []) => field::card(retriever, query, service)?,
        (Some(service), facets) => field::of_facets(retriever, query, service, facets)?,
        // What comes nearest may be meant, and is only offered.
        (None, []) if is_name && is_of_policy && !found => Some(not_found(context, None)),
        (None, _) => None,
    };
    let Some(answer) = answer else {
        return Ok(None);
    };
    let cited = service.filter(|_| !answer.citations.is_empty());
    let own = cited.map(|service| service.document);
    Ok(Some(PartAnswer {
        related: one_of_each(context, own)?,
        ..answer
    }))
}

/// True when the question has a word of what the service is called, or one that officials say for it: a field of
/// something else answers nothing.
fn names_it(context: &Context<'_>, service: &Service) -> bool {
    let (retriever, query) = (context.retriever, context.query);
    let document = context.library().document(service.document);
    let others = document.map_or(&[][..], |document| &document.meta.policy.also_called);
    let called = format!("{}\n{}", service.name, others.join("\n"));
    let mut words = query.words().iter().map(|word| word.text.as_str());
    words.any(|word| retriever.names_a_matter(word) && mentions(query, &fold(&called), word))
}

/// The best passage of each document found but `own`, for 更多相关.
fn one_of_each(context: &Context<'_>, own: Option<usize>) -> Result<Vec<PassageId>, AnswerError> {
    let (mut seen, mut related): (Vec<usize>, Vec<PassageId>) =
        (own.into_iter().collect(), Vec::new());
    for hit in context.hits_up_to(LOOKED_AT)? {
        let (document, passage) = context.library().cited(hit.at)?;
        if !seen.contains(&document.index) {
            seen.push(document.index);
            related.push(passage.id.clone());
        }
    }
    related.truncate(RELATED);
    Ok(related)
}

/// The service whose title the question shortens: the one found, where it is among several.
fn shortened<'a>(context: &Context<'a>, told: Option<&Service>) -> Option<&'a Service> {
    let typed = as_typed(context, context.query.folded().to_owned());
    let mut few = context.retriever.services().shortened(&typed);
    few.retain(|service| context.query.scope().holds(service.document));
    let found = few.iter().find(|service| Some(**service) == told);
    found.or(few.first()).copied()
}
