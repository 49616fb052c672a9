//! How far hits are worth reading.

use super::Retriever;
use crate::{
    corpus::LibraryError,
    retrieval::search::{Feature, Hit, Relevance, RelevanceFeatures, Retrieved, SearchRequest},
};

impl Retriever {
    /// How far each of `hits`, best first, is worth reading: 0 to 1.
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
        let (first, beside) = if is_by_model(request, hits) {
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

    /// What the relevance of each of `hits`, best first, rests on.
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
        let passage = self.library.folded(best.at)?;
        let segmenter = &self.parser.language().segmenter;
        let relevance = Relevance::new(request, retrieved, best, &passage, segmenter);
        let of = |hit: &Hit| Ok(relevance.of(hit, &*self.library.folded(hit.at)?));
        hits.iter().map(of).collect()
    }
}

/// True when `hits` were compared with the request by meaning; a place may be left out of what is
/// embedded.
pub(super) fn is_by_model(request: &SearchRequest, hits: &[Hit]) -> bool {
    let mut hits = hits.iter();
    request.embedding().is_ok() && hits.any(|hit| hit.features[Feature::Cosine] != 0.0)
}
