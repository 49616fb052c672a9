//! A curated answer: the whole of it, to whoever asks for it in whatever words.

use super::passage::{not_found, not_loaded};
use crate::{
    answer::{
        AnswerError, AnswerKind, Gap, Missing, PartAnswer, compose, context::Context,
        mention::is_loaded,
    },
    retrieval::{CuratedMatch, DocumentNumber, Retriever, SearchRequest},
};

/// The entry asked for. Where nothing but curated answers is loaded, one that comes near is shown as
/// such, and what none comes near is not found; else reports are asked.
pub(super) fn answer(context: &Context<'_>) -> Result<Option<PartAnswer>, AnswerError> {
    let (retriever, query) = (context.retriever, context.query);
    if retriever.curated().is_empty() {
        return Ok(None);
    }
    let found = retriever.find_curated(context.asked());
    if let Some(answer) = sure(retriever, context.asked(), &found)? {
        return Ok(Some(answer));
    }
    let mut documents = retriever.library().documents().iter();
    let curated = |document: usize| retriever.curated().holds(document);
    let has_reports =
        documents.any(|document| query.scope().holds(document.index) && !curated(document.index));
    let numbered = !DocumentNumber::all(query.folded()).is_empty();
    if has_reports || numbered {
        return Ok(None);
    }
    let unloaded = not_loaded::place(retriever, query);
    let near = found.first().filter(|_| unloaded.is_none());
    Ok(Some(match near {
        Some(near) => {
            let missing = Missing::of(Gap::Direct, String::new());
            quoting(retriever, context.asked(), near, Some(missing))?
        }
        None => not_found(context, unloaded),
    }))
}

/// The entry that `request` surely asks for; none for another place than those loaded.
///
/// # Errors
/// [`AnswerError`] when a passage cannot be read.
pub(in crate::answer) fn whole(
    retriever: &Retriever,
    request: &SearchRequest,
) -> Result<Option<PartAnswer>, AnswerError> {
    sure(retriever, request, &retriever.find_curated(request))
}

fn sure(
    retriever: &Retriever,
    request: &SearchRequest,
    found: &[CuratedMatch],
) -> Result<Option<PartAnswer>, AnswerError> {
    let Some(best) = found.first().filter(|best| best.is_sure()) else {
        return Ok(None);
    };
    let query = request.question();
    let (document, passage) = retriever.library().cited(best.at)?;
    let told = format!("{}{}", passage.path.join(""), passage.text);
    let elsewhere = |place: &String| {
        !told.contains(place.as_str())
            && !document.meta.place.contains(place.as_str())
            && !is_loaded(retriever.library(), place)
    };
    let unloaded = not_loaded::place(retriever, query);
    if unloaded.as_ref().is_some_and(elsewhere) {
        return Ok(None);
    }
    quoting(retriever, request, best, None).map(Some)
}

fn quoting(
    retriever: &Retriever,
    request: &SearchRequest,
    found: &CuratedMatch,
    missing: Option<Missing>,
) -> Result<PartAnswer, AnswerError> {
    let query = request.question();
    let citation = compose::whole(retriever.library(), found.at, found.probability, query)?;
    Ok(PartAnswer::quoting(
        AnswerKind::Passage,
        vec![citation],
        missing,
    ))
}
