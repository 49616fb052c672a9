//! Why a passage cannot be given.

use std::{io, sync::Arc};

use crate::corpus::PassageAt;

/// A passage cannot be given.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LibraryError {
    /// The library has no such passage.
    #[error("no passage {} in document {}", .0.passage, .0.document)]
    NoSuchPassage(PassageAt),
    /// The file with the passages cannot be read.
    #[error("passages of document {document} cannot be read: {error}")]
    Unreadable {
        /// Index of the document.
        document: usize,
        /// What the system says.
        error: Arc<io::Error>,
    },
    /// What was read is not what was written.
    #[error("passage {} of document {} is damaged on disk", .0.passage, .0.document)]
    Damaged(PassageAt),
}
