//! What a question names as its subject, and whether it names one.

use super::{retriever::Retriever, understand::Understanding};
use crate::text::{Pattern, numerals};

/// What stands right before a word that is asked for: 去哪家 before 医院.
static ASKED_FOR: Pattern = Pattern::new("(在|去|到|找|归|是)了?(哪|什么|啥).{0,2}$");
/// What stands for a thing named before.
static PRONOUN: Pattern = Pattern::new("它|^(那|这)(个|项|条|件|些|里|边)?|其中");

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
        words
            .filter(|word| self.names_something(word))
            .filter(|word| !is_asked_for(question.folded(), word))
            // 它能带动多少人: a verb is something that the thing does.
            .filter(|word| !points_back || self.language().segmenter.is_noun(word))
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

    /// True for a word that tells by itself what is meant; false for one that tells of something
    /// else (补贴, 报名), verbs of one character (加), and numbers (第三).
    fn names_something(&self, word: &str) -> bool {
        let lexicon = &self.language().lexicon;
        let mut characters = word.chars();
        let single = characters.next().is_some() && characters.next().is_none();
        let counts = word.starts_with('第') || word.chars().all(|c| c.is_ascii_digit());
        let leans = lexicon.is_leaning(word) || counts || numerals::parse(word).is_some();
        !leans && !(single && !self.language().segmenter.is_noun(word))
    }
}

/// True for what the question asks for by its kind: 医院 in 去哪家医院.
fn is_asked_for(folded: &str, word: &str) -> bool {
    let mut places = folded.match_indices(word);
    places.any(|(at, _)| ASKED_FOR.is_match(&folded[..at]))
}
