//! Scores passages by what BM25 cannot see: how much of the question one *sentence* covers, how
//! near together, under which heading, of which year, and with the kind of fact asked for.

use std::sync::Arc;

use super::{
    coverage::Coverage,
    features::{Feature, Features},
    folded::FoldedPassage,
    signals::{defines, fact_with_topic, statements},
};
use crate::{
    corpus::{Passage, PassageAt, PassageKind, Period},
    retrieval::{meaning::Cosines, understand::query::Query},
};

/// A passage with its score and its best sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which passage.
    pub at: PassageAt,
    /// Weighted sum of `features`; comparable within one search.
    pub score: f32,
    /// Index of the best sentence of the passage.
    pub sentence: usize,
    /// Period of that sentence.
    pub period: Period,
    /// What the score is made of.
    pub features: Features,
    /// Indices of the question's character pairs that the sentence or its headings hold.
    pub matched: Vec<usize>,
}

/// The range of cosines among the candidates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CosineRange {
    lowest: f32,
    highest: f32,
}

impl CosineRange {
    /// Of one cosine a candidate.
    pub(crate) fn new(cosines: impl Iterator<Item = f32>) -> Self {
        let mut range = Self {
            lowest: f32::MAX,
            highest: f32::MIN,
        };
        for cosine in cosines {
            range.lowest = range.lowest.min(cosine);
            range.highest = range.highest.max(cosine);
        }
        range
    }

    /// 1 for the most similar candidate, 0 for the least similar and below.
    fn normalise(self, cosine: f32) -> f32 {
        let width = self.highest - self.lowest;
        if width > f32::EPSILON {
            ((cosine - self.lowest) / width).max(0.0)
        } else {
            0.0
        }
    }
}

/// How similar a passage is to the question, and how similar the candidates are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Similarity<'a> {
    pub(crate) cosines: Cosines<'a>,
    pub(crate) sentences: CosineRange,
    pub(crate) passages: CosineRange,
}

/// A candidate with everything it is scored by.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) at: PassageAt,
    pub(crate) passage: Arc<Passage>,
    pub(crate) folded: Arc<FoldedPassage>,
    /// Divided by the best candidate's.
    pub(crate) bm25: f32,
    /// Share of the idf of the question's pairs that the whole passage covers.
    pub(crate) coverage: f32,
    /// `None` without a model.
    pub(crate) similarity: Option<Similarity<'a>>,
}

/// Scores candidates for one question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scorer<'a> {
    pub(crate) query: &'a Query,
    pub(crate) coverage: &'a Coverage,
    /// The coverage of the candidate that covers most, 0 to 1: how far words can be trusted.
    pub(crate) max_coverage: f32,
}

impl Scorer<'_> {
    /// The features of the sentences of a passage, by index of the sentence.
    pub(crate) fn sentences(&self, candidate: &Candidate<'_>) -> Vec<(usize, Features)> {
        let shared = self.of_passage(candidate);
        let statements = statements(&candidate.passage).into_iter();
        statements
            .map(|n| (n, self.of_sentence(candidate, n, shared)))
            .collect()
    }

    /// What all sentences of a passage have in common.
    fn of_passage(&self, candidate: &Candidate<'_>) -> Features {
        let kind = candidate.passage.kind;
        let mut slogans = self.query.slogans.iter();
        let named = slogans.any(|slogan| slogan.document == candidate.at.document);
        let similarity = candidate.similarity.map_or(0.0, |similarity| {
            similarity.passages.normalise(similarity.cosines.whole)
        });
        let headings = self.coverage.of_pairs(candidate.folded.path());
        Features::of([
            (Feature::Bm25, candidate.bm25),
            (Feature::PassageCoverage, candidate.coverage),
            (Feature::HeadingCoverage, headings),
            (Feature::PassageSimilarity, similarity),
            (
                Feature::UnnamedEntry,
                one_if(kind == PassageKind::Entry && !named),
            ),
            (
                Feature::LivelihoodItem,
                one_if(kind == PassageKind::LivelihoodItem),
            ),
        ])
    }

    /// `shared` with what one sentence adds.
    fn of_sentence(&self, candidate: &Candidate<'_>, n: usize, shared: Features) -> Features {
        let Self {
            query, coverage, ..
        } = *self;
        let text = candidate.folded.sentence(n);
        let period = candidate.passage.sentences[n].period;
        let mut features = shared;
        features[Feature::Coverage] = coverage.of_pairs(text);
        features[Feature::WordCoverage] = coverage.of_words(text);
        features[Feature::LongestMatch] = coverage.longest_match(text);
        features[Feature::Period] = query.period.fit(period);
        features[Feature::FactType] = fact_with_topic(query, coverage, text);
        features[Feature::Defines] = defines(query, text);
        if let Some(similarity) = candidate.similarity {
            let hubs = similarity.cosines.hubs;
            features[Feature::Hubness] = hubs.get(n).copied().unwrap_or(0.0);
            if let Some(cosine) = similarity.cosines.sentences.get(n).copied() {
                let normalised = similarity.sentences.normalise(cosine);
                features[Feature::Cosine] = cosine;
                features[Feature::SentenceSimilarity] = normalised;
                features[Feature::SemanticWhenUncovered] = normalised * (1.0 - self.max_coverage);
            }
        }
        features
    }

    /// Scores one passage by its best sentence.
    pub(crate) fn hit(&self, candidate: &Candidate<'_>, weights: &Features) -> Hit {
        let Candidate {
            passage, folded, ..
        } = candidate;
        let mut best = (f32::MIN, 0, Features::default());
        for (n, features) in self.sentences(candidate) {
            let score = features.score(weights);
            if score > best.0 {
                best = (score, n, features);
            }
        }
        let (score, sentence, features) = best;
        let text = folded.sentence(sentence);
        Hit {
            at: candidate.at,
            score,
            sentence,
            period: passage
                .sentences
                .get(sentence)
                .map_or(passage.period, |s| s.period),
            features,
            matched: self.coverage.matched(&format!("{text}\n{}", folded.path())),
        }
    }
}

fn one_if(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

#[cfg(test)]
mod tests;
