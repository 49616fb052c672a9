//! What a strategy sees of one part of a question.

use std::cell::OnceCell;

use super::AnswerError;
use crate::{
    corpus::Library,
    retrieval::{Confidence, Hit, Retrieved, Retriever, SearchRequest, Understanding},
};

/// Hits looked at, for citations and for 更多相关.
const HITS: usize = 12;

/// One part of a question, and what is found for it.
pub(super) struct Context<'a> {
    pub(super) retriever: &'a Retriever,
    pub(super) request: &'a SearchRequest,
    /// The question of `request`.
    pub(super) query: &'a Understanding,
    /// Citations at most.
    pub(super) limit: usize,
    searched: OnceCell<Searched>,
}

/// What was retrieved, and the best of it.
struct Searched {
    retrieved: Retrieved,
    hits: Vec<Hit>,
}

impl<'a> Context<'a> {
    pub(super) const fn new(
        retriever: &'a Retriever,
        request: &'a SearchRequest,
        limit: usize,
    ) -> Self {
        Self {
            retriever,
            request,
            query: request.question(),
            limit,
            searched: OnceCell::new(),
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
        Ok(&self.searched()?.hits)
    }

    /// How surely the best passage speaks of what was asked, and answers it; `None` without one.
    ///
    /// # Errors
    /// [`AnswerError`] when the index cannot be searched.
    pub(super) fn confidence(&self) -> Result<Option<Confidence>, AnswerError> {
        let Searched { retrieved, hits } = self.searched()?;
        Ok(self.retriever.confidence(self.request, retrieved, hits)?)
    }

    fn searched(&self) -> Result<&Searched, AnswerError> {
        if let Some(searched) = self.searched.get() {
            return Ok(searched);
        }
        let retrieved = self.retriever.retrieve_one(self.request)?;
        let hits = self.retriever.rank(self.request, &retrieved, HITS)?;
        Ok(self.searched.get_or_init(|| Searched { retrieved, hits }))
    }
}
