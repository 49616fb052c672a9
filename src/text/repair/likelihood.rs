//! How likely a stretch of Chinese is to be what somebody wrote.
//!
//! The cost of a text is that of its cheapest segmentation, in nats: frequent words are cheap,
//! rare characters dear. `穩健向好` costs about 6 a character, `巴ㄎ键S` above 12.
//!
//! Two vocabularies are asked, and the cheaper answer counts: jieba's dictionary, which knows the
//! language, and `phrases.txt`, which knows how work reports talk (脱贫人口小额信贷 is one word
//! to them). Without the second, 人民义务植树 beats 全民义务植树.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

use jieba_rs::Jieba;

use super::{super::normalize::to_simplified, gbk};

/// Longest phrase looked up, in chars.
const LONGEST: usize = 8;
/// Longest phrase taken from the surroundings, in chars.
const LONGEST_OWN: usize = 5;
/// Characters of other texts that the shares of the surroundings' phrases are diluted with.
const ELSEWHERE: usize = 50_000;
/// Longest word of the dictionary looked up, in chars.
const LONGEST_WORD: usize = 5;

/// Words in the corpus behind jieba's frequencies.
const DICTIONARY_TOTAL: f32 = 6.0e7;

/// A word of several characters costs this much more than its frequency says: short of a real
/// language model, it keeps two chance words from beating one good one.
const WORD: f32 = 1.0;

/// No character that costs more can be the outcome of a repair.
pub(super) const IMPLAUSIBLE: f32 = 17.5;

const PHRASES: &str = include_str!("phrases.txt");

/// Judges text by two vocabularies, and by the phrases of texts it belongs to.
pub(super) struct Likelihood<'a> {
    vocabulary: &'static Vocabulary,
    surroundings: &'a Phrases,
    /// Readings that a search has tried.
    tried: Cell<usize>,
}

/// What all texts share. Tables have a place for every character of two bytes' length in UTF-16:
/// a report of 20,000 characters asks for half a million.
struct Vocabulary {
    jieba: Jieba,
    phrases: Phrases,
    folded: Vec<char>,
    /// The characters that fold to another one.
    variants: HashMap<char, Vec<char>>,
    costs: Vec<f32>,
    first_level: Vec<bool>,
}

/// Characters that the tables know.
const PLANE: u32 = 0x1_0000;

/// The one vocabulary; building it takes about as long as loading jieba's dictionary.
fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(PHRASES));
    &VOCABULARY
}

impl<'a> Likelihood<'a> {
    /// A judge that also knows the phrases of `surroundings`.
    pub(super) fn new(surroundings: &'a Phrases) -> Self {
        Self {
            vocabulary: vocabulary(),
            surroundings,
            tried: Cell::new(0),
        }
    }

    /// Counts a reading that a search tries.
    pub(super) fn count(&self) {
        self.tried.set(self.tried.get() + 1);
    }

    /// Readings counted since the last call.
    pub(super) fn take_count(&self) -> usize {
        self.tried.take()
    }

    /// `c` in Simplified script and, if a punctuation mark, full width.
    pub(super) fn fold(&self, c: char) -> char {
        self.vocabulary.fold(c)
    }

    /// What a single (folded) character costs outside of any word.
    pub(super) fn char_cost(&self, c: char) -> f32 {
        self.vocabulary.char_cost(c)
    }

    /// True for the 3,755 characters of GB 2312's first level, which make up 99 % of print.
    pub(super) fn is_common(&self, c: char) -> bool {
        (self.vocabulary.first_level.get(c as usize)).is_some_and(|common| *common)
    }

    /// A judge that knows nothing but the vocabulary.
    pub(super) fn alone() -> Likelihood<'static> {
        static NONE: LazyLock<Phrases> = LazyLock::new(Phrases::none);
        Likelihood::new(&NONE)
    }

    /// A folded character and all that fold to it.
    pub(super) fn variants(&self, c: char) -> impl Iterator<Item = char> + '_ {
        let others = self.vocabulary.variants.get(&c);
        std::iter::once(c).chain(others.into_iter().flatten().copied())
    }

    /// Folded characters that stand side by side in the surroundings and in no vocabulary.
    pub(super) fn own_pairs(&self) -> &[(char, char)] {
        &self.surroundings.own_pairs
    }

    /// True when two characters together are in a vocabulary.
    pub(super) fn knows_word(&self, first: char, second: char) -> bool {
        let (first, second) = (self.fold(first), self.fold(second));
        let is_phrase = |phrases: &Phrases| {
            let phrase = phrases.share(Phrases::ROOT, second);
            let phrase = phrase.and_then(|(node, _)| phrases.share(node, first));
            phrase.is_some_and(|(_, share)| share > 0.0)
        };
        is_phrase(&self.vocabulary.phrases)
            || is_phrase(self.surroundings)
            || self
                .vocabulary
                .jieba
                .has_word(&String::from_iter([first, second]))
    }

    /// The cost of `text` up to each of its characters: one more value than it has characters.
    pub(super) fn costs(&self, text: &[char]) -> Vec<f32> {
        let mut tail = Tail::default();
        let mut costs = vec![0.0];
        for c in text {
            tail.push(self, *c);
            costs.push(tail.cost());
        }
        costs
    }
}

