//! Questions about a place or a year that is not loaded.

use super::found::Found;
use crate::{
    answer::{AnswerError, Gap, Missing, context::Context, mention::is_loaded},
    corpus::{DocumentInfo, DocumentKind, LibraryError},
};

/// The place or year asked for, when it is none of those loaded.
pub(super) fn elsewhere(found: &Found<'_>) -> Result<Option<Missing>, AnswerError> {
    let (retriever, query) = (found.context.retriever, found.context.query);
    let library = retriever.library();
    let (document, passage) = library.cited(found.best.at)?;
    // 我女子明年念初中 tells of next year and asks nothing of it.
    let asked = |year: i32| {
        let mut resolved = query.resolved_years().iter();
        query.asking() == query.folded()
            || query.asking().contains(&year.to_string())
            || resolved.any(|(word, of)| *of == year && query.asking().contains(word))
    };
    let mut other_years = query.other_years().iter();
    let tells = |year: i32| {
        let is_of_year =
            document.meta.kind.is_titled() && document.meta.year.is_none_or(|own| own == year);
        is_of_year || passage.text.contains(&year.to_string())
    };
    let other_year = other_years.find(|year| asked(**year) && !tells(**year));
    if let Some(year) = other_year {
        return Ok(Some(Missing::of(Gap::Elsewhere, format!("{year}年"))));
    }
    // A question that chose its place by name is about that place.
    if query.scope().place_named {
        return Ok(None);
    }
    for place in retriever.places(query.asking()) {
        if is_loaded(library, &place) {
            continue;
        }
        let known = speaks_of(found.context, &place)?;
        let of_it = known && (is_within(found.context, &place)? || quoted(found, &place)?);
        if !of_it {
            return Ok(Some(Missing::of(Gap::Elsewhere, place)));
        }
    }
    Ok(None)
}

/// True for a town, a village or a street that the report names as such.
fn is_within(context: &Context<'_>, place: &str) -> Result<bool, AnswerError> {
    const KINDS: [&str; 7] = ["镇", "乡", "村", "街道", "社区", "街", "路"];
    if KINDS.iter().any(|kind| place.ends_with(kind)) {
        return Ok(true);
    }
    for hit in context.hits()? {
        let passage = context.library().passage(hit.at)?;
        let names = |kind: &str| passage.text.contains(&format!("{place}{kind}"));
        if KINDS.iter().any(|kind| names(kind)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True when a passage that is quoted speaks of `place`.
fn quoted(found: &Found<'_>, place: &str) -> Result<bool, LibraryError> {
    for hit in found.cited {
        let passage = found.context.library().passage(hit.at)?;
        let whole = format!("{}\n{}", passage.path.join("\n"), passage.text);
        if whole.contains(place) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True when a passage of the documents that the question is about holds `words`.
pub(in crate::answer) fn speaks_of(
    context: &Context<'_>,
    words: &str,
) -> Result<bool, LibraryError> {
    let mut asked = context.library().documents().iter();
    let is_called = |document: &DocumentInfo| {
        let others = &document.meta.policy.also_called;
        document.meta.title.contains(words) || others.iter().any(|name| name.contains(words))
    };
    let policy = |document: &DocumentInfo| document.meta.kind == DocumentKind::Policy;
    if asked.any(|document| {
        policy(document) && context.query.scope().holds(document.index) && is_called(document)
    }) {
        return Ok(true);
    }
    let scope = &context.query.scope().documents;
    if scope.is_empty() {
        return Ok(context.retriever.speaks_of(words));
    }
    let library = context.library();
    for document in scope.iter().filter_map(|n| library.document(*n)) {
        let passages = library.passages_of(document)?;
        if passages.iter().any(|passage| passage.text.contains(words)) {
            return Ok(true);
        }
    }
    Ok(false)
}
