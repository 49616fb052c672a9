//! How surely the best hit speaks of what was asked: the ground for answering, for showing what
//! comes nearest, and for saying that the report does not say.
//!
//! A logistic regression on a few features of the best hit, calibrated by `wenzheng eval --tune`.

use super::{features::Feature, folded::FoldedPassage, numbers::numbers, score::Hit};
use crate::retrieval::understand::{lexicon::SYNONYM_THRESHOLD, query::Query};

numbers! {
    /// What confidence in the best hit rests on.
    ConfidenceFeature;
    /// A number for each confidence feature: its values for one hit, or the coefficients of a
    /// logistic regression.
    ConfidenceFeatures;
    /// Always 1.
    Bias = "bias";
    /// Share of the question's idf that the best sentence or its headings cover.
    Coverage = "coverage";
    /// The same for the whole passage with its headings, in words.
    PassageCoverage = "passage_coverage", once "passage";
    /// The largest share that one word has of which the passage holds no trace.
    AbsentWord = "absent_word", once "absent";
    /// Cosine of question and best sentence; 0 without a model.
    Cosine = "cosine";
    /// Lead over the next hit, as a share of the best score.
    Lead = "lead";
    /// 1 when a kind of fact is asked for that the best sentence does not hold.
    FactMissing = "fact_missing", once "unmet";
    /// Cosine of the question and the nearest example of those that no report answers; 0 without a
    /// model.
    OffTopic = "off_topic";
    /// The same for examples of those that a report may answer.
    OnTopic = "on_topic";
}

/// Confidence in the best hit: two probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence {
    /// It speaks of what the question is about.
    pub speaks: f32,
    /// It answers the question.
    pub answers: f32,
}

/// A word of at least this many characters leaves a trace by a pair of them …
const LONG_WORD: usize = 3;
/// … that counts so much.
const PAIR_TRACE: f32 = 0.5;

impl ConfidenceFeatures {
    /// Between 0 and 1, by these coefficients.
    #[must_use]
    pub fn probability(&self, coefficients: &Self) -> f32 {
        let sum = self.dot(coefficients);
        1.0 / (1.0 + (-sum).exp())
    }

    /// Of the hits for `query`, best first; `word_idf` is the inverse document frequency of a word.
    /// `None` without hits.
    pub(crate) fn new(
        query: &Query,
        hits: &[Hit],
        best_passage: &FoldedPassage,
        word_idf: impl Fn(&str) -> f32,
    ) -> Option<Self> {
        let (best, others) = hits.split_first()?;
        let features = &best.features;
        let text = format!("{}\n{}", best_passage.path(), best_passage.whole());
        let words: Vec<(f32, f32)> = query
            .words
            .iter()
            .map(|word| {
                let weight = word_idf(&word.text) * word.weight;
                (weight, trace(query, &word.text, &text))
            })
            .collect();
        let total: f32 = words.iter().map(|(weight, _)| weight).sum();
        let share = |weight: f32| if total > 0.0 { weight / total } else { 0.0 };
        let held: f32 = words.iter().map(|(weight, trace)| weight * trace).sum();
        let absent = words.iter().filter(|(_, trace)| *trace <= 0.0);
        let absent = absent.map(|(weight, _)| *weight).fold(0.0, f32::max);
        let coverage = features[Feature::Coverage]
            .max(features[Feature::WordCoverage])
            .max(features[Feature::HeadingCoverage]);
        let fact_missing = query.need.is_some() && features[Feature::FactType] <= 0.0;
        Some(Self::of([
            (ConfidenceFeature::Bias, 1.0),
            (ConfidenceFeature::Coverage, coverage),
            (ConfidenceFeature::PassageCoverage, share(held)),
            (ConfidenceFeature::AbsentWord, share(absent)),
            (ConfidenceFeature::Cosine, features[Feature::Cosine]),
            (ConfidenceFeature::Lead, lead(best, others)),
            (
                ConfidenceFeature::FactMissing,
                f32::from(u8::from(fact_missing)),
            ),
            (ConfidenceFeature::OffTopic, query.resemblance.off_topic),
            (ConfidenceFeature::OnTopic, query.resemblance.on_topic),
        ]))
    }
}

/// Lead of the best hit over the next, as a share of its score; all of it when nobody follows.
fn lead(best: &Hit, others: &[Hit]) -> f32 {
    others.first().map_or(1.0, |next| {
        if best.score > 0.0 {
            ((best.score - next.score) / best.score).clamp(0.0, 1.0)
        } else {
            0.0
        }
    })
}

/// How much of a word `text` holds: 1 for the word itself, the weight of an official word that
/// means the same, ½ for a pair of its characters when it is a long one.
fn trace(query: &Query, word: &str, text: &str) -> f32 {
    if text.contains(word) {
        return 1.0;
    }
    let official = query
        .substitutes
        .iter()
        .filter(|substitute| substitute.typed.contains(word))
        .flat_map(|substitute| &substitute.alternatives)
        .filter(|other| other.weight >= SYNONYM_THRESHOLD && text.contains(&other.word))
        .map(|other| other.weight)
        .fold(0.0, f32::max);
    let chars: Vec<char> = word.chars().collect();
    let pair = chars.len() >= LONG_WORD
        && chars
            .windows(2)
            .any(|pair| text.contains(&pair.iter().collect::<String>()));
    official.max(if pair { PAIR_TRACE } else { 0.0 })
}

#[cfg(test)]
mod tests;
