//! How likely a stretch of Chinese is to be what somebody wrote.
//!
//! The cost of a text is that of its cheapest segmentation, in nats: frequent words are cheap,
//! rare characters dear. `穩健向好` costs about 6 a character, `巴ㄎ键S` above 12.
//!
//! Two vocabularies are asked, and the cheaper answer counts: jieba's dictionary, which knows the
//! language, and `phrases.txt`, which knows how work reports talk (脱贫人口小额信贷 is one word
//! to them). Without the second, 人民义务植树 beats 全民义务植树.

use std::{
    collections::{HashMap, HashSet},
    sync::{LazyLock, PoisonError, RwLock},
};

use jieba_rs::Jieba;

use super::{super::normalize::to_simplified, gbk};

/// Longest phrase looked up, in chars.
const LONGEST: usize = 8;
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

/// Judges text by two vocabularies.
pub(super) struct Likelihood {
    jieba: Jieba,
    phrases: Phrases,
    /// Costs of dictionary words already asked for: asking takes a segmentation.
    words: RwLock<HashMap<Box<str>, Option<f32>>>,
    simplified: HashMap<char, char>,
    chars: HashMap<char, f32>,
    first_level: HashSet<char>,
}

/// The one judge; building it takes about as long as loading jieba's dictionary.
pub(super) fn judge() -> &'static Likelihood {
    static JUDGE: LazyLock<Likelihood> = LazyLock::new(|| {
        if let Ok(f) = std::env::var("PHR") {
            return Likelihood::new(std::fs::read_to_string(f).unwrap().leak());
        }
        Likelihood::new(PHRASES)
    });
    &JUDGE
}

impl Likelihood {
    fn new(phrases: &'static str) -> Self {
        let simplified: HashMap<char, char> = gbk::table().all().filter_map(folding).collect();
        let mut judge = Self {
            jieba: Jieba::new(),
            phrases: Phrases::read(phrases),
            words: RwLock::default(),
            simplified,
            chars: HashMap::new(),
            first_level: HashSet::new(),
        };
        for c in gbk::table().all() {
            if matches!(gbk::table().pair(c), Some((0xb0..=0xd7, 0xa1..))) {
                judge.first_level.insert(c);
            }
            let cost = judge.char_cost_uncached(c);
            judge.chars.insert(c, cost);
        }
        judge
    }

    /// `c` in Simplified script and, if a punctuation mark, full width.
    pub(super) fn fold(&self, c: char) -> char {
        match c {
            ',' | ':' | ';' | '!' | '?' | '(' | ')' => {
                char::from_u32(c as u32 + 0xfee0).unwrap_or(c)
            }
            _ => self.simplified.get(&c).copied().unwrap_or(c),
        }
    }

    /// What a single (folded) character costs outside of any word.
    pub(super) fn char_cost(&self, c: char) -> f32 {
        match self.chars.get(&c) {
            Some(cost) => *cost,
            None => self.char_cost_uncached(c),
        }
    }

    /// True for the 3,755 characters of GB 2312's first level, which make up 99 % of print.
    pub(super) fn is_common(&self, c: char) -> bool {
        self.first_level.contains(&c)
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

    /// True when two characters together are in a vocabulary.
    pub(super) fn knows_word(&self, first: char, second: char) -> bool {
        let (first, second) = (self.fold(first), self.fold(second));
        let phrase = self.phrases.share(Phrases::ROOT, second);
        let phrase = phrase.and_then(|(node, _)| self.phrases.share(node, first));
        phrase.is_some_and(|(_, share)| share > 0.0)
            || self.jieba.has_word(&String::from_iter([first, second]))
    }

    /// The share of a word of the dictionary in all words; `None` when it holds no such word.
    fn word_share(&self, word: &str) -> Option<f32> {
        let known = self.words.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(share) = known.get(word) {
            return *share;
        }
        drop(known);
        let share = self.frequency(word).map(|f| (f + 1.0) / DICTIONARY_TOTAL);
        let mut known = self.words.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(word.into(), share);
        share
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
    pub(super) fn push(&mut self, judge: &Likelihood, c: char) {
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
        let mut words = true;
        let mut phrases = Some(Phrases::ROOT);
        for start in (0..self.len).rev() {
            let c = self.chars[start];
            let length = self.len - start;
            let mut share = 0.0_f32;
            if let Some((node, phrase)) = phrases.and_then(|node| judge.phrases.share(node, c)) {
                phrases = Some(node);
                share = phrase;
            } else {
                phrases = None;
            }
            words &= is_han(c) && length <= LONGEST_WORD;
            if words {
                at -= c.len_utf8();
                c.encode_utf8(&mut text[at..]);
                if length > 1 {
                    let word = std::str::from_utf8(&text[at..]).unwrap_or_default();
                    share = share.max(judge.word_share(word).unwrap_or(0.0));
                }
            } else if phrases.is_none() {
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
        '□' => 9.0,
        '？' | '·' | '‘' | '’' | '…' | '○' | '〇' | '+' | '-' | '/' | '×' | '－' => {
            9.0
        }
        '～' | '~' | '℃' | '＋' | '％' | '‰' | '∶' => 10.0,
        _ if c.is_ascii_digit() => 3.5,
        _ if c.is_ascii_alphabetic() => 9.0,
        _ => return None,
    })
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
struct Phrases {
    /// Node and character before it → node.
    steps: HashMap<(u32, char), u32>,
    /// The share of the phrase that begins at each node; 0 inside of longer phrases only.
    shares: Vec<f32>,
}

impl Phrases {
    const ROOT: u32 = 0;

    /// Reads lines of `phrase count`; the first line, after `#`, has the number of characters
    /// counted.
    fn read(text: &str) -> Self {
        let mut phrases = Self {
            steps: HashMap::new(),
            shares: vec![0.0],
        };
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
            let next = u32::try_from(self.shares.len()).unwrap_or(Self::ROOT);
            node = *self.steps.entry((node, c)).or_insert(next);
            if node == next {
                self.shares.push(0.0);
            }
        }
        self.shares[node as usize] = share;
    }

    /// The node of the phrase that `c` begins before `node`, and its share; `None` when no phrase
    /// ends like this.
    fn share(&self, node: u32, c: char) -> Option<(u32, f32)> {
        let node = *self.steps.get(&(node, c))?;
        Some((node, self.shares[node as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn per_char(text: &str) -> f32 {
        let chars: Vec<char> = text.chars().collect();
        judge().costs(&chars)[chars.len()] / chars.len() as f32
    }

    #[test]
    fn damaged_text_costs_far_more_than_clean() {
        assert!(per_char("经济大盘稳健向好") < 7.0);
        assert!(per_char("經濟大盤穩健向好") < 7.0);
        assert!(per_char("巴ㄎ键S芪") > 10.0);
    }
}
