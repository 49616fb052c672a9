//! The words of the corpus by how they sound and look.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::text::{han::is_han, pinyin};

/// Words longer than this, in characters, are not looked up by sound.
pub(super) const LONGEST: usize = 8;

/// The words of a corpus, by how they sound and look.
#[derive(Debug, Default)]
pub(crate) struct CorpusWords {
    words: HashSet<String>,
    /// See [`Vocabulary::by_letters`].
    by_letters: HashMap<String, (String, u32)>,
    /// Blurred syllables → words.
    by_sound: HashMap<Vec<String>, Vec<(String, u32)>>,
    /// 覆?率 → 覆盖率
    by_shape: HashMap<String, Vec<(String, u32)>>,
}

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

impl CorpusWords {
    /// Of words with the number of times they occur; those with digits or Latin letters are passed over.
    pub(crate) fn new(words: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut own = Self::default();
        for (word, count) in words {
            if word.is_empty() || !is_short_and_han(&word) {
                continue;
            }
            insert_letters(&mut own.by_letters, &word, count);
            if word.chars().nth(1).is_some() {
                own.insert(&word, count);
            }
        }
        own
    }

    fn insert(&mut self, word: &str, count: u32) {
        if !self.words.insert(word.to_owned()) {
            return;
        }
        let sound = pinyin::blurred(word);
        self.by_sound
            .entry(sound)
            .or_default()
            .push((word.to_owned(), count));
        if word.chars().count() >= 3 {
            for shape in shapes(word) {
                self.by_shape
                    .entry(shape)
                    .or_default()
                    .push((word.to_owned(), count));
            }
        }
    }
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
        self.corpus.words.contains(word)
    }

    /// fugailv → 覆盖率 and how often it occurs: the most frequent word of that sound; words of one character
    /// included.
    pub(super) fn by_letters(&self, letters: &str) -> Option<&(String, u32)> {
        let of_corpus = self.corpus.by_letters.get(letters);
        of_corpus.or_else(|| self.by_letters.get(letters))
    }

    /// The words of these blurred syllables, with how often each occurs.
    pub(super) fn by_sound(&self, sound: &[String]) -> impl Iterator<Item = &(String, u32)> {
        let found = [&self.corpus.by_sound, &self.by_sound].map(|words| words.get(sound));
        found.into_iter().flatten().flatten()
    }

    /// The words of the corpus of this shape ([`shapes`]), with how often each occurs.
    pub(super) fn by_shape(&self, shape: &str) -> impl Iterator<Item = &(String, u32)> {
        self.corpus.by_shape.get(shape).into_iter().flatten()
    }
}

fn is_short_and_han(word: &str) -> bool {
    word.chars().count() <= LONGEST && word.chars().all(is_han)
}

fn insert_letters(words: &mut HashMap<String, (String, u32)>, word: &str, count: u32) {
    let letters = pinyin::syllables(word).concat();
    // A single letter is a syllable as well (a, e, o), and the end of any English word.
    if letters.len() < 2 {
        return;
    }
    let best = words
        .entry(letters)
        .or_insert_with(|| (word.to_owned(), count));
    if count > best.1 {
        *best = (word.to_owned(), count);
    }
}

/// The word with each character in turn left open.
pub(super) fn shapes(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    (0..chars.len())
        .map(|open| {
            let open_at = |n: usize| if n == open { '?' } else { chars[n] };
            (0..chars.len()).map(open_at).collect()
        })
        .collect()
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
