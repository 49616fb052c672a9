//! The documents that are served together.

use super::Document;

/// Where a passage stands: indices of the document and of the passage in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageAt {
    /// Index in the corpus.
    pub document: usize,
    /// Index in the document.
    pub passage: usize,
}

/// All documents that are served together, and the version they form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    /// Sorted by id.
    pub documents: Vec<Document>,
    /// Twelve hexadecimal digits over all texts; equal texts give an equal version.
    pub version: String,
}
