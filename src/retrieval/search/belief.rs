//! How surely the best hit speaks of what was asked: the ground for answering, for showing what
//! comes nearest, and for saying that the report does not say.

use serde::{Deserialize, Serialize};

use super::rank::{Hit, Prepared};
use crate::retrieval::understand::query::Query;

/// Official words of at least this weight mean the same as the everyday word; those below only
/// help to find (门票 → 景区: a scenic area is no ticket price).
pub const SAME: f32 = 0.6;

/// What belief rests on; the same names in `config/ranking.toml` hold the coefficients of a
/// logistic regression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Always 1.
    pub bias: f32,
    /// Share of the question's idf mass that the best sentence or its headings cover.
    pub coverage: f32,
    /// The same for the whole passage with its headings, in words.
    pub passage: f32,
    /// The largest share of the mass that one word has of which the passage holds no trace.
    pub absent: f32,
    /// Cosine of question and best sentence; 0 without a model.
    pub cosine: f32,
    /// Lead over the next hit, as a share of the best score.
    pub lead: f32,
    /// 1 when a kind of fact is asked for that the best sentence does not hold.
    pub unmet: f32,
    /// Cosine of the question and the nearest example of those that no report answers; 0 without a
    /// model.
    pub off_topic: f32,
    /// The same for examples of those that a report may answer.
    pub on_topic: f32,
}

/// Two beliefs in the best hit, each between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// It speaks of what the question is about.
    pub speaks: f32,
    /// It answers the question.
    pub answers: f32,
}

/// Number of terms of [`Evidence`].
pub const TERMS: usize = 9;

impl Evidence {
    /// Names and values, in a fixed order.
    #[must_use]
    pub const fn rows(&self) -> [(&'static str, f32); TERMS] {
        [
            ("bias", self.bias),
            ("coverage", self.coverage),
            ("passage", self.passage),
            ("absent", self.absent),
            ("cosine", self.cosine),
            ("lead", self.lead),
            ("unmet", self.unmet),
            ("off_topic", self.off_topic),
            ("on_topic", self.on_topic),
        ]
    }

    /// The reverse of [`Self::rows`].
    #[must_use]
    pub const fn from_values(values: [f32; TERMS]) -> Self {
        let [
            bias,
            coverage,
            passage,
            absent,
            cosine,
            lead,
            unmet,
            off_topic,
            on_topic,
        ] = values;
        Self {
            bias,
            coverage,
            passage,
            absent,
            cosine,
            lead,
            unmet,
            off_topic,
            on_topic,
        }
    }

    /// Between 0 and 1, by these coefficients.
    #[must_use]
    pub fn belief(&self, coefficients: &Self) -> f32 {
        let terms = self.rows();
        let sum: f32 = terms
            .iter()
            .zip(coefficients.rows())
            .map(|((_, value), (_, by))| value * by)
            .sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// Of the hits for `query`, best first; `word_mass` is a word's idf. `None` without hits.
    pub(crate) fn new(
        query: &Query,
        hits: &[Hit],
        best_passage: &Prepared,
        word_mass: impl Fn(&str) -> f32,
    ) -> Option<Self> {
        let (best, others) = hits.split_first()?;
        let features = &best.features;
        let text = format!("{}\n{}", best_passage.path(), best_passage.whole());
        let masses: Vec<(f32, f32)> = query
            .words
            .iter()
            .map(|word| {
                let mass = word_mass(&word.text) * word.weight;
                (mass, trace(query, &word.text, &text))
            })
            .collect();
        let total: f32 = masses.iter().map(|(mass, _)| mass).sum();
        let share = |mass: f32| if total > 0.0 { mass / total } else { 0.0 };
        let held: f32 = masses.iter().map(|(mass, trace)| mass * trace).sum();
        let absent = masses.iter().filter(|(_, trace)| *trace <= 0.0);
        let lead = others.first().map_or(1.0, |next| {
            if best.score > 0.0 {
                ((best.score - next.score) / best.score).clamp(0.0, 1.0)
            } else {
                0.0
            }
        });
        Some(Self {
            bias: 1.0,
            coverage: features.cover.max(features.words).max(features.heading),
            passage: share(held),
            absent: share(absent.map(|(mass, _)| *mass).fold(0.0, f32::max)),
            cosine: features.cosine,
            lead,
            unmet: f32::from(u8::from(query.need.is_some() && features.need <= 0.0)),
            off_topic: query.resemblance.off_topic,
            on_topic: query.resemblance.on_topic,
        })
    }
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
        .filter(|other| other.weight >= SAME && text.contains(&other.word))
        .map(|other| other.weight)
        .fold(0.0, f32::max);
    let chars: Vec<char> = word.chars().collect();
    let pair = chars.len() >= 3
        && chars
            .windows(2)
            .any(|pair| text.contains(&pair.iter().collect::<String>()));
    official.max(if pair { 0.5 } else { 0.0 })
}

#[cfg(test)]
mod tests;
