//! Chinese as such: the dictionary, the two scripts, and which characters are common.

use std::{cell::RefCell, collections::HashMap, hash::BuildHasher, sync::LazyLock};

use encoding_rs::BIG5;
use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use jieba_rs::Jieba;
use rustc_hash::FxBuildHasher;

use crate::gbk;

/// Longest word of the dictionary looked up, in chars.
pub(crate) const LONGEST_WORD: usize = 5;

/// Words in the corpus behind jieba's frequencies.
pub(crate) const DICTIONARY_TOTAL: f32 = 6.0e7;

/// Number of characters that the tables cover: those of one unit in UTF-16.
pub(crate) const PLANE: u32 = 0x1_0000;

/// Tables with a place for every character of the [`PLANE`], for a report of 20,000 characters looks
/// up half a million.
pub(crate) struct Language {
    jieba: Jieba,
    folded: Vec<char>,
    /// The characters that fold to another one.
    variants: HashMap<char, Vec<char>>,
    first_level: Vec<bool>,
    scripts: Vec<Option<Script>>,
}

/// One of the two ways to write Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Simplified,
    Traditional,
}

/// The one language; made at the first call, which takes as long as loading jieba's dictionary.
pub(crate) fn language() -> &'static Language {
    static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::new);
    &LANGUAGE
}

impl Language {
    fn new() -> Self {
        let mut language = Self {
            jieba: Jieba::new(),
            folded: plane().map(folding_of_mark).collect(),
            variants: HashMap::new(),
            first_level: vec![false; PLANE as usize],
            scripts: vec![None; PLANE as usize],
        };
        // Needed for these tables only, so that its own need not be kept.
        let opencc = OpenCC::from_config(BuiltinConfig::T2s).expect("the table is built in");
        let foldings = gbk::table().all().filter_map(|c| folding(&opencc, c));
        for (c, folded) in foldings {
            language.folded[c as usize] = folded;
            language.variants.entry(folded).or_default().push(c);
            language.scripts[c as usize] = Some(Script::Traditional);
            // 后 and 里 are written in both scripts.
            if !is_in_big5(folded)
                && let Some(script) = language.scripts.get_mut(folded as usize)
            {
                *script = Some(Script::Simplified);
            }
        }
        for c in gbk::table().all() {
            language.first_level[c as usize] =
                matches!(gbk::table().pair(c), Some((0xb0..=0xd7, 0xa1..)));
        }
        language
    }

    /// `c` in Simplified script and, if a punctuation mark, full width.
    pub(crate) fn fold(&self, c: char) -> char {
        self.folded.get(c as usize).copied().unwrap_or(c)
    }

    /// A folded character and all that fold to it.
    pub(crate) fn variants(&self, c: char) -> impl Iterator<Item = char> + '_ {
        let others = self.variants.get(&c);
        std::iter::once(c).chain(others.into_iter().flatten().copied())
    }

    /// True for the 3,755 characters of the first level of GB 2312, which make up 99 % of print.
    pub(crate) fn is_common(&self, c: char) -> bool {
        self.first_level.get(c as usize) == Some(&true)
    }

    /// True for anything but a Chinese character that, in either script, is no such one.
    pub(crate) fn is_everyday(&self, c: char) -> bool {
        !is_han(c) || self.is_common(self.fold(c))
    }

    /// The script that a character belongs to; `None` when it belongs to both.
    pub(crate) fn script(&self, c: char) -> Option<Script> {
        self.scripts.get(c as usize).copied().flatten()
    }

    /// The script of a text; `None` when it has few characters of either or many of both.
    pub(crate) fn script_of(&self, text: &[char]) -> Option<Script> {
        let count = |script| {
            text.iter()
                .filter(|c| self.script(**c) == Some(script))
                .count()
        };
        let (simplified, traditional) = (count(Script::Simplified), count(Script::Traditional));
        if simplified > 3 * traditional + 2 {
            Some(Script::Simplified)
        } else if traditional > 3 * simplified + 2 {
            Some(Script::Traditional)
        } else {
            None
        }
    }

    /// True when the dictionary holds a word.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    /// The frequency of a word in jieba's dictionary; `None` when it is not there.
    pub(crate) fn frequency(&self, word: &str) -> Option<f32> {
        // For a word it holds, `suggest_freq` is its frequency.
        self.jieba
            .has_word(word)
            .then(|| self.jieba.suggest_freq(word) as f32)
    }

    /// The share of `word` in all words, 0 when the dictionary does not hold it. `key` has the same
    /// characters as a number.
    pub(crate) fn word_share(&self, key: u128, word: &str) -> f32 {
        WORDS.with_borrow_mut(|words| {
            let hash = FxBuildHasher.hash_one(key);
            let known = &mut words[hash as usize % WORDS_HELD];
            if known.0 != key {
                let frequency = self.frequency(word);
                *known = (key, frequency.map_or(0.0, |f| (f + 1.0) / DICTIONARY_TOTAL));
            }
            known.1
        })
    }
}

/// How many words [`WORDS`] holds.
const WORDS_HELD: usize = 1 << 15;

thread_local! {
    /// Shares of dictionary words recently asked for, by hash: looking one up takes a
    /// segmentation. A newer word takes the place of an older one.
    static WORDS: RefCell<Vec<(u128, f32)>> = RefCell::new(vec![(0, 0.0); WORDS_HELD]);
}

/// Every character that the tables cover, in order.
pub(crate) fn plane() -> impl Iterator<Item = char> {
    (0..PLANE).map(|c| char::from_u32(c).unwrap_or('\0'))
}

/// A punctuation mark that phrases may hold.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '；' | '：' | '“' | '”' | '（' | '）' | '！'
    )
}

pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The cost of a mark, digit or letter, in nats.
pub(crate) fn mark_cost(c: char) -> Option<f32> {
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

/// True for the characters of Big5, the encoding of Traditional script.
fn is_in_big5(c: char) -> bool {
    let (_, _, unknown) = BIG5.encode(c.encode_utf8(&mut [0; 4]));
    !unknown
}

/// A character whose Simplified form is another single character.
fn folding(opencc: &OpenCC, c: char) -> Option<(char, char)> {
    if c == '著' {
        return Some((c, '着'));
    }
    let folded = opencc.convert(c.encode_utf8(&mut [0; 4]));
    let mut chars = folded.chars();
    match (chars.next(), chars.next()) {
        (Some(folded), None) if folded != c => Some((c, folded)),
        _ => None,
    }
}
