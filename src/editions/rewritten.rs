//! Paragraphs that a document has gained and lost, as people read them.

use std::collections::BTreeSet;

use crate::corpus::{DocumentInfo, Library, LibraryError, Passage};

/// The most paragraphs that are shown, of all documents together.
const SHOWN: usize = 30;
/// The most characters that are shown of a paragraph.
const LONGEST: usize = 200;

/// A paragraph that stands in one edition of a document and not in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The title of the document.
    pub document: String,
    /// True when it is new, false when it is gone.
    pub is_new: bool,
    /// As in the document; a long one ends with `…`.
    pub text: String,
}

/// The first paragraphs that differ between two editions of documents, those that are gone before those that are new.
/// A document that cannot be read any more has none.
pub(super) fn all<'a>(
    old: &Library,
    new: &Library,
    documents: impl Iterator<Item = (&'a DocumentInfo, &'a DocumentInfo)>,
) -> Vec<Rewritten> {
    documents
        .flat_map(|pair| of_document(old, new, pair).unwrap_or_default())
        .take(SHOWN)
        .collect()
}

fn of_document(
    old: &Library,
    new: &Library,
    (before, after): (&DocumentInfo, &DocumentInfo),
) -> Result<Vec<Rewritten>, LibraryError> {
    let (was, is) = (old.passages_of(before)?, new.passages_of(after)?);
    let (mut told, no_longer) = (Vec::new(), BTreeSet::from_iter(texts(&was)));
    let now = BTreeSet::from_iter(texts(&is));
    for (all, other, is_new) in [(&was, &now, false), (&is, &no_longer, true)] {
        let differing = texts(all).filter(|text| !other.contains(text));
        told.extend(differing.map(|text| Rewritten {
            document: after.meta.title.clone(),
            is_new,
            text: shortened(text),
        }));
    }
    Ok(told)
}

fn texts<P: AsRef<Passage>>(passages: &[P]) -> impl Iterator<Item = &str> {
    passages
        .iter()
        .map(|passage| passage.as_ref().text.as_str())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_cut() {
        assert_eq!(shortened("修路12公里。"), "修路12公里。");
        let cut = shortened(&"路".repeat(LONGEST + 1));
        assert_eq!(cut.chars().count(), LONGEST + 1);
        assert!(cut.ends_with("路…"));
    }
}
