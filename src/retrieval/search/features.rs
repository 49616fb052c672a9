//! The features that a sentence is scored by; `config/ranking.toml` says what each counts.

use super::numbers::numbers;

numbers! {
    /// What a sentence is scored by; each between −1 and 1.
    Feature;
    /// A number for each feature: its values for one sentence, or what each counts.
    Features;
    /// BM25 of the passage, divided by the best candidate's.
    Bm25 = "bm25";
    /// Similarity of question and sentence: 1 for the most similar candidate, 0 for the least.
    SentenceSimilarity = "sentence_similarity";
    /// The same for the passage as a whole.
    PassageSimilarity = "passage_similarity";
    /// Sentence similarity × the share of the question's idf that no candidate holds: how similar it
    /// is when words are of little help.
    SemanticWhenUncovered = "semantic_when_uncovered";
    /// Cosine of question and sentence as it is.
    Cosine = "cosine";
    /// Cosine of the sentence and the centroid of all sentences: high for what is similar to
    /// everything (真抓实干), so that its similarity to the question says less.
    Hubness = "hubness";
    /// Share of the idf of the question's character pairs that the sentence holds.
    Coverage = "coverage";
    /// The same for words.
    WordCoverage = "word_coverage";
    /// The same for pairs, over the whole passage.
    PassageCoverage = "passage_coverage";
    /// Length of the longest stretch that question and sentence share, of the question's longest.
    LongestMatch = "longest_match";
    /// Share of the idf of the pairs that the headings hold.
    HeadingCoverage = "heading_coverage";
    /// Whether the sentence is of the period asked for: −1, 0 or 1 (half when only hinted).
    Period = "period";
    /// Whether the kind of fact asked for stands with the topic: 1 in the same clause, less in the
    /// same sentence.
    FactType = "fact_type";
    /// 1 for a sentence that opens with what the question wants explained and then explains it
    /// (术语：…, “术语”是指…).
    Defines = "defines";
    /// 1 for a glossary entry that the question does not name.
    UnnamedEntry = "unnamed_entry";
    /// 1 for an item of the livelihood list.
    LivelihoodItem = "livelihood_item";
}

impl Features {
    /// The weighted sum; `weights` holds what each feature counts.
    #[must_use]
    pub fn score(&self, weights: &Self) -> f32 {
        self.dot(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::testing::near;

    #[test]
    fn a_score_is_the_sum_of_features_by_their_weights() {
        let features = Features::of([
            (Feature::Bm25, 0.5),
            (Feature::Coverage, 0.25),
            (Feature::UnnamedEntry, 1.0),
        ]);
        let weights = Features::of([
            (Feature::Bm25, 2.0),
            (Feature::Coverage, 4.0),
            (Feature::UnnamedEntry, -3.0),
            (Feature::LongestMatch, 7.0),
        ]);
        assert!(near(features.score(&weights), 1.0 + 1.0 - 3.0));
    }

    #[test]
    fn names_and_numbers_keep_their_order() {
        let numbers: Vec<f32> = (0..16_u8).map(f32::from).collect();
        let features = Features::from_values(numbers.clone().try_into().unwrap());
        assert_eq!(features.values().to_vec(), numbers);
        for (n, feature) in Feature::ALL.into_iter().enumerate() {
            assert!(near(features[feature], numbers[n]));
            assert_eq!(features.rows()[n], (feature.name(), numbers[n]));
        }
    }
}
