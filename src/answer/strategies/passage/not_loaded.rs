//! A question about a place of which nothing is loaded.

use crate::{
    answer::{
        context::Context,
        mention::{below_headings, is_loaded, mentions},
    },
    corpus::LibraryError,
    retrieval::{Hit, Retriever, Understanding, without_approach},
};

/// The place that a question begins with when nothing of it is loaded: what is not found there may
/// stand in its own report.
pub(in crate::answer::strategies) fn place(
    retriever: &Retriever,
    query: &Understanding,
) -> Option<String> {
    // A street or a river has no report.
    const NO_REPORT: [char; 16] = [
        '路', '街', '巷', '道', '桥', '河', '江', '湖', '山', '沟', '村', '镇', '乡', '站', '园',
        '川',
    ];
    let opens = without_approach(query.asking());
    let mut places = retriever.places(query.asking()).into_iter();
    places.find(|place| {
        !query.scope().place_named
            && !place.ends_with(NO_REPORT)
            && opens.starts_with(place.as_str())
            && !is_loaded(retriever.library(), place)
    })
}

/// True when the best passage speaks of `place` and holds another word of the question: what is said of
/// the place served (地区生产总值) tells nothing of another.
pub(super) fn holds_more(
    context: &Context<'_>,
    best: &Hit,
    place: &str,
) -> Result<bool, LibraryError> {
    let query = context.query;
    let passage = context.library().passage(best.at)?;
    let text = below_headings(&passage, &passage.text);
    if !text.contains(place) {
        return Ok(false);
    }
    let mut words = query.words().iter().map(|word| word.text.as_str());
    Ok(words.any(|word| {
        let of_place = place.contains(word) || word.contains(place);
        !of_place && (passage.text.contains(word) || mentions(query, &text, word))
    }))
}
