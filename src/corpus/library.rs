//! The documents that are served together: what is known of each, and their passages.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{Corpus, Document, DocumentId, Meta, Passage, PassageAt, PassageId, Section, Term};

/// A passage cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The library has no such passage.
    #[error("no passage {} in document {}", .0.passage, .0.document)]
    NoSuchPassage(PassageAt),
}

/// A document as the library lists it: everything but its passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInfo {
    /// Index in the library.
    pub index: usize,
    /// Names it in the corpus.
    pub id: DocumentId,
    /// Made from id and text: equal keys, equal documents.
    pub key: u64,
    /// The corpus file it was read from.
    pub file: std::path::PathBuf,
    /// Its front matter.
    pub meta: Meta,
    /// Sections in document order.
    pub sections: Vec<Section>,
    /// Glossary in document order.
    pub terms: Vec<Term>,
    /// Number of its passages.
    pub passages: usize,
}

impl DocumentInfo {
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

/// The documents of a corpus; immutable.
#[derive(Debug, Default)]
pub struct Library {
    version: String,
    /// Sorted by id.
    documents: Vec<DocumentInfo>,
    /// By document.
    passages: Vec<Vec<Arc<Passage>>>,
    by_id: HashMap<PassageId, PassageAt>,
}

impl Library {
    /// A library of the documents of `corpus`, which are sorted by id, with all passages in memory.
    #[must_use]
    pub fn new(corpus: Corpus) -> Self {
        let mut library = Self {
            version: corpus.version,
            ..Self::default()
        };
        for document in corpus.documents {
            library.add(document);
        }
        library
    }

    fn add(&mut self, document: Document) {
        let info = DocumentInfo {
            index: self.documents.len(),
            id: document.id,
            key: document.key,
            file: document.file,
            meta: document.meta,
            sections: document.sections,
            terms: document.terms,
            passages: document.passages.len(),
        };
        for (at, passage) in info.all().zip(&document.passages) {
            self.by_id.insert(passage.id.clone(), at);
        }
        self.documents.push(info);
        let passages = document.passages.into_iter().map(Arc::new);
        self.passages.push(passages.collect());
    }

    /// Twelve hexadecimal digits over all texts; equal texts give an equal version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// All documents, sorted by id.
    #[must_use]
    pub fn documents(&self) -> &[DocumentInfo] {
        &self.documents
    }

    /// The document at an index.
    #[must_use]
    pub fn document(&self, index: usize) -> Option<&DocumentInfo> {
        self.documents.get(index)
    }

    /// The document with this id.
    #[must_use]
    pub fn document_by_id(&self, id: &DocumentId) -> Option<&DocumentInfo> {
        let documents = &self.documents;
        let index = documents.binary_search_by(|document| document.id.cmp(id));
        documents.get(index.ok()?)
    }

    /// Number of passages in all documents.
    #[must_use]
    pub fn passage_count(&self) -> usize {
        self.documents
            .iter()
            .map(|document| document.passages)
            .sum()
    }

    /// The passage at an address.
    ///
    /// # Errors
    /// [`LibraryError`] when there is no such passage.
    pub fn passage(&self, at: PassageAt) -> Result<Arc<Passage>, LibraryError> {
        let of_document = self.passages.get(at.document);
        of_document
            .and_then(|passages| passages.get(at.passage))
            .cloned()
            .ok_or(LibraryError::NoSuchPassage(at))
    }

    /// The passage at an address, and its document.
    ///
    /// # Errors
    /// [`LibraryError`] when there is no such passage.
    pub fn cited(&self, at: PassageAt) -> Result<(&DocumentInfo, Arc<Passage>), LibraryError> {
        let document = self.document(at.document);
        let document = document.ok_or(LibraryError::NoSuchPassage(at))?;
        Ok((document, self.passage(at)?))
    }

    /// The address of the passage with this id; `None` when there is none (any more).
    ///
    /// # Errors
    /// [`LibraryError`] when the passages cannot be read.
    pub fn find(&self, id: &PassageId) -> Result<Option<PassageAt>, LibraryError> {
        Ok(self.by_id.get(id).copied())
    }

    /// The passage with this id and its document; `None` when there is none (any more).
    ///
    /// # Errors
    /// [`LibraryError`] when the passage cannot be read.
    pub fn by_id(
        &self,
        id: &PassageId,
    ) -> Result<Option<(&DocumentInfo, Arc<Passage>)>, LibraryError> {
        self.find(id)?.map(|at| self.cited(at)).transpose()
    }

    /// Neighbouring passages of a document, in order.
    ///
    /// # Errors
    /// [`LibraryError`] when the document has no such passages.
    pub fn passages(
        &self,
        document: &DocumentInfo,
        range: Range<usize>,
    ) -> Result<Vec<Arc<Passage>>, LibraryError> {
        range
            .map(|passage| self.passage(document.at(passage)))
            .collect()
    }

    /// All passages of a document, in order.
    ///
    /// # Errors
    /// [`LibraryError`] when they cannot be read.
    pub fn passages_of(&self, document: &DocumentInfo) -> Result<Vec<Arc<Passage>>, LibraryError> {
        self.passages(document, 0..document.passages)
    }

    /// The passages of a section, in order.
    ///
    /// # Errors
    /// [`LibraryError`] when they cannot be read.
    pub fn section(
        &self,
        document: &DocumentInfo,
        section: &Section,
    ) -> Result<Vec<Arc<Passage>>, LibraryError> {
        self.passages(document, section.first..section.end)
    }

    /// All passages, in document order.
    pub fn all_passages(&self) -> impl Iterator<Item = Result<Arc<Passage>, LibraryError>> {
        let all = self.documents.iter().flat_map(DocumentInfo::all);
        all.map(|at| self.passage(at))
    }

    /// A glossary entry by its index in a document.
    #[must_use]
    pub fn term(&self, document: usize, term: usize) -> Option<(&DocumentInfo, &Term)> {
        let document = self.document(document)?;
        Some((document, document.terms.get(term)?))
    }

    /// All glossary entries in document order.
    pub fn terms(&self) -> impl Iterator<Item = (&DocumentInfo, &Term)> {
        let documents = self.documents.iter();
        documents.flat_map(|document| document.terms.iter().map(move |term| (document, term)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::embedded;

    fn library() -> Library {
        Library::new(embedded().expect("the shipped corpus loads").corpus)
    }

    #[test]
    fn every_passage_is_found_by_its_id_and_by_its_address() {
        let library = library();
        let document = &library.documents()[0];
        assert_eq!(library.passage_count(), document.passages);
        for at in document.all() {
            let passage = library.passage(at).unwrap();
            assert_eq!(library.find(&passage.id).unwrap(), Some(at));
            let (of, same) = library.by_id(&passage.id).unwrap().unwrap();
            assert_eq!((of.index, same), (at.document, passage));
        }
    }

    #[test]
    fn an_address_of_nothing_is_an_error_and_an_unknown_id_is_none() {
        let library = library();
        let beyond = library.documents()[0].at(library.passage_count());
        assert!(library.passage(beyond).is_err());
        assert_eq!(library.find(&PassageId("no".into())).unwrap(), None);
    }

    #[test]
    fn sections_together_are_all_passages_of_a_document() {
        let library = library();
        let document = &library.documents()[0];
        let sections = document.sections.iter();
        let sections = sections.flat_map(|section| library.section(document, section).unwrap());
        assert!(sections.eq(library.passages_of(document).unwrap()));
    }
}
