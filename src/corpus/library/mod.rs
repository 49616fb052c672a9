//! The documents that are served together: what is known of each, and their passages.

mod cache;
mod error;
mod folded;
mod ids;
mod info;
mod pack;

use std::{ops::Range, sync::Arc};

use self::{
    cache::{PassageCache, PassageName},
    ids::Ids,
};
use super::{Corpus, DocumentId, Passage, PassageAt, PassageId, Problem, Term};

pub use error::LibraryError;
pub use folded::FoldedPassage;
pub(super) use ids::hash;
pub use info::DocumentInfo;
pub(super) use pack::{Pack, Packed, decode, encode};

/// A document to be listed; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) info: DocumentInfo,
    /// Hashes of the ids of its passages.
    pub(super) ids: Arc<[u64]>,
    pub(super) passages: Passages,
    /// What is to be mended in it.
    pub(super) warnings: Arc<[Problem]>,
}

/// Where the passages of a document are.
#[derive(Debug, Clone)]
pub(super) enum Passages {
    /// In memory.
    Held(Arc<[Arc<Passage>]>),
    /// On disk.
    Packed(Packed),
}

impl Passages {
    const fn packed(&self) -> Option<&Packed> {
        match self {
            Self::Held(_) => None,
            Self::Packed(packed) => Some(packed),
        }
    }
}

/// The documents of a corpus; immutable.
#[derive(Debug, Default)]
pub struct Library {
    version: String,
    /// Sorted by id.
    documents: Vec<DocumentInfo>,
    /// By document.
    passages: Vec<Passages>,
    /// By document, see [`Listed::warnings`].
    warnings: Vec<Arc<[Problem]>>,
    ids: Ids,
    /// Shared with the libraries that this one was made beside.
    cache: Arc<PassageCache>,
}

impl Library {
    /// A library of the documents of `corpus`, which are sorted by id, with all passages in memory.
    #[must_use]
    pub fn new(corpus: Corpus) -> Self {
        let entries = corpus.documents.into_iter().map(|document| Listed {
            info: DocumentInfo::of(&document),
            ids: document.passages.iter().map(|p| hash(&p.id)).collect(),
            passages: Passages::Held(document.passages.into_iter().map(Arc::new).collect()),
            warnings: Arc::default(),
        });
        Self::of(entries, corpus.version, None)
    }

    /// A library of these documents, which are sorted by id; what is read of them is kept together with what
    /// the library `before` keeps, so that both take no more than one.
    pub(super) fn of(
        entries: impl IntoIterator<Item = Listed>,
        version: String,
        before: Option<&Self>,
    ) -> Self {
        let mut library = Self {
            version,
            cache: before.map_or_else(Arc::default, |before| Arc::clone(&before.cache)),
            ..Self::default()
        };
        for entry in entries {
            let index = library.documents.len();
            library.ids.add(entry.ids);
            library.documents.push(DocumentInfo {
                index,
                ..entry.info
            });
            library.passages.push(entry.passages);
            library.warnings.push(entry.warnings);
        }
        library.ids.finish();
        library
    }

    /// The file that its passages are in, for those of the next library to be added to; `None` when
    /// they are in memory, or half of the file belongs to documents of before.
    pub(super) fn pack(&self) -> Option<&Arc<Pack>> {
        let on_disk = || self.passages.iter().filter_map(Passages::packed);
        let pack = on_disk().next()?.pack();
        let used: u64 = on_disk().map(Packed::bytes).sum();
        (pack.bytes() < 2 * used).then_some(pack)
    }

    /// The document `id` as it is listed here, if it has this key, for another library to share.
    pub(super) fn listed(&self, id: &DocumentId, key: u64) -> Option<Listed> {
        let info = self.document_by_id(id).filter(|info| info.key == key)?;
        Some(Listed {
            info: info.clone(),
            ids: Arc::clone(self.ids.of(info.index)?),
            passages: self.passages.get(info.index)?.clone(),
            warnings: Arc::clone(self.warnings.get(info.index)?),
        })
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
        let documents = self.documents.iter();
        documents.map(|document| document.passages).sum()
    }

    /// The passage at an address.
    ///
    /// # Errors
    /// [`LibraryError`] when there is no such passage, or it cannot be read.
    pub fn passage(&self, at: PassageAt) -> Result<Arc<Passage>, LibraryError> {
        match self.source(at)? {
            Passages::Held(passages) => passages
                .get(at.passage)
                .cloned()
                .ok_or(LibraryError::NoSuchPassage(at)),
            Passages::Packed(packed) => {
                let name = self.name(at)?;
                if let Some(kept) = self.cache.get(name).passage {
                    return Ok(kept);
                }
                let read = packed.read(at.document, at.passage..at.passage.saturating_add(1))?;
                let passage = read.into_iter().next().map(Arc::new);
                let passage = passage.ok_or(LibraryError::NoSuchPassage(at))?;
                let kept = Arc::clone(&passage);
                self.cache.keep(name, |entry| entry.passage = Some(kept));
                Ok(passage)
            }
        }
    }

