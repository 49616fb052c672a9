//! Whether the report mentions a word of the question.

use crate::{
    corpus::{Library, Passage},
    retrieval::{Query, lexicon::SYNONYM_THRESHOLD},
    text::{
        normalize::{fold, strip_quotes},
        segment::bigrams,
    },
};

/// True when a folded text holds a character pair of `word`, or an official word for it.
pub(super) fn mentions(query: &Query, text: &str, word: &str) -> bool {
    let official = query
        .substitutes
        .iter()
        .filter(|substitute| substitute.typed.contains(word) || word.contains(&substitute.typed))
        .flat_map(|substitute| &substitute.alternatives)
        .filter(|other| other.weight >= SYNONYM_THRESHOLD);
    bigrams(word)
        .iter()
        .any(|pair| text.contains(pair.of(word)))
        || official.into_iter().any(|other| text.contains(&other.word))
}

/// `text` of a passage below its headings, folded.
pub(super) fn below_headings(passage: &Passage, text: &str) -> String {
    let headings = passage.path.join("\n");
    fold(&strip_quotes(&format!("{headings}\n{text}")))
}

/// True when a report of `place` is loaded.
pub(super) fn is_loaded(library: &Library, place: &str) -> bool {
    let mut own = library.documents().iter();
    own.any(|document| document.meta.place.contains(place))
}
