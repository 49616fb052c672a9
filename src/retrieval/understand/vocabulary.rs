//! The words of the corpus by how they sound and look.

use std::collections::{HashMap, HashSet};

use crate::text::{han::is_han, pinyin};

/// Words longer than this, in characters, are not looked up by sound.
pub(super) const LONGEST: usize = 8;

/// The corpus' words, by how they sound and look.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    pub(super) words: HashSet<String>,
    /// fugailv → 覆盖率, the most frequent word of that sound; words of one character included.
    pub(super) by_letters: HashMap<String, (String, u32)>,
    /// Blurred syllables → words.
    pub(super) by_sound: HashMap<Vec<String>, Vec<(String, u32)>>,
    /// The lexicon's words, which people type rather than what else sounds alike.
    pub(super) everyday: HashSet<String>,
    /// 覆?率 → 覆盖率
    pub(super) by_shape: HashMap<String, Vec<(String, u32)>>,
}

impl Vocabulary {
    /// Takes words with the number of times they occur, the lexicon's, and words that questions use but
    /// nothing is corrected to; words with digits or Latin letters are passed over.
    pub(crate) fn new(
        words: impl IntoIterator<Item = (String, u32)>,
        everyday: impl IntoIterator<Item = String>,
        asked: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut vocabulary = Self::default();
        for (word, count) in words {
            let length = word.chars().count();
            if !(1..=LONGEST).contains(&length) || !word.chars().all(is_han) {
                continue;
            }
            vocabulary.insert_letters(&word, count);
            if length > 1 {
                vocabulary.insert(&word, count);
            }
        }
        let is_word = |word: &String| word.chars().count() <= LONGEST && word.chars().all(is_han);
        for word in asked.into_iter().filter(is_word) {
            vocabulary.insert_letters(&word, 1);
        }
        for word in everyday.into_iter().filter(is_word) {
            vocabulary.insert_letters(&word, 1);
            let sound = pinyin::blurred(&word);
            // Two characters are little evidence: only what the corpus writes.
            if word.chars().nth(2).is_some() && !vocabulary.words.contains(&word) {
                let alike = vocabulary.by_sound.entry(sound).or_default();
                alike.push((word.clone(), 0));
            }
            vocabulary.everyday.insert(word);
        }
        vocabulary
    }

    fn insert_letters(&mut self, word: &str, count: u32) {
        let letters = pinyin::syllables(word).concat();
        // A single letter is a syllable as well (a, e, o), and the end of any English word.
        if letters.len() < 2 {
            return;
        }
        let best = self
            .by_letters
            .entry(letters)
            .or_insert_with(|| (word.to_owned(), count));
        if count > best.1 {
            *best = (word.to_owned(), count);
        }
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
        let asked = ["多少".to_owned(), "啥".to_owned()];
        Self::new(words.chain(single), ["公租房".to_owned()], asked)
    }
}
