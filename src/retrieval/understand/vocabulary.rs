//! The words of the corpus by sound: reads whole-pinyin questions and mends typing mistakes.
//!
//! Most mistakes in Chinese typing are homophones, because people type sounds; a word that occurs
//! nowhere in the corpus is replaced by one that does and sounds the same (or, from three
//! characters on, differs in one character).

use std::collections::{HashMap, HashSet};

use crate::text::{Span, han::is_han, pinyin};

/// Words longer than this, in characters, are not looked up by sound.
const LONGEST: usize = 8;
/// Share of the letters of a pinyin question that must be understood.
const UNDERSTOOD: f32 = 0.85;

/// The corpus' words, by how they sound and look.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    words: HashSet<String>,
    /// fugailv → 覆盖率, the most frequent word of that sound; words of one character included.
    by_letters: HashMap<String, (String, u32)>,
    /// Blurred syllables → words.
    by_sound: HashMap<Vec<String>, Vec<(String, u32)>>,
    /// 覆?率 → 覆盖率
    by_shape: HashMap<String, Vec<(String, u32)>>,
}

/// A spelling that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// As typed, folded.
    pub typed: String,
    /// As searched.
    pub searched: String,
}

impl Vocabulary {
    /// Takes words with the number of times they occur, and words that questions use but nothing is
    /// mended to; words with digits or Latin letters are passed over.
    pub(crate) fn new(
        words: impl IntoIterator<Item = (String, u32)>,
        everyday: impl IntoIterator<Item = String>,
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
        for word in everyday {
            if word.chars().count() <= LONGEST && word.chars().all(is_han) {
                vocabulary.insert_letters(&word, 1);
            }
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

    /// Reads a question typed in pinyin; `None` when too little of it is understood, as in English.
    pub(crate) fn read_pinyin(&self, folded: &str) -> Option<String> {
        let letters: Vec<char> = folded
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| if c == 'ü' { 'v' } else { c })
            .collect();
        if letters.len() < 4 || folded.chars().any(is_han) {
            return None;
        }
        // Longest understood stretch, then fewest words, then most frequent words.
        let mut best: Vec<(usize, i64, Vec<String>)> = vec![(0, 0, Vec::new())];
        for end in 1..=letters.len() {
            let (understood, cost, words) = best[end - 1].clone();
            let mut here = (understood, cost + 10, words);
            if letters[end - 1].is_ascii_digit() {
                here.0 += 1;
                here.2.push(letters[end - 1].to_string());
            }
            for start in end.saturating_sub(6 * LONGEST)..end {
                let piece: String = letters[start..end].iter().collect();
                let Some((word, count)) = self.by_letters.get(&piece) else {
                    continue;
                };
                let (before, cost, words) = &best[start];
                let understood = before + (end - start);
                // One character alone is a guess among many of its sound.
                let guess = if word.chars().nth(1).is_none() { 60 } else { 0 };
                let cost = cost + 100 + guess - i64::from((*count).min(50));
                if (understood, -cost) > (here.0, -here.1) {
                    let mut words = words.clone();
                    words.push(word.clone());
                    here = (understood, cost, words);
                }
            }
            best.push(here);
        }
        let (understood, _, words) = best.pop()?;
        #[expect(clippy::cast_precision_loss, reason = "lengths of questions")]
        let share = understood as f32 / letters.len() as f32;
        // English falls into syllables as well (can she), hardly ever into words.
        let has_word = words.iter().any(|word| word.chars().nth(1).is_some());
        (share >= UNDERSTOOD && has_word).then(|| join(&words))
    }

    /// Replaces what occurs nowhere by what sounds or looks alike and does.
    ///
    /// `segments` are those of `folded`, each with whether the dictionary knows it: a known word
    /// that a replacement would cut in two is no mistake (厕所 in 改厕所一户). `holds` tells whether
    /// the corpus holds a pair of characters, `is_word` whether the dictionary knows a word: a real
    /// word that the report does not use is no mistake either.
    pub(crate) fn mend(
        &self,
        folded: &str,
        segments: &[(Span, bool)],
        holds: impl Fn(&str) -> bool,
        is_word: impl Fn(&str) -> bool,
        is_question_word: impl Fn(&str) -> bool,
        is_noun: impl Fn(&str) -> bool,
    ) -> (String, Vec<Mended>) {
        let mut chars: Vec<char> = folded.chars().collect();
        let mut mended = Vec::new();
        // Replacements are as long as what they replace, so that positions stay the same.
        let count = |until: usize| folded[..until].chars().count();
        let segments: Vec<(usize, usize, bool)> = segments
            .iter()
            .map(|(span, known)| (count(span.start), count(span.end), *known))
            .collect();
        let cuts = |start: usize, end: usize| {
            segments.iter().any(|(from, to, known)| {
                let inside = |at: usize| *from < at && at < *to;
                *known && (inside(start) || inside(end))
            })
        };
        // A character within a longer segment asks nothing: 弄 in 弄田.
        let alone = |at: usize| {
            let own = segments
                .iter()
                .find(|(from, to, _)| *from <= at && at < *to);
            own.is_none_or(|(from, to, _)| to - from == 1)
        };
        for length in (2..=6).rev() {
            let mut start = 0;
            while start + length <= chars.len() {
                let window = &chars[start..start + length];
                let typed: String = window.iter().collect();
                let suspicious = window.iter().all(|c| is_han(*c))
                    && !cuts(start, start + length)
                    && !self.words.contains(&typed)
                    && !is_word(&typed)
                    && window
                        .windows(2)
                        .any(|pair| !holds(&pair.iter().collect::<String>()))
                    && !window
                        .iter()
                        .enumerate()
                        .any(|(n, c)| alone(start + n) && is_question_word(&c.to_string()));
                let better = suspicious.then(|| self.alike(&typed, window)).flatten();
                // Two characters are little evidence: 乡上 is no misspelt 向上.
                let better = better.filter(|word| length > 2 || is_noun(word));
                if let Some(searched) = better {
                    chars.splice(start..start + length, searched.chars());
                    mended.push(Mended { typed, searched });
                    start += length;
                } else {
                    start += 1;
                }
            }
        }
        (chars.into_iter().collect(), mended)
    }

    fn alike(&self, typed: &str, window: &[char]) -> Option<String> {
        let same = |word: &str| word.chars().zip(window).filter(|(a, b)| a == *b).count();
        let by_sound = self
            .by_sound
            .get(&pinyin::blurred(typed))
            .into_iter()
            .flatten();
        let by_sound = by_sound.filter(|(word, _)| {
            let enough = if window.len() == 2 {
                // Two characters are little evidence: the very sound, and one of them right.
                same(word) == 1 && pinyin::syllables(word) == pinyin::syllables(typed)
            } else {
                same(word) * 2 >= window.len() - 1 && same(word) > 0
            };
            word.chars().count() == window.len() && enough
        });
        let best = by_sound.max_by_key(|(_, count)| *count);
        if let Some((word, _)) = best {
            return Some(word.clone());
        }
        if window.len() < 3 || window.iter().any(|c| is_numeral(*c)) {
            return None;
        }
        shapes(typed)
            .into_iter()
            .filter_map(|shape| self.by_shape.get(&shape))
            .flatten()
            .filter(|(word, _)| !word.chars().any(is_numeral) && window.len() >= 4)
            .max_by_key(|(_, count)| *count)
            .map(|(word, _)| word.clone())
    }
}

/// The word with each character in turn left open.
fn shapes(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    (0..chars.len())
        .map(|open| {
            let open_at = |n: usize| if n == open { '?' } else { chars[n] };
            (0..chars.len()).map(open_at).collect()
        })
        .collect()
}

/// Words in a row; digits stay together.
fn join(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(word);
    }
    text
}

