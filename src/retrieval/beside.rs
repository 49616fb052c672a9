//! Curated answers beside reports: each is searched by itself.

use super::{
    curated::CuratedMatch, retriever::Retriever, search::SearchRequest, understand::Understanding,
};

impl Retriever {
    /// The curated answers that `request` may ask for, the surest first.
    #[must_use]
    pub fn find_curated(&self, request: &SearchRequest) -> Vec<CuratedMatch> {
        if self.curated().is_empty() {
            return Vec::new();
        }
        let dense = self.dense_index().zip(request.vector());
        let cosines = dense.map(|(dense, vector)| dense.curated(vector));
        self.curated()
            .find(request.question(), &cosines.unwrap_or_default())
    }

    /// `question` to the documents that are no lists of curated answers, which have a search of their
    /// own; as it is when there are no others.
    #[must_use]
    pub fn beside_curated(&self, question: &Understanding) -> Understanding {
        if self.curated().is_empty() {
            return question.clone();
        }
        let others = self
            .library()
            .documents()
            .iter()
            .map(|document| document.index);
        let others = others.filter(|n| question.scope().holds(*n) && !self.curated().holds(*n));
        let others: Vec<usize> = others.collect();
        if others.is_empty() {
            return question.clone();
        }
        question.within(others)
    }
}
