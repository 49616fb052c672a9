//! The documents that are served together, and why they cannot be.

use super::{Document, Problem};

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

/// Why a corpus was refused. What is being served stays untouched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct CorpusError {
    /// Every problem found, warnings included, in file and line order; at least one is no warning.
    pub problems: Vec<Problem>,
}
