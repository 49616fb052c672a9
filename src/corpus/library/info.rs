//! A document as a library lists it.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::corpus::{Document, DocumentId, DocumentKind, Meta, Passage, PassageAt, Section, Term};

/// A document as the library lists it: everything but its passages. Cheap to clone: libraries share what
/// is large.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// Index in the library.
    #[serde(skip)]
    pub index: usize,
    /// Names it in the corpus.
    pub id: DocumentId,
    /// Made from id and text: equal keys, equal documents.
    pub key: u64,
    /// The corpus file it was read from.
    #[serde(skip)]
    pub file: PathBuf,
    /// Its front matter.
    pub meta: Arc<Meta>,
    /// Sections in document order.
    pub sections: Arc<[Section]>,
    /// Glossary in document order.
    pub terms: Arc<[Term]>,
    /// Number of its passages.
    pub passages: usize,
}

impl DocumentInfo {
    /// The headings of `path`, that of a passage or section, without its own title.
    #[must_use]
    pub fn headings<'a>(&self, path: &'a [String]) -> &'a [String] {
        match path {
            [title, below @ ..] if *title == self.meta.title => below,
            path => path,
        }
    }

    /// True for a document of loose passages (questions with answers, guides, notices): each stands
    /// alone, outside of time, below a title of its own if it has one. A report's passages stand in
    /// sections that they share.
    #[must_use]
    pub fn is_loose(&self) -> bool {
        match self.meta.kind {
            DocumentKind::Faq | DocumentKind::Document | DocumentKind::Policy => true,
            DocumentKind::WorkReport => false,
        }
    }

    /// What a passage of this document is read below when it is a loose one: the question it answers, or
    /// the title of the notice.
    #[must_use]
    pub fn title_of<'a>(&self, passage: &'a Passage) -> Option<&'a str> {
        let title = match self.meta.kind {
            DocumentKind::WorkReport => None,
            DocumentKind::Faq => passage.path.last(),
            DocumentKind::Document | DocumentKind::Policy => passage.path.first(),
        };
        title.map(String::as_str)
    }

    /// What a library lists of `document`.
    pub(in crate::corpus) fn of(document: &Document) -> Self {
        Self {
            index: 0,
            id: document.id.clone(),
            key: document.key,
            file: document.file.clone(),
            meta: Arc::new(document.meta.clone()),
            sections: document.sections.as_slice().into(),
            terms: document.terms.as_slice().into(),
            passages: document.passages.len(),
        }
    }

    /// The address of one of its passages.
    #[must_use]
    pub const fn at(&self, passage: usize) -> PassageAt {
        PassageAt {
            document: self.index,
            passage,
        }
    }

    /// The addresses of all its passages.
    pub fn all(&self) -> impl Iterator<Item = PassageAt> + use<> {
        let document = self.index;
        (0..self.passages).map(move |passage| PassageAt { document, passage })
    }
}
