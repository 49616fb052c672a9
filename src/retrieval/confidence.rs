//! How sure a retriever is of what it ranked.

use super::{
    retriever::Retriever,
    search::{
        Coefficients, Confidence, ConfidenceFeatures, Decision, Hit, Retrieved, SearchRequest,
        is_by_meaning,
    },
};
use crate::corpus::LibraryError;

impl Retriever {
    /// What confidence in the first of `hits` rests on; `None` without hits.
    ///
    /// # Errors
    /// [`LibraryError`] when the passage cannot be read.
    pub fn confidence_features(
        &self,
        request: &SearchRequest,
        retrieved: &Retrieved,
        hits: &[Hit],
    ) -> Result<Option<ConfidenceFeatures>, LibraryError> {
        let Some(best) = hits.first() else {
            return Ok(None);
        };
        let passage = self.library().folded(best.at)?;
        let frequencies = &retrieved.frequencies;
        Ok(ConfidenceFeatures::new(
            request,
            frequencies,
            hits,
            &passage,
        ))
    }

    /// How surely the first of `hits` speaks of what was asked, and answers it; `None` without
    /// hits.
    ///
    /// # Errors
    /// [`LibraryError`] when the passage cannot be read.
    pub fn confidence(
        &self,
        request: &SearchRequest,
        retrieved: &Retrieved,
        hits: &[Hit],
    ) -> Result<Option<Confidence>, LibraryError> {
        let Some(features) = self.confidence_features(request, retrieved, hits)? else {
            return Ok(None);
        };
        let by_model = is_by_meaning(request, hits);
        let by = |coefficients: &Coefficients| {
            features.probability(if by_model {
                &coefficients.model
            } else {
                &coefficients.words
            })
        };
        let Decision {
            speaks, answers, ..
        } = self.decision();
        Ok(Some(Confidence {
            speaks: by(speaks),
            answers: by(answers),
        }))
    }
}
