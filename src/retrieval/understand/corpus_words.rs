//! The words of the corpus by how they sound and look.

use std::{cmp::Reverse, ops::Range};

use crate::text::{han::is_han, pinyin};

/// Words longer than this, in characters, are not looked up by sound.
pub(super) const LONGEST: usize = 8;

/// The words of a corpus, by how they sound and look.
#[derive(Debug, Default)]
pub(crate) struct CorpusWords {
    /// With the number of times each occurs.
    words: Vec<(String, u32)>,
    /// Those of two characters or more.
    by_text: Index,
    /// The most frequent one of these letters, see [`Self::by_letters`].
    by_letters: Index,
    /// Blurred syllables, each with a space behind it.
    by_sound: Index,
    /// 覆?率 → 覆盖率
    by_shape: Index,
}

impl CorpusWords {
    /// Of words, each once, with the number of times they occur; those with digits or Latin letters are
    /// passed over.
    pub(crate) fn new(words: impl IntoIterator<Item = (String, u32)>) -> Self {
        let words = words.into_iter();
        let mut words: Vec<_> = words.filter(|(word, _)| is_read(word)).collect();
        words.shrink_to_fit();
        let numbered = || (0..).zip(words.iter().map(|(word, _)| word.as_str()));
        let longer = || numbered().filter(|(_, word)| word.chars().nth(1).is_some());
        let long = || longer().filter(|(_, word)| word.chars().nth(2).is_some());

        let letters = numbered().filter_map(|(n, word)| Some((letters_of(word)?, n)));
        let mut letters: Vec<(String, u32)> = letters.collect();
        let count = |n: u32| words.get(n as usize).map(|(_, count)| *count);
        letters.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(Reverse(count(a.1)).cmp(&Reverse(count(b.1))))
        });
        letters.dedup_by(|a, b| a.0 == b.0);

        let sounds = longer().map(|(n, word)| (sound_key(&pinyin::blurred(word)), n));
        let shapes = long().flat_map(|(n, word)| shapes(word).into_iter().map(move |it| (it, n)));
        Self {
            by_text: Index::new(longer().map(|(n, word)| (word.to_owned(), n))),
            by_letters: Index::new(letters),
            by_sound: Index::new(sounds),
            by_shape: Index::new(shapes),
            words,
        }
    }

    /// True for a word of two characters or more.
    pub(super) fn has(&self, word: &str) -> bool {
        self.by_text.find(word).next().is_some()
    }

    /// fugailv → 覆盖率 and how often it occurs: the most frequent word of that sound; words of one character
    /// included.
    pub(super) fn by_letters(&self, letters: &str) -> Option<&(String, u32)> {
        self.found(&self.by_letters, letters).next()
    }

    /// The words of these blurred syllables, with how often each occurs.
    pub(super) fn by_sound(&self, sound: &[String]) -> impl Iterator<Item = &(String, u32)> {
        self.found(&self.by_sound, &sound_key(sound))
    }

    /// The words of this shape ([`shapes`]), with how often each occurs.
    pub(super) fn by_shape(&self, shape: &str) -> impl Iterator<Item = &(String, u32)> {
        self.found(&self.by_shape, shape)
    }

    fn found(&self, index: &Index, key: &str) -> impl Iterator<Item = &(String, u32)> + use<'_> {
        let found: Vec<u32> = index.find(key).collect();
        found.into_iter().filter_map(|n| self.words.get(n as usize))
    }
}

pub(super) fn is_short_and_han(word: &str) -> bool {
    word.chars().count() <= LONGEST && word.chars().all(is_han)
}

/// The letters that `word` is typed with.
pub(super) fn letters_of(word: &str) -> Option<String> {
    let letters = pinyin::syllables(word).concat();
    // A single letter is a syllable as well (a, e, o), and the end of any English word.
    (letters.len() >= 2).then_some(letters)
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

fn is_read(word: &str) -> bool {
    !word.is_empty() && is_short_and_han(word)
}

fn sound_key(sound: &[String]) -> String {
    sound.iter().flat_map(|part| [part.as_str(), " "]).collect()
}

/// Numbers of words by key, in one text: a tenth of what a map takes.
#[derive(Debug, Default)]
struct Index {
    /// All keys in a row.
    keys: Box<str>,
    /// Where each key ends, and the word; ascending by key and number.
    entries: Box<[(u32, u32)]>,
}

impl Index {
    fn new(entries: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut all: Vec<(String, u32)> = entries.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        let mut keys = String::with_capacity(all.iter().map(|(key, _)| key.len()).sum());
        let mut ends = Vec::with_capacity(all.len());
        for (key, word) in all {
            keys.push_str(&key);
            ends.push((u32::try_from(keys.len()).unwrap_or(u32::MAX), word));
        }
        Self {
            keys: keys.into(),
            entries: ends.into(),
        }
    }

    fn key(&self, n: usize) -> &str {
        let end = |n: usize| self.entries.get(n).map_or(0, |(end, _)| *end as usize);
        let start = n.checked_sub(1).map_or(0, end);
        self.keys.get(start..end(n)).unwrap_or_default()
    }

    /// The first of the entries in `range` that `is_below` does not hold for.
    fn first(&self, range: Range<usize>, is_below: impl Fn(&str) -> bool) -> usize {
        let Range { mut start, mut end } = range;
        while start < end {
            let middle = usize::midpoint(start, end);
            if is_below(self.key(middle)) {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    /// The words with this key, ascending.
    fn find(&self, key: &str) -> impl Iterator<Item = u32> {
        let all = self.entries.len();
        let start = self.first(0..all, |other| other < key);
        let end = self.first(start..all, |other| other <= key);
        self.entries[start..end].iter().map(|(_, word)| *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_finds_all_words_of_a_key_in_order_and_none_of_another() {
        let entries = [("乙", 3), ("甲", 2), ("乙", 1), ("甲乙", 0), ("乙", 3)];
        let index = Index::new(entries.map(|(key, word)| (key.to_owned(), word)));
        let found = |key| index.find(key).collect::<Vec<_>>();
        assert_eq!(found("乙"), [1, 3]);
        assert_eq!((found("甲"), found("甲乙")), (vec![2], vec![0]));
        for other in ["", "丙", "甲乙丙"] {
            assert!(found(other).is_empty(), "{other}");
        }
        assert_eq!(Index::default().find("甲").count(), 0);
    }

    #[test]
    fn of_words_that_sound_alike_the_most_frequent_is_read_and_the_first_of_those() {
        let words = [("供水", 2), ("攻水", 5), ("宫水", 5), ("修", 9), ("a股", 9)];
        let corpus = CorpusWords::new(words.map(|(word, count)| (word.to_owned(), count)));
        let read = |letters| corpus.by_letters(letters).map(|(word, _)| word.as_str());
        assert_eq!((read("gongshui"), read("xiu")), (Some("攻水"), Some("修")));
        let sound = pinyin::blurred("供水");
        let alike = corpus.by_sound(&sound);
        let alike: Vec<&str> = alike.map(|(word, _)| word.as_str()).collect();
        assert_eq!(alike, ["供水", "攻水", "宫水"]);
        assert!(corpus.has("供水") && !corpus.has("修") && !corpus.has("a股"));
    }
}
