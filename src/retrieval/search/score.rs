//! Scores passages by what BM25 cannot see: how much of the question one *sentence* covers, how
//! near together, under which heading, of which year, and with the kind of fact asked for.

use std::{borrow::Cow, sync::Arc};

use super::{
    coverage::Coverage,
    features::{Feature, Features},
    retrieved::{Candidate, Frequencies, PassageSimilarity},
    rhetoric::is_rhetoric,
    signals::{defines, fact_with_topic, statements},
};
use crate::{
    corpus::{FoldedPassage, Passage, PassageAt, PassageKind, Period, spans_a_term},
    retrieval::understand::Understanding,
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
struct CosineRange {
    lowest: f32,
    highest: f32,
}

impl CosineRange {
    /// Of one cosine a candidate.
    fn new(cosines: impl Iterator<Item = f32> + Clone) -> Self {
        Self {
            lowest: cosines.clone().fold(f32::MAX, f32::min),
            highest: cosines.fold(f32::MIN, f32::max),
        }
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

/// A candidate with its passage.
#[derive(Debug)]
pub(crate) struct LoadedCandidate<'a> {
    pub(crate) candidate: &'a Candidate,
    pub(crate) passage: Arc<Passage>,
    pub(crate) folded: Arc<FoldedPassage>,
    /// Whether its document is one of loose passages ([`DocumentInfo::is_loose`]).
    ///
    /// [`DocumentInfo::is_loose`]: crate::corpus::DocumentInfo::is_loose
    pub(crate) is_loose: bool,
}

impl LoadedCandidate<'_> {
    /// `text` of a passage; below its title when that is its own, so that what the title says need not
    /// stand in the text as well.
    fn titled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_loose && !self.folded.path().is_empty() {
            format!("{}\n{text}", self.folded.path()).into()
        } else {
            text.into()
        }
    }
}

/// The features of the sentences of a passage, by index of the sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateFeatures {
    /// Which passage.
    pub at: PassageAt,
    /// Of the sentences that state something.
    pub sentences: Vec<(usize, Features)>,
}

/// A sentence with its score.
struct Scored {
    score: f32,
    sentence: usize,
    features: Features,
}

/// Scores the candidates for one question.
#[derive(Debug)]
pub(crate) struct Scorer<'a> {
    question: &'a Understanding,
    coverage: Coverage<'a>,
    candidates: Vec<LoadedCandidate<'a>>,
    /// What each candidate holds of the question.
    held: Vec<Coverage<'a>>,
    /// Share of the idf of the question's pairs that each candidate covers as a whole.
    covered: Vec<f32>,
    /// The greatest of them, 0 to 1: how far words can be trusted.
    max_coverage: f32,
    sentence_cosines: CosineRange,
    passage_cosines: CosineRange,
}

impl<'a> Scorer<'a> {
    /// For a question with the document frequencies of its terms, and all its candidates.
    pub(crate) fn new(
        question: &'a Understanding,
        frequencies: &Frequencies,
        candidates: Vec<LoadedCandidate<'a>>,
    ) -> Self {
        let coverage = Coverage::new(question, frequencies);
        let wholes = candidates.iter();
        let wholes = wholes.map(|loaded| loaded.titled(loaded.folded.whole()));
        let wholes: Vec<_> = wholes.collect();
        let held = wholes.iter().map(|text| coverage.within(text));
        let held: Vec<Coverage<'a>> = held.collect();
        let covered = held.iter().zip(&wholes);
        let covered: Vec<f32> = covered.map(|(held, text)| held.of_pairs(text)).collect();
        let similar = || {
            let all = candidates.iter();
            all.filter_map(|loaded| loaded.candidate.similarity.as_ref())
        };
        Self {
            question,
            max_coverage: covered.iter().copied().fold(0.0, f32::max),
            sentence_cosines: CosineRange::new(similar().map(PassageSimilarity::best_sentence)),
            passage_cosines: CosineRange::new(similar().map(|similarity| similarity.passage)),
            coverage,
            held,
            covered,
            candidates,
        }
    }

    /// The candidates that tell something, each scored by its best sentence with the weights of its kind
    /// of document, best first, at most `limit`; ties keep document order.
    pub(crate) fn hits(
        &self,
        of_reports: &Features,
        of_loose: &Features,
        limit: usize,
    ) -> Vec<Hit> {
        let at = |n: usize| self.candidates[n].candidate.at;
        let weights = |n: usize| match self.candidates[n].is_loose {
            true => of_loose,
            false => of_reports,
        };
        let mut best: Vec<(usize, Scored)> = (0..self.candidates.len())
            .filter_map(|n| Some((n, self.best_sentence(n, weights(n))?)))
            .collect();
        best.sort_by(|(a, one), (b, other)| {
            let by_score = other.score.total_cmp(&one.score);
            by_score.then_with(|| at(*a).cmp(&at(*b)))
        });
        best.truncate(limit);
        best.iter().map(|(n, best)| self.hit(*n, best)).collect()
    }

