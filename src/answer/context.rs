//! What a strategy sees of one part of a question.

use std::cell::OnceCell;

use super::AnswerError;
use crate::{
    corpus::Library,
    retrieval::{Hit, Query, Retriever},
};

/// Hits looked at, for citations and for 更多相关.
const HITS: usize = 12;

/// One part of a question, and what is found for it.
pub(super) struct Context<'a> {
    pub(super) retriever: &'a Retriever,
    pub(super) query: &'a Query,
    /// Citations at most.
    pub(super) limit: usize,
    hits: OnceCell<Vec<Hit>>,
}

impl<'a> Context<'a> {
    pub(super) const fn new(retriever: &'a Retriever, query: &'a Query, limit: usize) -> Self {
        Self {
            retriever,
            query,
            limit,
            hits: OnceCell::new(),
        }
    }

    pub(super) fn library(&self) -> &'a Library {
        self.retriever.library()
    }

    /// The best passages, best first; searched for once.
    ///
    /// # Errors
    /// [`AnswerError`] when the index cannot be searched.
    pub(super) fn hits(&self) -> Result<&[Hit], AnswerError> {
        if let Some(hits) = self.hits.get() {
            return Ok(hits);
        }
        let hits = self.retriever.search(self.query, HITS)?;
        Ok(self.hits.get_or_init(|| hits))
    }
}
