//! Is a hit worth reading? Whether the best may stand as the answer, and whether another belongs
//! beside it.
//!
//! Two logistic regressions on features that a score does not see: how rare what is shared with the
//! question is in reports of any place, and whether a hit speaks of what the first one does.
//! `docs/quality.md` says on what they were fitted.

use super::{
    features::Feature,
    numbers::numbers,
    request::SearchRequest,
    retrieved::Retrieved,
    score::Hit,
    sentence_words::SentenceWords,
    text_match::{LONG_WORD, MEANS_THE_SAME, PAIR_TRACE, TextMatch},
};
use crate::{
    corpus::{FoldedPassage, Period},
    retrieval::understand::{Synonym, Understanding, rarity},
};

numbers! {
    /// What the relevance of a hit rests on.
    RelevanceFeature;
    /// A number for each relevance feature: its values for one hit, or the coefficients of a logistic
    /// regression.
    RelevanceFeatures;
    /// Always 1.
    Bias = "bias";
    /// Share of the question's rarity that one clause of the sentence holds.
    ClauseCoverage = "clause_coverage";
    /// The same for the sentence.
    SentenceCoverage = "sentence_coverage";
    /// Rarity of the rarest word that question and sentence share.
    RarestShared = "rarest_shared";
    /// By how many standard deviations the cosine is above the mean of all candidates' sentences, by
    /// three; 0 without a model.
    CosineSpread = "cosine_spread";
    /// Score, as a share of the best hit's.
    ScoreShare = "score_share";
    /// A tenth of the score.
    Score = "score";
    /// 1 for a plan beside a result, or a result beside a plan.
    OtherPeriod = "other_period";
    /// Mean rarity of the three rarest words that the sentence shares with the best hit's.
    Agreement = "agreement";
    /// 1 for an item of the livelihood list.
    LivelihoodItem = "livelihood_item";
    /// Weight of the best official word that the sentence holds for an everyday word of the question.
    LexiconLink = "lexicon_link";
}

impl RelevanceFeatures {
    /// Between 0 and 1, by these coefficients.
    #[must_use]
    pub fn probability(&self, coefficients: &Self) -> f32 {
        1.0 / (1.0 + (-self.dot(coefficients)).exp())
    }
}

/// Words shared with the best hit that count in its agreement.
const AGREEING: usize = 3;
/// An official word that only helps to find counts this much of its weight.
const HELPS: f32 = 0.8;

/// A word of the question with its official words.
struct Word<'a> {
    text: &'a str,
    /// Rarity × weight.
    weight: f32,
    synonyms: Vec<&'a Synonym>,
}

impl Word<'_> {
    /// How much of it `text` holds: 1 for the word or one that means the same.
    fn held_by(&self, text: &str) -> f32 {
        let folded = TextMatch::new(text);
        if folded.is_exact(self.text) {
            return 1.0;
        }
        let synonym = folded.best_synonym(self.synonyms.iter().copied());
        if synonym >= MEANS_THE_SAME {
            return 1.0;
        }
        let long = self.text.chars().count() >= LONG_WORD;
        let pair = if long && folded.pairs(self.text) > 0 {
            PAIR_TRACE
        } else {
            0.0
        };
        pair.max(synonym * HELPS)
    }
}

/// The words of a question, everyday ones with what officials call them.
fn words(question: &Understanding) -> Vec<Word<'_>> {
    let expansions = question.expansions();
    let mut words: Vec<Word<'_>> = question
        .words()
        .iter()
        .map(|word| {
            let everyday = expansions.iter().filter(|everyday| {
                everyday.typed.contains(&word.text) || word.text.contains(&everyday.typed)
            });
            Word {
                text: &word.text,
                weight: rarity(&word.text) * word.weight,
                synonyms: everyday.flat_map(|everyday| &everyday.synonyms).collect(),
            }
        })
        .collect();
    for everyday in expansions {
        let typed = everyday.typed.as_str();
        let is_word = |word: &Word<'_>| typed.contains(word.text) || word.text.contains(typed);
        if !words.iter().any(is_word) {
            words.push(Word {
                text: typed,
                weight: rarity(typed),
                synonyms: everyday.synonyms.iter().collect(),
            });
        }
    }
    words
}

/// Mean and standard deviation of the cosines of all candidates' sentences; `None` without a model.
fn spread(retrieved: &Retrieved) -> Option<(f32, f32)> {
    let similar = retrieved.candidates.iter();
    let similar = similar.filter_map(|candidate| candidate.similarity.as_ref());
    let cosines: Vec<f32> = similar
        .flat_map(|similarity| similarity.sentences.iter().copied())
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "some hundred sentences")]
    let count = cosines.len() as f32;
    let mean = cosines.iter().sum::<f32>() / count;
    let variance = cosines.iter().map(|c| (c - mean).powi(2)).sum::<f32>() / count;
    let deviation = variance.sqrt();
    (deviation > f32::EPSILON).then_some((mean, deviation))
}

