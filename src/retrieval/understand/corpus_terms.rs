//! Which words and character pairs a corpus holds.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::text::segment;

/// The words and character pairs of all passages; says whether a text is made of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct CorpusTerms {
    /// Ascending, each once.
    codes: Box<[u64]>,
}

impl CorpusTerms {
    /// Of words and pairs, told by their [`code`]s.
    pub(crate) fn new(mut codes: Vec<u64>) -> Self {
        codes.sort_unstable();
        codes.dedup();
        Self {
            codes: codes.into(),
        }
    }

    /// True when some passage holds the word or the pair.
    pub(crate) fn hold(&self, term: &str) -> bool {
        self.codes.binary_search(&code(term)).is_ok()
    }

    /// True when `text` is a word of some passage, or when passages hold each of its character
    /// pairs, as one that speaks of it surely does.
    pub(crate) fn speak_of(&self, text: &str) -> bool {
        let pairs = segment::bigrams(text);
        self.hold(text) || pairs.iter().all(|pair| self.hold(pair.of(text)))
    }
}

/// A number for a term: its own for up to three characters, a hash for what is longer.
pub(crate) fn code(term: &str) -> u64 {
    const CHAR_BITS: u32 = 21;
    const IS_HASH: u64 = 1 << 63;
    if term.chars().nth(3).is_none() {
        let chars = term.chars().map(u64::from);
        return chars.fold(0, |code, c| code << CHAR_BITS | c);
    }
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish() | IS_HASH
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(terms: &[&str]) -> CorpusTerms {
        CorpusTerms::new(terms.iter().map(|term| code(term)).collect())
    }

    #[test]
    fn a_corpus_holds_its_words_and_pairs_and_nothing_else() {
        let terms = of(&["供水", "水管", "管网", "供水管网", "5g基站"]);
        for held in ["供水", "供水管网", "5g基站"] {
            assert!(terms.hold(held), "{held}");
        }
        for other in ["水供", "供", "管网供水", "5g", ""] {
            assert!(!terms.hold(other), "{other}");
        }
    }

    #[test]
    fn a_corpus_speaks_of_what_it_holds_pair_by_pair() {
        let terms = of(&["供水", "水管", "管网", "桥"]);
        assert!(terms.speak_of("供水管网") && terms.speak_of("桥"));
        assert!(!terms.speak_of("供水工程"));
    }
}
