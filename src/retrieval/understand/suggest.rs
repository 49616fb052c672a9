//! Completes terms while they are typed: by a part of the name, by pinyin, by first letters.

use super::glossary::numerals;
use crate::{
    corpus::DocumentInfo,
    text::{normalize, pinyin},
};

/// Characters of the end of what was typed that may begin a term (什么是三抓 → 三抓三促).
const TAIL: usize = 12;

/// A term offered for what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Index of the document in the corpus.
    pub document: usize,
    /// Index of the term in the document.
    pub term: usize,
    /// The name that matched, without quotes, as in the report.
    pub name: String,
}

/// What a name or topic is completed by.
#[derive(Debug, Clone)]
pub struct Key {
    /// Folded, digits for numerals, letters and digits only.
    text: String,
    /// yihesandai
    letters: String,
    /// yhsd
    initials: String,
}

impl Key {
    /// The key of a name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let text = Self::typed(name);
        let syllables = pinyin::syllables(&text);
        Self {
            letters: syllables.concat(),
            initials: syllables.iter().filter_map(|s| s.chars().next()).collect(),
            text,
        }
    }

    /// What was typed, as keys are compared with it.
    #[must_use]
    pub fn typed(typed: &str) -> String {
        numerals(&normalize::fold(typed))
    }

    /// How far what was [typed](Self::typed) is from this; `None` when it does not lead here.
    #[must_use]
    pub fn distance(&self, typed: &str) -> Option<usize> {
        distance(self, typed)
    }
}

#[derive(Debug, Clone)]
struct Name {
    suggestion: Suggestion,
    key: Key,
    /// Passages that use the term.
    uses: usize,
}

/// The names of all terms of a corpus.
#[derive(Debug, Clone, Default)]
pub struct Suggestions {
    /// Newest document first, then in glossary order.
    names: Vec<Name>,
}

impl Suggestions {
    /// Collects the aliases of every glossary.
    #[must_use]
    pub fn new(documents: &[DocumentInfo]) -> Self {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(documents[*at].meta.year));
        let mut names = Vec::new();
        for document in order {
            for (term, entry) in documents[document].terms.iter().enumerate() {
                for alias in &entry.aliases {
                    names.push(Name {
                        suggestion: Suggestion {
                            document,
                            term,
                            name: normalize::strip_quotes(alias),
                        },
                        key: Key::new(alias),
                        uses: entry.used_in.len(),
                    });
                }
            }
        }
        Self { names }
    }

    /// The terms that `typed` may become, best first, each term once, at most `limit`; those used
    /// most when nothing is typed.
    #[must_use]
    pub fn find(&self, typed: &str, limit: usize) -> Vec<&Suggestion> {
        let typed = Key::typed(typed);
        let mut ranked: Vec<(usize, &Name)> = if typed.is_empty() {
            self.names
                .iter()
                .map(|name| (usize::MAX - name.uses, name))
                .collect()
        } else {
            self.names
                .iter()
                .filter_map(|name| Some((name.key.distance(&typed)?, name)))
                .collect()
        };
        // Stable: the newest document and the glossary's order decide between equals.
        ranked.sort_by_key(|(distance, name)| (*distance, name.key.text.len()));
        let mut kept: Vec<&Suggestion> = Vec::new();
        for (_, name) in ranked {
            let of = |s: &Suggestion| (s.document, s.term);
            if kept.len() < limit && !kept.iter().any(|other| of(other) == of(&name.suggestion)) {
                kept.push(&name.suggestion);
            }
        }
        kept
    }
}

/// How far `typed` is from `name`; `None` when it does not lead there.
fn distance(name: &Key, typed: &str) -> Option<usize> {
    if typed.is_ascii() {
        return by_letters(name, typed);
    }
    if name.text.starts_with(typed) {
        return Some(0);
    }
    if name.text.contains(typed) {
        return Some(10);
    }
    // The longest end of what was typed that begins the name: the longer, the nearer.
    let starts: Vec<usize> = typed.char_indices().map(|(at, _)| at).collect();
    let tails = starts.len().saturating_sub(TAIL)..starts.len().saturating_sub(1);
    tails
        .map(|from| &typed[starts[from]..])
        .find(|tail| name.text.starts_with(tail))
        .map(|tail| 20 + TAIL - tail.chars().count())
}

/// Letters alone are pinyin: at least two, so that a single letter does not offer everything.
fn by_letters(name: &Key, typed: &str) -> Option<usize> {
    if name.text.starts_with(typed) {
        return Some(0); // 5G+
    }
    if typed.len() < 2 {
        return None;
    }
    if name.letters.starts_with(typed) || name.initials.starts_with(typed) {
        return Some(1);
    }
    (typed.len() >= 4 && name.letters.contains(typed)).then_some(11)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;

    fn names(typed: &str) -> Vec<String> {
        let loaded = corpus::embedded().expect("the shipped corpus loads");
        let library = corpus::Library::new(loaded.corpus);
        let suggestions = Suggestions::new(library.documents());
        let found = suggestions.find(typed, 5);
        found.into_iter().map(|s| s.name.clone()).collect()
    }

    #[test]
    fn a_term_is_found_by_its_beginning_and_by_its_middle() {
        assert_eq!(names("三抓")[0], "三抓三促");
        assert_eq!(names("抓三促")[0], "三抓三促");
    }

    #[test]
    fn a_term_is_found_by_pinyin_by_first_letters_and_in_the_other_script() {
        for typed in ["sanzhuasan", "szsc", "三抓三"] {
            assert_eq!(names(typed)[0], "三抓三促", "{typed}");
        }
        assert_eq!(names("包抓聯")[0], "包抓联");
    }

    #[test]
    fn the_end_of_an_unfinished_question_counts() {
        assert_eq!(names("什么是三抓")[0], "三抓三促");
        assert!(names("今年修哪几条高速").is_empty());
    }

    #[test]
    fn nothing_typed_offers_what_is_used_most_and_every_term_once() {
        let offered = names("");
        assert_eq!(offered.len(), 5);
        assert!(names("z").is_empty());
    }
}
