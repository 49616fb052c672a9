//! What one may qualify for: the rules of a document, and where their quotes stand.

use wenzheng_rules::Rules;

use crate::{
    corpus::{DocumentId, PassageAt},
    text::Span,
};

/// The rules of one document, held against its text as it is served.
#[derive(Debug, Clone)]
pub struct Benefit {
    /// The rules.
    pub rules: Rules,
    /// The document.
    pub document: DocumentId,
    /// Its index in the library that the rules were loaded beside.
    pub index: usize,
    /// What names the rules together with the text that they were signed for: answers given to one edition of
    /// them mean nothing to another.
    pub(super) fingerprint: String,
    /// Where the passages stand that [`wenzheng_rules::Quote::passage`] counts.
    pub(super) passages: Vec<PassageAt>,
}

impl Benefit {
    /// Where a quote stands; `None` for an uncovered clause of no passage.
    #[must_use]
    pub fn place(&self, quote: &wenzheng_rules::Quote) -> Option<PassageAt> {
        self.passages.get(quote.passage?).copied()
    }

    /// The bytes of a passage's text that are the quote.
    #[must_use]
    pub fn span(quote: &wenzheng_rules::Quote, passage: &str) -> Option<Span> {
        let start = passage.find(&quote.text)?;
        Some(Span::new(start, start + quote.text.len()))
    }

    /// True when both are the same rules, signed for the same text.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.document == other.document && self.fingerprint == other.fingerprint
    }
}
