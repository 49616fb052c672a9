//! Corrects typing mistakes by the words of the corpus.
//!
//! Most mistakes in Chinese typing are homophones, because people type sounds; a word that occurs
//! nowhere in the corpus is replaced by one that does, or that the lexicon has, and sounds the same (or,
//! from three characters on, differs in one character).

use super::{corpus_words::shapes, vocabulary::Vocabulary};
use crate::text::{Span, han::is_han, pinyin};

/// What ends the name of a place, and particles.
const NAMES_AND_PARTICLES: [char; 14] = [
    '镇', '乡', '村', '县', '市', '区', '省', '州', '街', '路', '了', '的', '吗', '过',
];

/// A word with one of these is not told by its shape: 十四五 is no misspelt 十三五.
const NUMERALS: &str = "一二三四五六七八九十百千万亿两";

/// A spelling that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// As typed, folded.
    pub typed: String,
    /// As searched.
    pub searched: String,
}

impl Vocabulary {
    /// Replaces what occurs nowhere by what sounds or looks alike and does.
    ///
    /// `segments` are those of `folded`, each with whether the dictionary knows it: a known word
    /// that a replacement would cut in two is no mistake (厕所 in 改厕所一户). `holds` tells whether
    /// the corpus holds a pair of characters, `is_word` whether the dictionary knows a word: a real
    /// word that the report does not use is no mistake either.
    pub(crate) fn correct(
        &self,
        folded: &str,
        segments: &[(Span, bool)],
        holds: impl Fn(&str) -> bool,
        is_word: impl Fn(&str) -> bool,
        is_question_word: impl Fn(&str) -> bool,
        is_noun: impl Fn(&str) -> bool,
    ) -> (String, Vec<Correction>) {
        let mut chars: Vec<char> = folded.chars().collect();
        let mut corrections = Vec::new();
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
                // A name of a place that the corpus lacks is none misspelt, and 产了 is no 产量.
                let suspicious = !typed.ends_with(NAMES_AND_PARTICLES)
                    && window.iter().all(|c| is_han(*c))
                    && !cuts(start, start + length)
                    && !self.is_of_corpus(&typed)
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
                    corrections.push(Correction { typed, searched });
                    start += length;
                } else {
                    start += 1;
                }
            }
        }
        (chars.into_iter().collect(), corrections)
    }

    fn alike(&self, typed: &str, window: &[char]) -> Option<String> {
        let same = |word: &str| word.chars().zip(window).filter(|(a, b)| a == *b).count();
        let sound = pinyin::blurred(typed);
        let by_sound = self.by_sound(&sound).filter(|(word, _)| {
            let enough = if window.len() == 2 {
                // Two characters are little evidence: the very sound, and one of them right.
                same(word) == 1 && pinyin::syllables(word) == pinyin::syllables(typed)
            } else {
                same(word) * 2 >= window.len() - 1 && same(word) > 0
            };
            word.chars().count() == window.len() && enough
        });
        let best = by_sound.max_by_key(|(word, count)| (self.everyday.contains(word), *count));
        if let Some((word, _)) = best {
            return Some(word.clone());
        }
        if window.len() < 3 || window.iter().any(|c| NUMERALS.contains(*c)) {
            return None;
        }
        let shapes = shapes(typed);
        shapes
            .iter()
            .flat_map(|shape| self.by_shape(shape))
            .filter(|(word, _)| !word.chars().any(|c| NUMERALS.contains(c)) && window.len() >= 4)
            .max_by_key(|(_, count)| *count)
            .map(|(word, _)| word.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_homophone_is_corrected_and_a_real_word_is_not() {
        let correct = |text: &str| {
            let words = ["事实"];
            let vocabulary = Vocabulary::of_a_report();
            vocabulary.correct(
                text,
                &[],
                |pair| ["森林", "马铃", "劳动", "动者"].contains(&pair),
                |word| words.contains(&word),
                |_| false,
                |_| true,
            )
        };
        assert_eq!(correct("马铃署").0, "马铃薯");
        assert_eq!(correct("劳动者义站").0, "劳动者驿站");
        // The lexicon knows what the report does not write.
        assert_eq!(correct("公租方").0, "公租房");
        assert_eq!(correct("事实").1, []);
    }
}
