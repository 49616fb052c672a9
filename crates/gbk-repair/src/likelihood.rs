//! How likely it is that somebody wrote a stretch of Chinese.
//!
//! The cost of a text is that of its cheapest segmentation, in nats (negative log likelihood):
//! frequent words are cheap, rare characters expensive. `穩健向好` costs about 6 a character, `巴ㄎ键S` above 12.
//!
//! Three vocabularies are consulted, and the cheapest answer counts: jieba's dictionary, which knows
//! the language; the [`Idiom`], which knows what usually follows (脱贫人口 → 小额信贷); and the phrases
//! of the surrounding texts. Without the second, 人民义务植树 beats 全民义务植树.

use std::{cell::Cell, sync::LazyLock};

use crate::{
    grams::{Gram, Grams, LONGEST},
    idiom::Idiom,
    language::{LONGEST_WORD, is_han, language},
    phrases::Phrases,
};

/// Added to the cost of a word of several characters beyond what its frequency says: in the absence
/// of a real language model, this keeps two chance words from beating one good one.
const WORD: f32 = 1.0;

/// Added for a character that follows itself where the idiom does not double it (紧紧, 刚刚).
const TWICE: f32 = 2.0;

/// No character that costs more can be the outcome of a repair.
pub(crate) const IMPLAUSIBLE: f32 = 17.5;

/// Judges text by dictionary, idiom and the phrases of the surrounding texts.
pub(crate) struct Likelihood<'a> {
    /// The idiom it judges by.
    pub(crate) idiom: &'a Idiom,
    /// What the surrounding texts say.
    pub(crate) surroundings: &'a Phrases,
    /// Readings that a search has tried.
    pub(crate) tried: Cell<usize>,
}

impl<'a> Likelihood<'a> {
    /// A judge that also knows the phrases of `surroundings`.
    pub(crate) fn new(idiom: &'a Idiom, surroundings: &'a Phrases) -> Self {
        Self {
            idiom,
            surroundings,
            tried: Cell::new(0),
        }
    }

    /// A judge that knows no surroundings.
    pub(crate) fn alone(idiom: &'a Idiom) -> Self {
        static NONE: LazyLock<Phrases> = LazyLock::new(Phrases::none);
        Self::new(idiom, &NONE)
    }

    /// True when some vocabulary has the two characters together.
    pub(crate) fn knows_word(&self, first: char, second: char) -> bool {
        let (first, second) = (language().fold(first), language().fold(second));
        self.idiom.grams.has_pair(first, second)
            || self.surroundings.has_pair(first, second)
            || language().has_word(&String::from_iter([first, second]))
    }

    /// The cost of `text` up to each of its characters: one more value than it has characters.
    pub(crate) fn costs(&self, text: &[char]) -> Vec<f32> {
        let mut tail = Tail::default();
        let mut costs = vec![0.0];
        for c in text {
            tail.push(self, *c);
            costs.push(tail.cost());
        }
        costs
    }
}

/// The end of a text under construction, and what the text has cost so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tail {
    /// The last [`LONGEST`] characters, folded.
    chars: [char; LONGEST],
    /// For each of them, the gram from it to the end.
    grams: [Gram; LONGEST],
    /// How many of them there are.
    len: usize,
    /// The cost before each of those characters, then the cost of all.
    costs: [f32; LONGEST + 1],
    /// The cost of misplaced marks, on top of that.
    misplaced: f32,
}

impl Default for Tail {
    fn default() -> Self {
        Self {
            chars: ['\0'; LONGEST],
            grams: [Grams::NONE; LONGEST],
            len: 0,
            costs: [0.0; LONGEST + 1],
            misplaced: 0.0,
        }
    }
}

impl Tail {
    /// The cost of the whole text, in nats.
    pub(crate) fn cost(&self) -> f32 {
        self.costs[self.len] + self.misplaced
    }

    /// The last character, folded.
    pub(crate) fn last(&self) -> Option<char> {
        self.len.checked_sub(1).map(|at| self.chars[at])
    }

    /// Adds a character at the end.
    pub(crate) fn push(&mut self, judge: &Likelihood<'_>, c: char) {
        let c = language().fold(c);
        self.misplaced += self.punctuation_cost(c);
        if self.last() == Some(c) && is_han(c) && !judge.idiom.grams.has_pair(c, c) {
            self.misplaced += TWICE;
        }
        if self.len == LONGEST {
            self.chars.copy_within(1.., 0);
            self.grams.copy_within(1.., 0);
            self.costs.copy_within(1.., 0);
            self.len -= 1;
        }
        let alone = judge.idiom.char_cost(c);
        self.chars[self.len] = c;
        self.len += 1;
        let before = self.costs[self.len - 1];
        let continued =
            judge
                .idiom
                .grams
                .extend(&self.chars[..self.len], &mut self.grams[..self.len], alone);
        self.costs[self.len] = before + alone.min(continued);
        self.end_words(judge);
    }

    /// Lets the last characters be a word, if that is cheaper.
    fn end_words(&mut self, judge: &Likelihood<'_>) {
        let mut text = [0_u8; LONGEST_WORD * 4];
        let mut at = text.len();
        let mut key = 0;
        let mut words = true;
        let mut own = Some(Phrases::ROOT);
        for start in (0..self.len).rev() {
            let c = self.chars[start];
            let length = self.len - start;
            let phrase = own.and_then(|node| judge.surroundings.share(node, c));
            own = phrase.map(|(node, _)| node);
            let mut share = phrase.map_or(0.0, |(_, share)| share);
            words &= is_han(c) && length <= LONGEST_WORD;
            if words {
                at -= c.len_utf8();
                c.encode_utf8(&mut text[at..]);
                key = key << 16 | u128::from(c as u32);
                if length > 1 {
                    let word = std::str::from_utf8(&text[at..]).unwrap_or_default();
                    share = share.max(language().word_share(key, word));
                }
            } else if own.is_none() {
                break;
            }
            if length > 1 && share > 0.0 {
                let cost = self.costs[start] + WORD - share.ln();
                self.costs[self.len] = self.costs[self.len].min(cost);
            }
        }
    }

    /// The cost of a mark in the wrong place. Marks follow one another only in a few ways: `：“`,
    /// `”，`, `。”`.
    fn punctuation_cost(&self, c: char) -> f32 {
        let closing = |c| matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？');
        match (self.last(), c) {
            (None, _) if closing(c) || matches!(c, '”' | '）' | '》') => 6.0,
            (Some('“' | '（' | '《'), _) if closing(c) => 12.0,
            (Some(last), _) if closing(last) && (closing(c) || c == '）') => 12.0,
            (Some('，' | '、' | '：'), '”' | '》') => 12.0,
            (Some('，' | '。' | '、' | '；' | '：' | '（'), '（') | (Some('）'), '）') => {
                8.0
            }
            // Items of a list with 、 are short.
            (Some(_), '、') if self.len == LONGEST && self.chars.iter().all(|c| is_han(*c)) => 2.0,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn per_char(text: &str) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        Likelihood::alone(Idiom::shipped()).costs(&chars)[chars.len()] / chars.len() as f32
    }

    #[test]
    fn damaged_text_costs_far_more_than_clean() {
        assert!(per_char("经济大盘稳健向好") < 7.0);
        assert!(per_char("經濟大盤穩健向好") < 7.0);
        assert!(per_char("巴ㄎ键S芪") > 10.0);
    }
}
