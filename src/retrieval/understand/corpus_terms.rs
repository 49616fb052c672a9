//! Which words and character pairs a corpus holds.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::text::segment;

/// The words and character pairs of all passages; says whether a text is made of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct CorpusTerms {
    /// Ascending, each once.
    codes: Box<[u64]>,
}

/// Terms, one after another.
#[derive(Debug, Default)]
pub(crate) struct CorpusTermsBuilder(Vec<u64>);

impl CorpusTermsBuilder {
    /// Adds a word or a pair.
    pub(crate) fn add(&mut self, term: &str) {
        self.0.push(code(term));
    }

    /// All that were added.
    pub(crate) fn build(mut self) -> CorpusTerms {
        self.0.sort_unstable();
        self.0.dedup();
        CorpusTerms {
            codes: self.0.into(),
        }
    }
}

impl CorpusTerms {
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

/// Up to three characters in a number of their own; a hash of what is longer.
fn code(term: &str) -> u64 {
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
        let mut builder = CorpusTermsBuilder::default();
        for term in terms {
            builder.add(term);
        }
        builder.build()
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
