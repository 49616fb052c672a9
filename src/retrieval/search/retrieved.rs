//! What the indexes say of a request, as values: scoring and confidence need nothing else of them.

use crate::corpus::PassageAt;

/// Everything that was retrieved for one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrieved {
    /// In document order.
    pub candidates: Vec<Candidate>,
    /// How rare the terms of the request are.
    pub frequencies: Frequencies,
}

/// A passage that words or vectors found.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Which passage.
    pub at: PassageAt,
    /// BM25, divided by the best candidate's; 0 when words did not find it.
    pub bm25: f32,
    /// How similar it is to the question; `None` without a model, or when it was not compared.
    pub similarity: Option<PassageSimilarity>,
}

/// How similar a passage is to the question: cosines.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageSimilarity {
    /// Of its sentences, in order.
    pub sentences: Vec<f32>,
    /// Of all of it.
    pub passage: f32,
    /// How similar its sentences are to the centroid of all, in order.
    pub hubness: Vec<f32>,
}

impl PassageSimilarity {
    /// The most similar sentence's.
    #[must_use]
    pub fn best_sentence(&self) -> f32 {
        best(&self.sentences)
    }
}

/// The greatest of these cosines.
pub(super) fn best(cosines: &[f32]) -> f32 {
    cosines.iter().copied().fold(f32::MIN, f32::max)
}

/// Document frequencies of the terms of a request, among the passages of the documents asked: what
/// is rare there does not depend on what else is loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequencies {
    /// Number of these passages.
    pub passages: u64,
    /// How many hold each character pair of the question, in its order.
    pub bigrams: Vec<u64>,
    /// How many hold each word of the question, in its order.
    pub words: Vec<u64>,
}

impl Frequencies {
    /// Inverse document frequency of the character pair at an index.
    #[must_use]
    pub fn bigram_idf(&self, n: usize) -> f32 {
        idf(self.passages, self.bigrams.get(n).copied().unwrap_or(0))
    }

    /// The same for a word.
    #[must_use]
    pub fn word_idf(&self, n: usize) -> f32 {
        idf(self.passages, self.words.get(n).copied().unwrap_or(0))
    }
}

/// ln(1 + (N − n + ½) / (n + ½)) as in BM25; above 0, highest for what none of `passages` holds.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of passages are far below 2^24"
)]
fn idf(passages: u64, holding: u64) -> f32 {
    let n = holding as f32;
    let all = (passages as f32).max(n);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::testing::near;

    #[test]
    fn what_few_passages_hold_weighs_more() {
        assert!(near(idf(4, 3), (1.0_f32 + 1.5 / 3.5).ln()));
        assert!(near(idf(4, 0), (1.0_f32 + 4.5 / 0.5).ln()));
        assert!(idf(4, 0) > idf(4, 1) && idf(4, 1) > idf(4, 4));
        assert!(idf(4, 4) > 0.0, "even what all of them hold");
        assert!(near(idf(1, 3), idf(3, 3)), "more than there are");
    }

    #[test]
    fn terms_are_told_by_their_place_in_the_question() {
        let frequencies = Frequencies {
            passages: 4,
            bigrams: vec![3, 1],
            words: vec![2],
        };
        assert!(near(frequencies.bigram_idf(1), idf(4, 1)));
        assert!(near(frequencies.word_idf(0), idf(4, 2)));
        assert!(near(frequencies.word_idf(7), idf(4, 0)));
    }
}
