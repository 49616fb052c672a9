//! Whether the report mentions a word of the question.

use crate::{
    corpus::{Library, Passage},
    retrieval::{TextMatch, Understanding},
    text::normalize::{fold, strip_quotes},
};

/// True when a folded text holds a character pair of `word`, or an official word for it.
pub(super) fn mentions(query: &Understanding, text: &str, word: &str) -> bool {
    TextMatch::new(text).pairs(word) > 0 || names_official(query, text, word)
}

/// True when a folded text holds `word`, or an official word for it.
pub(super) fn names(query: &Understanding, text: &str, word: &str) -> bool {
    text.contains(word) || names_official(query, text, word)
}

fn names_official(query: &Understanding, text: &str, word: &str) -> bool {
    let synonyms = query
        .expansions()
        .iter()
        .filter(|everyday| everyday.typed.contains(word) || word.contains(&everyday.typed))
        .flat_map(|everyday| &everyday.synonyms);
    TextMatch::new(text).holds_equivalent(synonyms)
}

/// `text` of a passage below its headings, folded.
pub(super) fn below_headings(passage: &Passage, text: &str) -> String {
    let headings = passage.path.join("\n");
    folded(&format!("{headings}\n{text}"))
}

/// `text` folded, without quotation marks.
pub(super) fn folded(text: &str) -> String {
    fold(&strip_quotes(text))
}

/// True when a report of `place` is loaded.
pub(super) fn is_loaded(library: &Library, place: &str) -> bool {
    let mut own = library.documents().iter();
    own.any(|document| document.meta.place.contains(place))
}

#[cfg(test)]
mod tests;
