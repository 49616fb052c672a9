//! A corpus with everything that is built from it.

use std::sync::Arc;

use super::edition::Edition;
use crate::{
    corpus::{
        DocumentId, DocumentInfo, Library, LibraryError, Passage, PassageAt, PassageId, Section,
        Term,
    },
    retrieval::{DenseIndex, Examples, IndexError, Retriever, Setup, Suggestions},
};

/// A corpus with everything that is built from it; immutable, swapped as a whole.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) retriever: Retriever,
    pub(super) suggestions: Arc<Suggestions>,
}

impl Snapshot {
    /// Builds everything that answering from `edition` needs.
    ///
    /// # Errors
    /// [`IndexError`] when the passages cannot be indexed.
    pub fn build(edition: Edition) -> Result<Self, IndexError> {
        let place = edition.default_place.clone();
        let setup = Setup {
            lexicon: edition.lexicon,
            ranking: edition.ranking,
            components: edition.components,
            default_place: edition.default_place,
            index_dir: edition.index_dir,
        };
        let retriever = Retriever::build(edition.library, setup)?;
        if !place.is_empty() && retriever.catalog().default_place().is_none() {
            tracing::warn!(
                place,
                "corpus.default_place has no report: questions without a place go to all places"
            );
        }
        Ok(Self {
            suggestions: Arc::new(Suggestions::new(retriever.library().documents())),
            retriever,
        })
    }

    /// The same edition, searched by these vectors as well.
    #[must_use]
    pub fn with_meaning(&self, dense: DenseIndex) -> Self {
        Self {
            retriever: self.retriever.with_dense_index(dense),
            suggestions: Arc::clone(&self.suggestions),
        }
    }

    /// What searches by meaning go by; `None` without a model, and until sentences are embedded.
    #[must_use]
    pub fn meaning(&self) -> Option<&DenseIndex> {
        self.retriever.dense_index()
    }

    /// Examples of questions that a report may answer, and of such that none does.
    #[must_use]
    pub fn examples(&self) -> &Examples {
        self.retriever.examples()
    }

    /// The documents served.
    #[must_use]
    pub const fn library(&self) -> &Arc<Library> {
        self.retriever.library()
    }

    /// A passage and its document; `None` when no passage has this id (any more).
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<(&DocumentInfo, Arc<Passage>)> {
        logged(self.library().by_id(id)).flatten()
    }

    /// The document and the address of a passage; `None` when no passage has this id (any more).
    #[must_use]
    pub fn find(&self, id: &PassageId) -> Option<(&DocumentInfo, PassageAt)> {
        let at = logged(self.library().find(id)).flatten()?;
        Some((self.library().document(at.document)?, at))
    }

    /// The document with this id.
    #[must_use]
    pub fn document(&self, id: &DocumentId) -> Option<&DocumentInfo> {
        self.library().document_by_id(id)
    }

    /// The section a passage stands in, with all passages of it.
    #[must_use]
    pub fn section(&self, id: &PassageId) -> Option<(&DocumentInfo, &Section, Vec<Arc<Passage>>)> {
        let (document, passage) = self.passage(id)?;
        let section = document.sections.get(passage.section)?;
        let passages = logged(self.library().section(document, section))?;
        Some((document, section, passages))
    }

    /// A passage of a document by its index in it.
    #[must_use]
    pub fn passage_of(&self, document: &DocumentInfo, passage: usize) -> Option<Arc<Passage>> {
        logged(self.library().passage(document.at(passage)))
    }

    /// All passages of a document, in order.
    #[must_use]
    pub fn passages_of(&self, document: &DocumentInfo) -> Option<Vec<Arc<Passage>>> {
        logged(self.library().passages_of(document))
    }

    /// All glossary entries in document order.
    pub fn terms(&self) -> impl Iterator<Item = (&DocumentInfo, &Term)> {
        self.library().terms()
    }
}

/// What was read; `None`, and a line in the log, when it could not be.
fn logged<T>(read: Result<T, LibraryError>) -> Option<T> {
    read.inspect_err(|error| tracing::error!(%error, "passages not read"))
        .ok()
}