impl Vocabulary {
    fn new(phrases: &'static str) -> Self {
        let mut vocabulary = Self {
            jieba: Jieba::new(),
            phrases: Phrases::read(phrases),
            folded: Vec::new(),
            variants: HashMap::new(),
            costs: Vec::new(),
            first_level: vec![false; PLANE as usize],
        };
        let plane = || (0..PLANE).map(|c| char::from_u32(c).unwrap_or('\0'));
        vocabulary.folded = plane().map(folding_of_mark).collect();
        for (c, folded) in gbk::table().all().filter_map(folding) {
            vocabulary.folded[c as usize] = folded;
            vocabulary.variants.entry(folded).or_default().push(c);
        }
        vocabulary.costs = plane().map(|c| vocabulary.char_cost_uncached(c)).collect();
        for c in gbk::table().all() {
            vocabulary.first_level[c as usize] =
                matches!(gbk::table().pair(c), Some((0xb0..=0xd7, 0xa1..)));
        }
        vocabulary
    }

    fn fold(&self, c: char) -> char {
        self.folded.get(c as usize).copied().unwrap_or(c)
    }

    fn char_cost(&self, c: char) -> f32 {
        match self.costs.get(c as usize) {
            Some(cost) => *cost,
            None => self.char_cost_uncached(c),
        }
    }

    fn char_cost_uncached(&self, c: char) -> f32 {
        if let Some(cost) = mark_cost(c) {
            return cost;
        }
        if !is_han(c) {
            return 18.0;
        }
        let rarity = match gbk::table().pair(c) {
            Some((0xb0..=0xd7, 0xa1..)) => 1.5,
            Some((0xd8..=0xf7, 0xa1..)) => 4.0,
            _ => 8.0,
        };
        let mut buffer = [0; 4];
        let word: &str = c.encode_utf8(&mut buffer);
        let general = (self.frequency(word).unwrap_or(0.0) + 0.5) / DICTIONARY_TOTAL;
        let reports = self
            .phrases
            .share(Phrases::ROOT, c)
            .map_or(0.0, |(_, share)| share);
        rarity - (0.3 * general + 0.7 * reports).ln()
    }

    /// How often jieba's dictionary has met a word; `None` when it has not.
    fn frequency(&self, word: &str) -> Option<f32> {
        // For a word it holds, `suggest_freq` is its frequency.
        self.jieba
            .has_word(word)
            .then(|| self.jieba.suggest_freq(word) as f32)
    }

    /// The share of a word of the dictionary in all words, 0 when it holds no such word; `word` is
    /// `key` written out.
    fn word_share(&self, key: u128, word: &str) -> f32 {
        WORDS.with_borrow_mut(|words| {
            let at = (Fast::mix(key as u64) ^ Fast::mix((key >> 64) as u64)) >> (64 - WORDS_BITS);
            let known = &mut words[at as usize];
            if known.0 != key {
                let frequency = self.frequency(word);
                *known = (key, frequency.map_or(0.0, |f| (f + 1.0) / DICTIONARY_TOTAL));
            }
            known.1
        })
    }
}

/// How many words [`WORDS`] holds, as a power of two.
const WORDS_BITS: u32 = 15;

thread_local! {
    /// Shares of dictionary words lately asked for, by [`Fast`]: to ask for one takes a
    /// segmentation. A newer word takes the place of an older one.
    static WORDS: RefCell<Vec<(u128, f32)>> = RefCell::new(vec![(0, 0.0); 1 << WORDS_BITS]);
}

/// Hashes short keys of our own; nobody can choose them so that they collide for more than the
/// text of one paragraph.
#[derive(Default)]
struct Fast(u64);

