//! What a strategy sees of one part of a question.

use super::{
    AnswerError, repeated,
    searches::{Search, Searches},
};
use crate::{
    corpus::{DocumentInfo, DocumentKind, Library},
    retrieval::{Confidence, Hit, Retriever, SearchRequest, Understanding},
};

/// Hits looked at: for citations, for 更多相关 and for questions to go on with.
pub(super) const HITS: usize = 12;

/// One part of a question, and what is found for it.
pub(super) struct Context<'a> {
    pub(super) retriever: &'a Retriever,
    pub(super) query: &'a Understanding,
    /// Citations at most.
    pub(super) limit: usize,
    searches: &'a Searches<'a>,
    /// Which of them is this part's.
    part: usize,
}

impl<'a> Context<'a> {
    /// The part number `part` of a question that is searched for by `searches`.
    pub(super) fn new(searches: &'a Searches<'a>, part: usize, limit: usize) -> Self {
        Self {
            retriever: searches.retriever,
            query: searches.question(part),
            limit,
            searches,
            part,
        }
    }

    /// The part as it was asked: of curated answers as well.
    pub(super) fn asked(&self) -> &'a SearchRequest {
        self.searches.asked(self.part)
    }

    pub(super) fn library(&self) -> &'a Library {
        self.retriever.library()
    }

    /// The best passages, best first, without those that repeat an earlier one; ranked once.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub(super) fn hits(&self) -> Result<&[Hit], AnswerError> {
        let kept = &self.searches.hits[self.part];
        if let Some(hits) = kept.get() {
            return Ok(hits);
        }
        let (request, retrieved) = self.searches.part(self.part)?;
        let hits = self.retriever.rank(request, retrieved, HITS)?;
        let hits = repeated::each_once(self.library(), hits)?;
        Ok(kept.get_or_init(|| hits))
    }

    /// The best `limit` passages, best first.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub(super) fn hits_up_to(&self, limit: usize) -> Result<Vec<Hit>, AnswerError> {
        let (request, retrieved) = self.searches.part(self.part)?;
        Ok(self.retriever.rank(request, retrieved, limit)?)
    }

    /// How surely the best passage speaks of what was asked, and answers it; `None` without one.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub(super) fn confidence(&self) -> Result<Option<Confidence>, AnswerError> {
        let (request, retrieved) = self.searches.part(self.part)?;
        let hits = self.hits()?;
        Ok(self.retriever.confidence(request, retrieved, hits)?)
    }

    /// The newest report among those asked; another document only where there is no report.
    pub(super) fn newest(&self) -> Option<&'a DocumentInfo> {
        let documents = self.library().documents().iter();
        let asked = documents.filter(|document| self.query.scope().holds(document.index));
        asked.max_by_key(|document| {
            let report = document.meta.kind == DocumentKind::WorkReport;
            (report, document.meta.year)
        })
    }

    /// How far each of [`Self::hits`] is worth reading, 0 to 1.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub(super) fn relevance(&self) -> Result<Vec<f32>, AnswerError> {
        let (request, retrieved) = self.searches.part(self.part)?;
        Ok(self.retriever.relevance(request, retrieved, self.hits()?)?)
    }

    /// The cells of the comparison that is asked for, in order, each with what was retrieved for it.
    ///
    /// # Errors
    /// [`AnswerError`] when the index cannot be searched.
    pub(super) fn cells(&self) -> Result<&'a [Search], AnswerError> {
        Ok(self.searches.cells(self.part)?)
    }
}
