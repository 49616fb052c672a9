//! Why a question could not be answered.

use crate::{corpus::LibraryError, retrieval::IndexError};

/// A question could not be answered. That something was not found is no error but an answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The index cannot be searched.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A passage cannot be read.
    #[error(transparent)]
    Library(#[from] LibraryError),
}