    /// The features of all candidates, in document order.
    pub(crate) fn features(&self) -> Vec<CandidateFeatures> {
        let all = self.candidates.iter().enumerate();
        all.map(|(n, loaded)| CandidateFeatures {
            at: loaded.candidate.at,
            sentences: self.sentences(n),
        })
        .collect()
    }

    /// The best sentence of a candidate; `None` for one that is rhetoric from end to end.
    fn best_sentence(&self, n: usize, weights: &Features) -> Option<Scored> {
        let folded = &self.candidates[n].folded;
        let sentences = self.sentences(n).into_iter();
        let mut scored: Vec<Scored> = sentences
            .map(|(sentence, features)| Scored {
                score: features.score(weights),
                sentence,
                features,
            })
            .collect();
        // Of equal ones the first; rhetoric is told only of those that may be the best.
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut told = scored.into_iter();
        told.find(|scored| !is_rhetoric(self.question, folded.sentence(scored.sentence)))
    }

    fn hit(&self, n: usize, best: &Scored) -> Hit {
        let LoadedCandidate {
            candidate,
            passage,
            folded,
            ..
        } = &self.candidates[n];
        let text = folded.sentence(best.sentence);
        Hit {
            at: candidate.at,
            score: best.score,
            sentence: best.sentence,
            period: passage
                .sentences
                .get(best.sentence)
                .map_or(passage.period, |s| s.period),
            features: best.features,
            matched: self.coverage.matched(&format!("{text}\n{}", folded.path())),
        }
    }

    /// The features of the sentences of a candidate, by index of the sentence.
    fn sentences(&self, n: usize) -> Vec<(usize, Features)> {
        let loaded = &self.candidates[n];
        let shared = self.of_passage(loaded, self.covered[n]);
        let statements = statements(&loaded.passage).into_iter();
        statements
            .map(|sentence| (sentence, self.of_sentence(n, sentence, shared)))
            .collect()
    }

    /// What all sentences of a passage have in common.
    fn of_passage(&self, loaded: &LoadedCandidate<'_>, covered: f32) -> Features {
        let LoadedCandidate {
            candidate, passage, ..
        } = loaded;
        let mut terms = self.question.terms().iter();
        let is_named = terms.any(|term| term.document == candidate.at.document);
        let similarity = candidate.similarity.as_ref().map_or(0.0, |similarity| {
            self.passage_cosines.normalise(similarity.passage)
        });
        let is_entry = passage.kind == PassageKind::Entry;
        let is_livelihood_item = passage.kind == PassageKind::LivelihoodItem;
        let headings = self.coverage.of_pairs(loaded.folded.path());
        Features::of([
            (Feature::Bm25, candidate.bm25),
            (Feature::PassageCoverage, covered),
            (Feature::HeadingCoverage, headings),
            (Feature::PassageSimilarity, similarity),
            (Feature::UnnamedEntry, one_if(is_entry && !is_named)),
            (Feature::LivelihoodItem, one_if(is_livelihood_item)),
        ])
    }

    /// `shared` with what one sentence adds.
    fn of_sentence(&self, candidate: usize, n: usize, shared: Features) -> Features {
        let (loaded, question) = (&self.candidates[candidate], self.question);
        let coverage = &self.held[candidate];
        let text = loaded.folded.sentence(n);
        let period = loaded.passage.sentences[n].period;
        let mut features = shared;
        let titled = loaded.titled(text);
        features[Feature::Coverage] = coverage.of_pairs(&titled);
        features[Feature::WordCoverage] = coverage.of_words(&titled);
        features[Feature::LongestMatch] = coverage.longest_match(&titled);
        // What five years brought, or shall bring, is neither that year's nor against it.
        let fit = question.period().fit(period);
        let of_term = || spans_a_term(&loaded.passage.path, &loaded.passage.text);
        features[Feature::Period] = if fit > 0.0 && of_term() { 0.0 } else { fit };
        features[Feature::FactType] = fact_with_topic(question, coverage, text);
        features[Feature::Defines] = defines(question, text);
        if let Some(similarity) = &loaded.candidate.similarity {
            features[Feature::Hubness] = similarity.hubness.get(n).copied().unwrap_or(0.0);
            if let Some(cosine) = similarity.sentences.get(n).copied() {
                let normalised = self.sentence_cosines.normalise(cosine);
                features[Feature::Cosine] = cosine;
                features[Feature::SentenceSimilarity] = normalised;
                features[Feature::SemanticWhenUncovered] = normalised * (1.0 - self.max_coverage);
            }
        }
        features
    }
}

fn one_if(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

#[cfg(test)]
mod tests;