impl Fast {
    const fn mix(key: u64) -> u64 {
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
    }
}

impl Hasher for Fast {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = Self::mix(self.0 ^ key);
    }
}

/// The end of a text under construction, and what the text has cost so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// The last [`LONGEST`] characters, folded.
    chars: [char; LONGEST],
    /// How many of them there are.
    len: usize,
    /// The cost before each of those characters, and in the end the cost of all.
    costs: [f32; LONGEST + 1],
    /// What misplaced marks cost on top of that.
    misplaced: f32,
}

impl Default for Tail {
    fn default() -> Self {
        Self {
            chars: ['\0'; LONGEST],
            len: 0,
            costs: [0.0; LONGEST + 1],
            misplaced: 0.0,
        }
    }
}

impl Tail {
    /// What the whole text has cost, in nats.
    pub(super) fn cost(&self) -> f32 {
        self.costs[self.len] + self.misplaced
    }

    /// The last character, folded.
    pub(super) fn last(&self) -> Option<char> {
        self.len.checked_sub(1).map(|at| self.chars[at])
    }

    /// Adds a character at the end.
    pub(super) fn push(&mut self, judge: &Likelihood<'_>, c: char) {
        let c = judge.fold(c);
        self.misplaced += self.punctuation_cost(c);
        let alone = self.costs[self.len] + judge.char_cost(c);
        if self.len == LONGEST {
            self.chars.copy_within(1.., 0);
            self.costs.copy_within(1.., 0);
            self.len -= 1;
        }
        self.chars[self.len] = c;
        self.len += 1;
        self.costs[self.len] = alone;
        let mut text = [0_u8; LONGEST_WORD * 4];
        let mut at = text.len();
        let mut key = 0;
        let mut words = true;
        let vocabularies = [&judge.vocabulary.phrases, judge.surroundings];
        let mut nodes = [Some(Phrases::ROOT); 2];
        for start in (0..self.len).rev() {
            let c = self.chars[start];
            let length = self.len - start;
            let mut share = 0.0_f32;
            for (node, phrases) in nodes.iter_mut().zip(vocabularies) {
                let phrase = node.and_then(|node| phrases.share(node, c));
                *node = phrase.map(|(node, _)| node);
                share = share.max(phrase.map_or(0.0, |(_, share)| share));
            }
            words &= is_han(c) && length <= LONGEST_WORD;
            if words {
                at -= c.len_utf8();
                c.encode_utf8(&mut text[at..]);
                key = key << 16 | u128::from(c as u32);
                if length > 1 {
                    let word = std::str::from_utf8(&text[at..]).unwrap_or_default();
                    share = share.max(judge.vocabulary.word_share(key, word));
                }
            } else if nodes == [None, None] {
                break;
            }
            if length > 1 && share > 0.0 {
                let cost = self.costs[start] + WORD - share.ln();
                self.costs[self.len] = self.costs[self.len].min(cost);
            }
        }
    }

    /// What punctuation should not do. Marks follow one another only in a few ways: `：“`, `”，`, `。”`.
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
            // What 、 lists is short.
            (Some(_), '、') if self.len == LONGEST && self.chars.iter().all(|c| is_han(*c)) => 2.0,
            _ => 0.0,
        }
    }
}

/// A punctuation mark that phrases may hold.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '“' | '”' | '（' | '）' | '！'
    )
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn mark_cost(c: char) -> Option<f32> {
    Some(match c {
        '，' => 3.0,
        '、' => 3.2,
        '。' => 3.7,
        '.' => 4.5,
        '“' | '”' | '\n' => 5.0,
        '：' | '；' | '%' | ' ' => 6.0,
        '（' | '）' => 6.5,
        '！' | '《' | '》' | '—' => 7.5,
        '□' | '【' | '】' | '〔' | '〕' => 9.0,
        '？' | '·' | '‘' | '’' | '…' | '○' | '〇' | '+' | '-' | '/' | '×' | '－' => {
            9.0
        }
        '～' | '~' | '℃' | '＋' | '％' | '‰' | '∶' => 10.0,
        _ if c.is_ascii_digit() => 3.5,
        _ if c.is_ascii_alphabetic() => 9.0,
        _ => return None,
    })
}

