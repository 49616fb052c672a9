//! How surely the best hit speaks of what was asked: the ground for answering, for showing what
//! comes nearest, and for saying that the report does not say.
//!
//! A logistic regression on a few features of the best hit, calibrated by `wenzheng eval --tune`.

use super::{
    features::Feature,
    numbers::numbers,
    request::SearchRequest,
    retrieved::Frequencies,
    score::Hit,
    text_match::{LONG_WORD, MEANS_THE_SAME, PAIR_TRACE, TextMatch},
};
use crate::{corpus::FoldedPassage, retrieval::understand::Understanding};

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
    PassageCoverage = "passage_coverage";
    /// The largest share that one word has of which the passage holds no trace.
    AbsentWord = "absent_word";
    /// Cosine of question and best sentence; 0 without a model.
    Cosine = "cosine";
    /// Lead over the next hit, as a share of the best score.
    Lead = "lead";
    /// 1 when a kind of fact is asked for that the best sentence does not hold.
    FactMissing = "fact_missing";
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

impl ConfidenceFeatures {
    /// Between 0 and 1, by these coefficients.
    #[must_use]
    pub fn probability(&self, coefficients: &Self) -> f32 {
        let sum = self.dot(coefficients);
        1.0 / (1.0 + (-sum).exp())
    }

    /// Of the hits for a request, best first, and the passage of the best. `None` without hits.
    pub(crate) fn new(
        request: &SearchRequest,
        frequencies: &Frequencies,
        hits: &[Hit],
        best_passage: &FoldedPassage,
    ) -> Option<Self> {
        let question = request.question();
        let (best, others) = hits.split_first()?;
        let features = &best.features;
        let text = format!("{}\n{}", best_passage.path(), best_passage.whole());
        let words = question.words().iter().enumerate();
        let words: Vec<(f32, f32)> = words
            .map(|(n, word)| {
                let weight = frequencies.word_idf(n) * word.weight;
                (weight, trace(question, &word.text, TextMatch::new(&text)))
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
        let fact_missing = question.answer_type().is_some() && features[Feature::FactType] <= 0.0;
        let resemblance = request.resemblance();
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
            (ConfidenceFeature::OffTopic, resemblance.off_topic),
            (ConfidenceFeature::OnTopic, resemblance.on_topic),
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
fn trace(question: &Understanding, word: &str, text: TextMatch<'_>) -> f32 {
    if text.is_exact(word) {
        return 1.0;
    }
    let expansions = question.expansions().iter();
    let synonyms = expansions
        .filter(|everyday| everyday.typed.contains(word))
        .flat_map(|everyday| &everyday.synonyms);
    let official = text.best_synonym(synonyms.filter(|other| other.weight >= MEANS_THE_SAME));
    let chars: Vec<char> = word.chars().collect();
    let pair = chars.len() >= LONG_WORD
        && chars
            .windows(2)
            .any(|pair| text.is_exact(&pair.iter().collect::<String>()));
    official.max(if pair { PAIR_TRACE } else { 0.0 })
}

/// True when `hits` were compared with the request by meaning; a place may be left out of what is
/// embedded.
pub(crate) fn is_by_meaning(request: &SearchRequest, hits: &[Hit]) -> bool {
    let mut hits = hits.iter();
    request.embedding().is_ok() && hits.any(|hit| hit.features[Feature::Cosine] != 0.0)
}

#[cfg(test)]
mod tests;