/// What relevance is told from for the hits of one search.
pub(crate) struct Relevance<'a> {
    words: Vec<Word<'a>>,
    /// Weight of all of them.
    all: f32,
    spread: Option<(f32, f32)>,
    best: &'a Hit,
    /// Words of the best hit's sentence, sorted.
    told: Vec<&'a str>,
    sentence_words: &'a SentenceWords,
}

impl<'a> Relevance<'a> {
    /// Of a request, what was retrieved for it, the best hit and its passage.
    pub(crate) fn new(
        request: &'a SearchRequest,
        retrieved: &Retrieved,
        best: &'a Hit,
        passage: &'a FoldedPassage,
        sentence_words: &'a SentenceWords,
    ) -> Self {
        let sentence = passage.sentence(best.sentence);
        let told = sentence_words.of(best.at, best.sentence, sentence);
        let words = words(request.question());
        Self {
            all: words.iter().map(|word| word.weight).sum(),
            words,
            spread: spread(retrieved),
            best,
            told: told.iter().map(|word| word.of(sentence)).collect(),
            sentence_words,
        }
    }

    /// Of one hit, and its passage; one that is read `below` its title says what the title says.
    pub(crate) fn of(&self, hit: &Hit, passage: &FoldedPassage, below: bool) -> RelevanceFeatures {
        let sentence = passage.sentence(hit.sentence);
        let whole = below.then(|| format!("{},{sentence}", passage.path()));
        let read = whole.as_deref().unwrap_or(sentence);
        // What the sentence does not hold, none of its clauses does.
        let held = self.words.iter();
        let held: Vec<(&Word<'_>, f32)> = held
            .map(|word| (word, word.weight * word.held_by(read)))
            .filter(|(_, held)| *held > 0.0)
            .collect();
        let clauses = read.split([',', ';', ':', '。', '!', '?', '、']);
        let clause = clauses.map(|clause| {
            let held = held.iter();
            self.share(held.map(|(word, _)| word.weight * word.held_by(clause)))
        });
        let shared = held.iter().map(|(_, held)| *held);
        let cosine = hit.features[Feature::Cosine];
        let above = self
            .spread
            .map_or(0.0, |(mean, deviation)| (cosine - mean) / deviation);
        let positive = |score: f32| score.max(f32::EPSILON);
        let other = matches!(
            (hit.period, self.best.period),
            (Period::Done(_), Period::Planned(_)) | (Period::Planned(_), Period::Done(_))
        );
        RelevanceFeatures::of([
            (RelevanceFeature::Bias, 1.0),
            (RelevanceFeature::ClauseCoverage, clause.fold(0.0, f32::max)),
            (
                RelevanceFeature::SentenceCoverage,
                self.share(shared.clone()),
            ),
            (RelevanceFeature::RarestShared, shared.fold(0.0, f32::max)),
            (RelevanceFeature::CosineSpread, above / 3.0),
            (
                RelevanceFeature::ScoreShare,
                hit.score / positive(self.best.score),
            ),
            (RelevanceFeature::Score, hit.score / 10.0),
            (RelevanceFeature::OtherPeriod, f32::from(u8::from(other))),
            (RelevanceFeature::Agreement, self.agreement(hit, sentence)),
            (
                RelevanceFeature::LivelihoodItem,
                hit.features[Feature::LivelihoodItem],
            ),
            (RelevanceFeature::LexiconLink, self.link(read)),
        ])
    }

    /// What is `held`, as a share of the rarity of the question's words.
    fn share(&self, held: impl Iterator<Item = f32>) -> f32 {
        let held = held.fold(0.0, |sum, held| sum + held);
        if self.all > 0.0 { held / self.all } else { 0.0 }
    }

    fn link(&self, sentence: &str) -> f32 {
        let synonyms = self.words.iter().flat_map(|word| &word.synonyms);
        TextMatch::new(sentence).best_synonym(synonyms.copied())
    }

    fn agreement(&self, hit: &Hit, sentence: &str) -> f32 {
        let words = self.sentence_words.of(hit.at, hit.sentence, sentence);
        let words = words.iter().map(|word| word.of(sentence));
        let shared = words.filter(|word| self.told.binary_search(word).is_ok());
        let mut rarities: Vec<f32> = shared.map(rarity).collect();
        rarities.sort_by(|a, b| b.total_cmp(a));
        let best: f32 = rarities.iter().take(AGREEING).sum();
        #[expect(clippy::cast_precision_loss, reason = "it is three")]
        let of = AGREEING as f32;
        best / of
    }
}
