//! How far hits are worth reading.

use super::{
    retriever::Retriever,
    search::{Hit, Relevance, RelevanceFeatures, Retrieved, SearchRequest, is_by_meaning},
};
use crate::corpus::{DocumentKind, LibraryError};

/// The regressions were fitted on so many hits a question; what comes later is no card.
const JUDGED: usize = 6;

impl Retriever {
    /// How far the first of `hits`, best first, are worth reading: 0 to 1.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn relevance(
        &self,
        request: &SearchRequest,
        retrieved: &Retrieved,
        hits: &[Hit],
    ) -> Result<Vec<f32>, LibraryError> {
        let coefficients = &self.decision().relevance;
        let (first, beside) = if is_by_meaning(request, hits) {
            (&coefficients.first, &coefficients.beside)
        } else {
            (&coefficients.first_by_words, &coefficients.beside_by_words)
        };
        let features = self.relevance_features(request, retrieved, hits)?;
        let probability = |(n, features): (usize, RelevanceFeatures)| {
            features.probability(if n == 0 { first } else { beside })
        };
        Ok(features.into_iter().enumerate().map(probability).collect())
    }

    /// What the relevance of the first of `hits`, best first, rests on.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn relevance_features(
        &self,
        request: &SearchRequest,
        retrieved: &Retrieved,
        hits: &[Hit],
    ) -> Result<Vec<RelevanceFeatures>, LibraryError> {
        let Some(best) = hits.first() else {
            return Ok(Vec::new());
        };
        let passage = self.library().folded(best.at)?;
        let words = self.sentence_words();
        let relevance = Relevance::new(request, retrieved, best, &passage, words);
        let of = |hit: &Hit| {
            let document = self.library().document(hit.at.document);
            let below = document.is_some_and(|d| d.meta.kind == DocumentKind::Policy);
            let passage = self.library().folded(hit.at)?;
            Ok(relevance.of(hit, &passage, below))
        };
        hits.iter().take(JUDGED).map(of).collect()
    }
}
