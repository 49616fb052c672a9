//! How much of a question a text covers, counted in inverse document frequency.

use super::{
    retrieved::Frequencies,
    text_match::{HELPS_TO_FIND, TextMatch},
};
use crate::retrieval::understand::{Expansion, QueryTerm, Synonym, Understanding};

/// One term of the question with what it weighs.
#[derive(Debug)]
struct WeightedTerm {
    text: String,
    /// Inverse document frequency × weight of the term.
    weight: f32,
    /// Index into [`Coverage::synonyms`].
    synonyms: Option<usize>,
}

/// The question's terms, ready to be looked for in many texts.
#[derive(Debug)]
pub(crate) struct Coverage {
    bigrams: Vec<WeightedTerm>,
    words: Vec<WeightedTerm>,
    /// Official words for each everyday word of the question.
    synonyms: Vec<Vec<Synonym>>,
    content: Vec<char>,
}

impl Coverage {
    /// Of a question, with the document frequencies of its terms.
    pub(crate) fn new(question: &Understanding, frequencies: &Frequencies) -> Self {
        let expansions = question.expansions();
        let weighted =
            |term: &QueryTerm, idf: f32, stands_for: &dyn Fn(&Expansion) -> bool| WeightedTerm {
                text: term.text.clone(),
                weight: idf * term.weight,
                synonyms: expansions.iter().position(stands_for),
            };
        let bigrams = question.bigrams().iter().enumerate().map(|(n, term)| {
            let holds = |everyday: &Expansion| everyday.bigrams.contains(&term.text);
            weighted(term, frequencies.bigram_idf(n), &holds)
        });
        let words = question.words().iter().enumerate().map(|(n, term)| {
            let holds = |everyday: &Expansion| everyday.typed.contains(&term.text);
            weighted(term, frequencies.word_idf(n), &holds)
        });
        let synonyms = expansions.iter();
        Self {
            bigrams: bigrams.collect(),
            words: words.collect(),
            synonyms: synonyms.map(|everyday| everyday.synonyms.clone()).collect(),
            content: question.content().chars().collect(),
        }
    }

    /// Share of the idf of the question's pairs that `text` holds, 0 to 1.
    pub(crate) fn of_pairs(&self, text: &str) -> f32 {
        self.share(&self.bigrams, text)
    }

    /// The same for its words.
    pub(crate) fn of_words(&self, text: &str) -> f32 {
        self.share(&self.words, text)
    }

    /// Share of the weight of `terms` that `text` holds; an official word in place of the everyday
    /// one counts by its weight.
    fn share(&self, terms: &[WeightedTerm], text: &str) -> f32 {
        let total: f32 = terms.iter().map(|term| term.weight).sum();
        if total <= 0.0 {
            return 0.0;
        }
        let text = TextMatch::new(text);
        let by_synonym: Vec<f32> = self
            .synonyms
            .iter()
            .map(|synonyms| text.best_synonym(synonyms))
            .collect();
        let held: f32 = terms
            .iter()
            .map(|term| {
                let by_synonym = term.synonyms.map_or(0.0, |n| by_synonym[n]);
                let held = if text.is_exact(&term.text) {
                    1.0
                } else {
                    by_synonym
                };
                held * term.weight
            })
            .sum();
        held / total
    }

    /// Length in characters of the longest stretch of content that `text` holds, as a share of the
    /// longest stretch there is.
    pub(crate) fn longest_match(&self, text: &str) -> f32 {
        let mut best = 0;
        let mut longest = 0;
        for stretch in self.content.split(|c| !c.is_alphanumeric()) {
            longest = longest.max(stretch.len());
            for start in 0..stretch.len() {
                while start + best < stretch.len() {
                    let piece: String = stretch[start..=start + best].iter().collect();
                    if !text.contains(&piece) {
                        break;
                    }
                    best += 1;
                }
            }
        }
        // One shared character says nothing.
        if best < 2 { 0.0 } else { ratio(best, longest) }
    }

    /// Indices of the pairs that `text` holds, in themselves or by an official word.
    pub(crate) fn matched(&self, text: &str) -> Vec<usize> {
        let text = TextMatch::new(text);
        let held = |term: &WeightedTerm| {
            let by_synonym = |n: usize| text.best_synonym(&self.synonyms[n]) > HELPS_TO_FIND;
            text.is_exact(&term.text) || term.synonyms.is_some_and(by_synonym)
        };
        (0..self.bigrams.len())
            .filter(|n| held(&self.bigrams[*n]))
            .collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths of questions")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        part as f32 / whole as f32
    }
}

#[cfg(test)]
mod tests;