    /// The passage at an address, folded.
    ///
    /// # Errors
    /// [`LibraryError`] when there is no such passage, or it cannot be read.
    pub fn folded(&self, at: PassageAt) -> Result<Arc<FoldedPassage>, LibraryError> {
        let name = self.name(at)?;
        if let Some(kept) = self.cache.get(name).folded {
            return Ok(kept);
        }
        let passage = self.passage(at)?;
        let folded = Arc::new(FoldedPassage::new(&passage));
        let kept = Arc::clone(&folded);
        self.cache.keep(name, |entry| entry.folded = Some(kept));
        Ok(folded)
    }

    /// What names a passage in every library.
    fn name(&self, at: PassageAt) -> Result<PassageName, LibraryError> {
        let document = self.document(at.document);
        let document = document.ok_or(LibraryError::NoSuchPassage(at))?;
        Ok((document.key, at.passage))
    }

    fn source(&self, at: PassageAt) -> Result<&Passages, LibraryError> {
        let source = self.passages.get(at.document);
        source.ok_or(LibraryError::NoSuchPassage(at))
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
        for at in self.ids.candidates(id) {
            if self.passage(at)?.id == *id {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// How many of its passages `other` does not have, by their ids.
    #[must_use]
    pub fn missing_from(&self, other: &Self) -> usize {
        let mut theirs = other.ids.hashes().peekable();
        let missing = self.ids.hashes().filter(|own| {
            while theirs.next_if(|hash| hash < own).is_some() {}
            theirs.peek() != Some(own)
        });
        missing.count()
    }

    /// Number of different ids that its passages have.
    #[must_use]
    pub fn id_count(&self) -> usize {
        self.ids.hashes().count()
    }

    /// Neighbouring passages of a document, in order.
    ///
    /// # Errors
    /// [`LibraryError`] when the document has no such passages, or they cannot be read.
    pub fn passages(
        &self,
        document: &DocumentInfo,
        range: Range<usize>,
    ) -> Result<Vec<Arc<Passage>>, LibraryError> {
        let missing = || LibraryError::NoSuchPassage(document.at(range.end));
        match self.source(document.at(range.start))? {
            Passages::Held(passages) => {
                let held = passages.get(range.clone()).ok_or_else(missing)?;
                Ok(held.to_vec())
            }
            Passages::Packed(packed) => {
                let read = packed.read(document.index, range)?;
                Ok(read.into_iter().map(Arc::new).collect())
            }
        }
    }

    /// All passages of a document, in order.
    ///
    /// # Errors
    /// [`LibraryError`] when they cannot be read.
    pub fn passages_of(&self, document: &DocumentInfo) -> Result<Vec<Arc<Passage>>, LibraryError> {
        self.passages(document, 0..document.passages)
    }

    /// All passages, in document order.
    pub fn all_passages(&self) -> impl Iterator<Item = Result<Arc<Passage>, LibraryError>> {
        self.documents.iter().flat_map(|document| {
            let (read, failed) = match self.passages_of(document) {
                Ok(passages) => (passages, None),
                Err(error) => (Vec::new(), Some(Err(error))),
            };
            read.into_iter().map(Ok).chain(failed)
        })
    }

    /// True when both have the same glossaries of the same years in the same order, so that an index of a
    /// document with terms means the same in both.
    #[must_use]
    pub fn has_glossaries_of(&self, other: &Self) -> bool {
        let alike = |(own, others): (&DocumentInfo, &DocumentInfo)| {
            let shared = Arc::ptr_eq(&own.terms, &others.terms);
            own.meta.year == others.meta.year && (shared || own.terms == others.terms)
        };
        self.documents.len() == other.documents.len()
            && self.documents.iter().zip(&other.documents).all(alike)
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
impl Library {
    /// Of a corpus, whose passages lie in a file below `folder`.
    pub(crate) fn packed_in(folder: &std::path::Path, corpus: &Corpus) -> Self {
        let pack = Arc::new(Pack::create(folder).expect("there is room"));
        let documents = corpus.documents.iter().map(|document| {
            let (records, offsets) = encode(&document.passages).expect("they are few");
            let packed = pack.add(&records, offsets).expect("there is room");
            Listed {
                info: DocumentInfo::of(document),
                ids: document.passages.iter().map(|p| hash(&p.id)).collect(),
                passages: Passages::Packed(packed),
                warnings: Arc::default(),
            }
        });
        Self::of(documents, corpus.version.clone(), None)
    }

    /// Empties the file that the passages lie in, as a disk that fails would.
    pub(crate) fn lose_passages(&self) {
        self.pack().expect("they lie in a file").empty();
    }
}

#[cfg(test)]
mod tests;
