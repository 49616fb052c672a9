//! The words of the corpus and of the lists by how they sound and look.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use super::corpus_words::{CorpusWords, is_short_and_han, letters_of};
use crate::text::pinyin;

/// All words that people may mean: those of the corpus and of the lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    pub(super) corpus: Arc<CorpusWords>,
    /// Words of the lists, as [`CorpusWords::by_letters`].
    by_letters: HashMap<String, (String, u32)>,
    /// Longer words of the lexicon that the corpus lacks, as [`CorpusWords::by_sound`].
    by_sound: HashMap<Vec<String>, Vec<(String, u32)>>,
    /// The lexicon's words, which people type rather than what else sounds alike.
    pub(super) everyday: HashSet<String>,
}

impl Vocabulary {
    /// The words of a corpus, the lexicon's, and words that questions use but nothing is corrected to.
    pub(crate) fn new<'a>(
        corpus: Arc<CorpusWords>,
        everyday: impl IntoIterator<Item = &'a str>,
        asked: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        // The lists have no order of their own, and of words that sound alike the first counts.
        let sorted = |words: BTreeSet<&'a str>| words.into_iter().filter(|it| is_short_and_han(it));
        let mut vocabulary = Self {
            corpus,
            ..Self::default()
        };
        for word in sorted(asked.into_iter().collect()) {
            insert_letters(&mut vocabulary.by_letters, word, 1);
        }
        for word in sorted(everyday.into_iter().collect()) {
            insert_letters(&mut vocabulary.by_letters, word, 1);
            // Two characters are little evidence: only what the corpus writes.
            if word.chars().nth(2).is_some() && !vocabulary.is_of_corpus(word) {
                let alike = vocabulary.by_sound.entry(pinyin::blurred(word));
                alike.or_default().push((word.to_owned(), 0));
            }
            vocabulary.everyday.insert(word.to_owned());
        }
        vocabulary
    }

    /// True for a word of the corpus of two characters or more.
    pub(super) fn is_of_corpus(&self, word: &str) -> bool {
        self.corpus.has(word)
    }

    /// fugailv → 覆盖率 and how often it occurs: the most frequent word of that sound; words of one character
    /// included.
    pub(super) fn by_letters(&self, letters: &str) -> Option<&(String, u32)> {
        let of_corpus = self.corpus.by_letters(letters);
        of_corpus.or_else(|| self.by_letters.get(letters))
    }

    /// The words of these blurred syllables, with how often each occurs.
    pub(super) fn by_sound(&self, sound: &[String]) -> impl Iterator<Item = &(String, u32)> {
        let of_lists = self.by_sound.get(sound).into_iter().flatten();
        self.corpus.by_sound(sound).chain(of_lists)
    }

    /// The words of the corpus of this shape ([`shapes`](super::corpus_words::shapes)), with how often each occurs.
    pub(super) fn by_shape(&self, shape: &str) -> impl Iterator<Item = &(String, u32)> {
        self.corpus.by_shape(shape)
    }
}

fn insert_letters(words: &mut HashMap<String, (String, u32)>, word: &str, count: u32) {
    let Some(letters) = letters_of(word) else {
        return;
    };
    let best = words
        .entry(letters)
        .or_insert_with(|| (word.to_owned(), count));
    if count > best.1 {
        *best = (word.to_owned(), count);
    }
}

#[cfg(test)]
impl Vocabulary {
    /// Of some words of a report.
    pub(super) fn of_a_report() -> Self {
        let words = [
            "森林",
            "覆盖率",
            "旅游",
            "收入",
            "目标",
            "驿站",
            "马铃薯",
            "体育场地",
        ];
        let words = words.into_iter().map(|word| (word.to_owned(), 3));
        let single = [("修".to_owned(), 9), ("是".to_owned(), 9)];
        let corpus = CorpusWords::new(words.chain(single));
        Self::new(Arc::new(corpus), ["公租房"], ["多少", "啥"])
    }
}
