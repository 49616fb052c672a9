//! Which parts of a quote match the question.

use crate::{
    retrieval::Understanding,
    text::{Span, normalize},
};

/// Bytes of `quote` that match the question's words or character pairs, sorted, without overlap.
pub(super) fn highlights(quote: &str, query: &Understanding) -> Vec<Span> {
    // Folding changes lengths, so each folded byte remembers the character it came from.
    let mut folded = String::new();
    let mut origin: Vec<Span> = Vec::new();
    for (at, c) in quote.char_indices() {
        if normalize::is_quote(c) {
            continue;
        }
        let start = folded.len();
        match normalize::fold_char(c) {
            Some(c) => folded.push(c),
            None => folded.push_str(&normalize::fold(c.encode_utf8(&mut [0; 4]))),
        }
        let span = Span::new(at, at + c.len_utf8());
        origin.extend(std::iter::repeat_n(span, folded.len() - start));
    }
    let mut spans: Vec<Span> = Vec::new();
    let typed = query
        .words()
        .iter()
        .chain(query.bigrams())
        .map(|term| &term.text);
    let official = query
        .expansions()
        .iter()
        .flat_map(|s| &s.synonyms)
        .map(|a| &a.word);
    for term in typed.chain(official) {
        // A single character says too little to be marked.
        if term.chars().count() < 2 {
            continue;
        }
        for (at, found) in folded.match_indices(term) {
            spans.push(Span::new(
                origin[at].start,
                origin[at + found.len() - 1].end,
            ));
        }
    }
    merge(spans)
}

/// Sorts spans and joins those that touch or overlap.
fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
