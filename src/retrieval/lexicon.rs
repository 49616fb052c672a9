//! The word lists of `config/lexicon/`: plain text that county staff can edit.

use std::{collections::HashSet, fs, path::Path};

/// Courtesy and question words; everything folded.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Removed wherever they occur, longest first.
    courtesy: Vec<String>,
    /// Of two characters or more: removed wherever they occur, longest first.
    question_phrases: Vec<String>,
    /// Of one character: removed when a word of their own.
    question_chars: HashSet<String>,
}

const COURTESY: &str = include_str!("../../config/lexicon/courtesy.txt");
const QUESTION_WORDS: &str = include_str!("../../config/lexicon/question-words.txt");

impl Lexicon {
    /// The lists inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_texts(COURTESY, QUESTION_WORDS)
    }

    /// The lists in `dir`; a file that is missing there is taken from inside the program.
    #[must_use]
    pub fn from_dir(dir: &Path) -> Self {
        let read = |name: &str, built_in: &str| {
            fs::read_to_string(dir.join(name)).unwrap_or_else(|_| built_in.to_owned())
        };
        Self::from_texts(
            &read("courtesy.txt", COURTESY),
            &read("question-words.txt", QUESTION_WORDS),
        )
    }

    fn from_texts(courtesy: &str, question_words: &str) -> Self {
        let (chars, phrases): (Vec<String>, Vec<String>) = entries(question_words)
            .into_iter()
            .partition(|word| word.chars().count() == 1);
        Self {
            courtesy: longest_first(entries(courtesy)),
            question_phrases: longest_first(phrases),
            question_chars: chars.into_iter().collect(),
        }
    }

    /// `text` with courtesy phrases replaced by spaces.
    #[must_use]
    pub fn without_courtesy(&self, text: &str) -> String {
        blank_phrases(text, &self.courtesy)
    }

    /// `text` with question phrases replaced by spaces.
    #[must_use]
    pub fn without_question_phrases(&self, text: &str) -> String {
        blank_phrases(text, &self.question_phrases)
    }

    /// True for words that say how something is asked, not what.
    #[must_use]
    pub fn is_question_word(&self, word: &str) -> bool {
        self.question_chars.contains(word)
            || self.question_phrases.iter().any(|phrase| phrase == word)
    }
}

fn entries(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(crate::text::normalize::fold)
        .collect()
}

fn longest_first(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words
}

/// Replaces each phrase by as many spaces as it has bytes, so that positions stay the same.
fn blank_phrases(text: &str, phrases: &[String]) -> String {
    let mut text = text.to_owned();
    for phrase in phrases {
        if text.contains(phrase.as_str()) {
            text = text.replace(phrase.as_str(), &" ".repeat(phrase.len()));
        }
    }
    text
}