/// A half-width mark in full width; anything else as it is.
fn folding_of_mark(c: char) -> char {
    match c {
        ',' | ':' | ';' | '!' | '?' | '(' | ')' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A character whose Simplified form is another single character.
fn folding(c: char) -> Option<(char, char)> {
    if c == '著' {
        return Some((c, '着'));
    }
    let folded = to_simplified(c.encode_utf8(&mut [0; 4]));
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(folded), None) if folded != c => Some((c, folded)),
        _ => None,
    }
}

/// Phrases of work reports with their share of all characters, single characters included; they
/// are followed from the last character backwards, so that a miss ends the search.
#[derive(Debug)]
pub(super) struct Phrases {
    /// Node and character before it → node.
    steps: HashMap<u64, u32, BuildHasherDefault<Fast>>,
    /// The share of the phrase that begins at each node; 0 inside of longer phrases only.
    shares: Vec<f32>,
    /// Phrases of two Chinese characters that no vocabulary has, of surroundings only.
    own_pairs: Vec<(char, char)>,
}

impl Phrases {
    const ROOT: u32 = 0;

    /// No phrase at all.
    pub(super) fn none() -> Self {
        Self {
            steps: HashMap::default(),
            shares: vec![0.0],
            own_pairs: Vec::new(),
        }
    }

    /// Every run of up to [`LONGEST_OWN`] characters of `texts`. What a text says once it may say
    /// again, but not so often as its share in so few characters would have it.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut phrases = Self::none();
        let mut pairs = Vec::new();
        let mut total = 0;
        for text in texts {
            let text: Vec<char> = text.chars().map(|c| vocabulary().fold(c)).collect();
            total += text.len();
            for run in text.split(|c| !is_han(*c) && !is_mark(*c)) {
                for end in 1..=run.len() {
                    let mut node = Self::ROOT;
                    for length in 1..=LONGEST_OWN.min(end) {
                        let known = phrases.shares.len();
                        node = phrases.step(node, run[end - length]);
                        if length == 2 && phrases.shares.len() > known {
                            pairs.push((run[end - 2], run[end - 1]));
                        }
                        if length > 1 {
                            phrases.shares[node as usize] += 1.0;
                        }
                    }
                }
            }
        }
        let total = (total + ELSEWHERE) as f32;
        for share in &mut phrases.shares {
            *share /= total;
        }
        let judge = Likelihood::alone();
        let is_own = |(first, second): &(char, char)| {
            is_han(*first) && judge.is_common(*first) && !judge.knows_word(*first, *second)
        };
        phrases.own_pairs = pairs.into_iter().filter(is_own).collect();
        phrases
    }

    /// Reads lines of `phrase count`; the first line, after `#`, has the number of characters
    /// counted.
    fn read(text: &str) -> Self {
        let mut phrases = Self::none();
        let mut lines = text.lines();
        let total = lines
            .next()
            .and_then(|line| line.trim_start_matches('#').trim().parse::<f32>().ok())
            .unwrap_or(1.0);
        for line in lines {
            if let Some((phrase, count)) = line.split_once(' ')
                && let Ok(count) = count.parse::<f32>()
            {
                phrases.enter(phrase, count / total);
            }
        }
        phrases
    }

    fn enter(&mut self, phrase: &str, share: f32) {
        let mut node = Self::ROOT;
        for c in phrase.chars().rev() {
            node = self.step(node, c);
        }
        self.shares[node as usize] = share;
    }

    /// The node of `c` before `node`, made where there was none.
    fn step(&mut self, node: u32, c: char) -> u32 {
        let next = u32::try_from(self.shares.len()).unwrap_or(Self::ROOT);
        let node = *self.steps.entry(Self::key(node, c)).or_insert(next);
        if node == next {
            self.shares.push(0.0);
        }
        node
    }

    const fn key(node: u32, c: char) -> u64 {
        (node as u64) << 32 | c as u64
    }

    /// The node of the phrase that `c` begins before `node`, and its share; `None` when no phrase
    /// ends like this.
    fn share(&self, node: u32, c: char) -> Option<(u32, f32)> {
        let node = *self.steps.get(&Self::key(node, c))?;
        Some((node, self.shares[node as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn per_char(text: &str) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        Likelihood::new(&Phrases::none()).costs(&chars)[chars.len()] / chars.len() as f32
    }

    #[test]
    fn damaged_text_costs_far_more_than_clean() {
        assert!(per_char("经济大盘稳健向好") < 7.0);
        assert!(per_char("經濟大盤穩健向好") < 7.0);
        assert!(per_char("巴ㄎ键S芪") > 10.0);
    }
}
