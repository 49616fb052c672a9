//! What a question names as its subject, and whether it names one.

use super::{matter::last_two, retriever::Retriever, understand::Understanding};
use crate::text::{Pattern, numerals};

/// What stands right before a word that is asked for: 去哪家 before 医院.
static ASKED_FOR: Pattern = Pattern::new("(在|去|到|找|归|是)了?(哪|什么|啥).{0,2}$");
/// What stands for a thing named before.
static PRONOUN: Pattern = Pattern::new("它|^(那|这)(个|项|条|件|些|里|边)?|其中");

/// An everyday word of so many characters says by itself what is meant.
const LONG_EVERYDAY_WORD: usize = 5;

impl Retriever {
    /// The words by which `question` names what it is about, in its order: none in 那去年呢 or
    /// 补贴多少, which need the question before.
    #[must_use]
    pub fn subjects<'a>(&self, question: &'a Understanding) -> Vec<&'a str> {
        if question.is_bare() {
            return Vec::new();
        }
        let points_back = PRONOUN.is_match(question.folded());
        let words = question.words().iter().map(|word| word.text.as_str());
        let lexicon = &self.language().lexicon;
        let counted = |word: &str| question.counted() == Some(word) && !lexicon.is_leaning(word);
        let words = words
            .filter(|word| self.names_something(word) || counted(word))
            .filter(|word| !is_asked_for(question.folded(), word))
            // 它能带动多少人: a verb is something that the thing does.
            .filter(|word| !points_back || self.language().segmenter.is_noun(word));
        // 栽了多少树 is one everyday word.
        let everyday = question.expansions().iter();
        let everyday = everyday.map(|everyday| everyday.typed.as_str());
        let long = everyday.filter(|typed| typed.chars().count() >= LONG_EVERYDAY_WORD);
        words
            .chain(long.filter(|typed| !lexicon.is_leaning(typed)))
            .collect()
    }

    /// What `question` is about without how it is done and asked: 农村改厕 of 农村改厕改了多少户. Empty
    /// when it names nothing.
    #[must_use]
    pub fn subject(&self, question: &Understanding) -> String {
        let lexicon = &self.language().lexicon;
        let segmenter = &self.language().segmenter;
        let mut content = question.content().to_owned();
        for span in segmenter.words(question.content()) {
            if !self.names_something(span.of(question.content())) {
                content.replace_range(span.start..span.end, &" ".repeat(span.len()));
            }
        }
        let says_something = |stretch: &&str| {
            let words = segmenter.words(stretch);
            words.iter().any(|word| !lexicon.is_weak(word.of(stretch)))
        };
        let mut stretches: Vec<&str> = content.split_whitespace().collect();
        if stretches.iter().any(says_something) {
            stretches.retain(says_something);
        }
        stretches.dedup();
        stretches.join(" ")
    }

    /// True when `question` names a measure of its subject (产量 in 粮食产量).
    #[must_use]
    pub fn names_measure(&self, question: &Understanding) -> bool {
        let lexicon = &self.language().lexicon;
        let measures = |word: &str| lexicon.is_leaning(word) || lexicon.is_leaning(last_two(word));
        question.words().iter().any(|word| measures(&word.text))
    }

    /// True for a word that tells by itself what is meant; false for one that tells of something
    /// else (补贴, 报名), verbs of one character (加), and numbers (第三).
    fn names_something(&self, word: &str) -> bool {
        let lexicon = &self.language().lexicon;
        let segmenter = &self.language().segmenter;
        // 还建 and 加不加 are no words: what is left of them is the verb.
        let word = if segmenter.knows(word) {
            word
        } else {
            verb_of(word)
        };
        let mut characters = word.chars();
        let single = characters.next().is_some() && characters.next().is_none();
        let counts = word.starts_with(['第', '几']) || word.chars().all(|c| c.is_ascii_digit());
        let leans = lexicon.is_leaning(word) || counts || numerals::parse(word).is_some();
        !leans && !word.is_empty() && (!single || segmenter.is_noun(word))
    }
}

/// A verb without what is said of it (还, 不, 了), once where it is asked as A不A.
fn verb_of(word: &str) -> &str {
    const SAID_OF_VERBS: [char; 16] = [
        '还', '再', '又', '也', '都', '就', '能', '要', '会', '想', '不', '没', '了', '过', '着',
        '得',
    ];
    let verb = word.trim_matches(SAID_OF_VERBS);
    let twice = verb.split_once(['不', '没']);
    match twice {
        Some((first, second)) if second.starts_with(first) => second,
        _ => verb,
    }
}

/// True for what the question asks for by its kind: 医院 in 去哪家医院.
fn is_asked_for(folded: &str, word: &str) -> bool {
    let mut places = folded.match_indices(word);
    places.any(|(at, _)| ASKED_FOR.is_match(&folded[..at]))
}
