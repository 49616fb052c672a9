//! Does a text hold a word of the question, or an official word for it?
//!
//! Five rules ask so, each with a threshold of its own; they stand here side by side.

use crate::{
    retrieval::understand::{SYNONYM_THRESHOLD, Synonym},
    text::segment,
};

/// A sentence holds a pair of the question when it holds an official word of any weight above this
/// ([`crate::retrieval::Hit::matched`]): such a word at least helps to find.
pub(crate) const HELPS_TO_FIND: f32 = 0.0;
/// A passage, or an answer, tells of a word when it holds an official word of at least this weight:
/// one that means the same.
pub const MEANS_THE_SAME: f32 = SYNONYM_THRESHOLD;
/// A word of at least this many characters leaves a trace in a passage by a pair of them …
pub(crate) const LONG_WORD: usize = 3;
/// … that counts so much in confidence.
pub(crate) const PAIR_TRACE: f32 = 0.5;

/// A text, asked for one word after another.
#[derive(Debug, Clone, Copy)]
pub struct TextMatch<'a>(&'a str);

impl<'a> TextMatch<'a> {
    /// Of a folded text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// True when it holds the word itself.
    #[must_use]
    pub fn is_exact(self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// The weight of the best of `synonyms` that it holds; 0 when it holds none.
    #[must_use]
    pub fn best_synonym<'s>(self, synonyms: impl IntoIterator<Item = &'s Synonym>) -> f32 {
        synonyms
            .into_iter()
            .filter(|synonym| self.0.contains(synonym.word.as_str()))
            .map(|synonym| synonym.weight)
            .fold(0.0, f32::max)
    }

    /// True when it holds one of `synonyms` that means the same.
    #[must_use]
    pub fn holds_equivalent<'s>(self, synonyms: impl IntoIterator<Item = &'s Synonym>) -> bool {
        self.best_synonym(synonyms) >= MEANS_THE_SAME
    }

    /// The character pairs of `word` that it holds.
    #[must_use]
    pub fn pairs(self, word: &str) -> usize {
        let pairs = segment::bigrams(word);
        let held = pairs.iter().filter(|pair| self.0.contains(pair.of(word)));
        held.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::testing::{everyday, near};

    #[test]
    fn a_text_holds_a_word_itself_by_a_synonym_or_by_pairs() {
        let text = TextMatch::new("实施供水管网工程");
        assert!(text.is_exact("供水") && !text.is_exact("水供"));
        let synonyms = everyday("自来水", &[("供水", 0.7), ("管网", 0.4), ("水厂", 0.9)]).synonyms;
        assert!(near(text.best_synonym(&synonyms), 0.7), "水厂 is not there");
        assert!(near(text.best_synonym(&synonyms[2..]), 0.0));
        assert!(text.holds_equivalent(&synonyms));
        assert!(
            !text.holds_equivalent(&synonyms[1..]),
            "管网 only helps to find"
        );
        assert_eq!(text.pairs("供水管道"), 2);
        assert_eq!(text.pairs("学校"), 0);
    }

    #[test]
    fn the_thresholds_are_those_that_were_measured() {
        assert!(near(MEANS_THE_SAME, 0.6) && near(HELPS_TO_FIND, 0.0));
        assert!(LONG_WORD == 3 && near(PAIR_TRACE, 0.5));
    }
}