const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
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
        Vocabulary::new(words.chain(single), ["多少".to_owned(), "啥".to_owned()])
    }

    #[test]
    fn a_pinyin_question_is_read() {
        let read = |text: &str| vocabulary().read_pinyin(text);
        assert_eq!(read("senlin fugailv").as_deref(), Some("森林覆盖率"));
        assert_eq!(
            read("lv you shou ru mu biao").as_deref(),
            Some("旅游收入目标")
        );
        assert_eq!(read("xiu yizhan duoshao").as_deref(), Some("修驿站多少"));
        assert_eq!(
            read("lvyou shouru shi sha").as_deref(),
            Some("旅游收入是啥")
        );
        assert_eq!(read("shi xiu sha"), None, "no word is understood");
        assert_eq!(read("tourism revenue"), None);
        assert_eq!(read("森林"), None);
    }

    #[test]
    fn a_homophone_is_mended_and_a_real_word_is_not() {
        let mend = |text: &str| {
            let words = ["事实"];
            let vocabulary = vocabulary();
            vocabulary.mend(
                text,
                &[],
                |pair| ["森林", "马铃", "劳动", "动者"].contains(&pair),
                |word| words.contains(&word),
                |_| false,
                |_| true,
            )
        };
        assert_eq!(mend("马铃署").0, "马铃薯");
        assert_eq!(mend("劳动者义站").0, "劳动者驿站");
        assert_eq!(mend("事实").1, []);
    }
}
