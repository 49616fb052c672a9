//! What the lists say of words.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::intents::Intents;
use crate::{retrieval::understand::longest, text::Span};

/// Official words of at least this weight mean the same as the everyday word; those below only
/// help to find (门票 → 景区: a scenic area is no ticket price).
pub const SYNONYM_THRESHOLD: f32 = 0.6;
/// Everyday words are at most this long, in characters.
const LONGEST: usize = 12;
/// Characters that question words are made of and hardly any other word.
const ASKING: [char; 8] = ['谁', '啥', '哪', '咋', '吗', '呢', '么', '几'];
/// English phrases are at most this long, in words.
const LONGEST_ENGLISH: usize = 5;

/// An official word that stands in for an everyday one.
#[derive(Debug, Clone, PartialEq)]
pub struct Synonym {
    /// Folded.
    pub word: String,
    /// Above 0, at most 1: how much it counts beside the word that was typed.
    pub weight: f32,
}

/// An everyday word found in a text, with what officials call it.
#[derive(Debug, Clone, PartialEq)]
pub struct EverydayWord<'a> {
    /// Bytes of the text.
    pub span: Span,
    /// At least one.
    pub synonyms: &'a [Synonym],
}

/// All lists; everything folded.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Removed wherever they occur, longest first.
    pub(super) courtesy: Vec<String>,
    /// Removed when words of their own.
    pub(super) question_words: HashSet<String>,
    /// Searched for, but with little weight.
    pub(super) weak_words: HashSet<String>,
    /// Tell of something that they don't name (补贴, 报名).
    pub(super) leaning_words: HashSet<String>,
    /// Provinces, cities and countries, most without their kind.
    pub(super) places: HashSet<String>,
    /// Everyday word → official words.
    pub(super) synonyms: HashMap<String, Vec<Synonym>>,
    /// For the segmenter.
    pub(super) user_words: Vec<String>,
    /// English phrase → Chinese words.
    pub(super) english: HashMap<String, Vec<String>>,
    pub(super) examples: Examples,
    pub(super) intents: Intents,
}

/// Examples of questions, for search by meaning to know more of either kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// Such as a report may answer; folded.
    pub on_topic: Vec<String>,
    /// Such as no report answers; folded.
    pub off_topic: Vec<String>,
}

impl Examples {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all = self.on_topic.iter().chain(&self.off_topic);
        all.map(String::as_str)
    }
}

impl Lexicon {
    /// From now on, gives these folded words little weight.
    pub fn weaken<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        self.weak_words.extend(words.into_iter().map(str::to_owned));
    }

    /// From now on, takes what people call something for what officials call it, which means the same; folded.
    pub fn name<'a>(&mut self, names: impl IntoIterator<Item = &'a (String, String)>) {
        for (typed, official) in names {
            let synonyms = self.synonyms.entry(typed.clone()).or_default();
            if typed != official && synonyms.iter().all(|known| known.word != *official) {
                synonyms.push(Synonym {
                    word: official.clone(),
                    weight: 1.0,
                });
            }
        }
        self.synonyms.retain(|_, synonyms| !synonyms.is_empty());
    }

    /// Words for the segmenter: the user's, and short everyday words, so that they are found whole.
    ///
    /// A phrase (充电的地方) is none of them, nor what holds a question word (谁是县长): it would hide
    /// the topic and the question word alike.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let everyday = self.synonyms.keys().map(String::as_str);
        let short =
            everyday.filter(|word| word.chars().count() <= 4 && !word.contains(ASKING.as_slice()));
        self.user_words.iter().map(String::as_str).chain(short)
    }

    /// Words that say how something is asked, in no order.
    pub fn question_words(&self) -> impl Iterator<Item = &str> {
        self.question_words.iter().map(String::as_str)
    }

    /// Patterns that say what a message is for.
    #[must_use]
    pub const fn intents(&self) -> &Intents {
        &self.intents
    }

    /// Examples of questions that a report may answer, and of questions that none does.
    #[must_use]
    pub const fn examples(&self) -> &Examples {
        &self.examples
    }

    /// The everyday words of a folded text with what officials call them; the longest first where
    /// they overlap, in order of the text.
    #[must_use]
    pub fn everyday_words(&self, text: &str) -> Vec<EverydayWord<'_>> {
        let bounds = longest::bounds(text);
        longest::runs(bounds.len() - 1, LONGEST, |run| {
            let span = Span::new(bounds[run.start], bounds[run.end]);
            let synonyms = self.synonyms.get(span.of(text))?;
            Some(EverydayWord { span, synonyms })
        })
    }

    /// A folded English question in Chinese words, unknown words left as they are; `None` when no
    /// word is known.
    #[must_use]
    pub fn translate(&self, folded: &str) -> Option<String> {
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric() && c != '.' && c != '%' && c != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        let known = |run: Range<usize>| self.english(&words[run].join(" "));
        let chinese = longest::runs(words.len(), LONGEST_ENGLISH, |run| {
            let unknown = (run.len() == 1).then(|| (false, words[run.start].to_owned()));
            let meaning = known(run).map(|meaning| (true, meaning.join(" ")));
            meaning.or(unknown)
        });
        let (known, chinese): (Vec<bool>, Vec<String>) = chinese.into_iter().unzip();
        known.contains(&true).then(|| chinese.join(" "))
    }

    /// A phrase as listed, or in the singular.
    fn english(&self, phrase: &str) -> Option<&Vec<String>> {
        self.english
            .get(phrase)
            .or_else(|| self.english.get(phrase.strip_suffix('s')?))
            .or_else(|| self.english.get(phrase.strip_suffix("es")?))
    }

    /// `text` with courtesy phrases replaced by spaces.
    #[must_use]
    pub fn without_courtesy(&self, text: &str) -> String {
        blank_phrases(text, &self.courtesy)
    }

    /// True for words that say how something is asked, not what.
    #[must_use]
    pub fn is_question_word(&self, word: &str) -> bool {
        self.question_words.contains(word)
    }

    /// True for words that stand everywhere and tell little.
    #[must_use]
    pub fn is_weak(&self, word: &str) -> bool {
        self.weak_words.contains(word)
    }

    /// True for words that tell of something they don't name (补贴, 报名): they need the question
    /// before.
    #[must_use]
    pub fn is_leaning(&self, word: &str) -> bool {
        self.leaning_words.contains(word)
    }

    /// True for a province, a city or a country, with or without its kind (兰州, 兰州市).
    #[must_use]
    pub fn is_place(&self, word: &str) -> bool {
        const KINDS: [char; 6] = ['省', '市', '州', '县', '区', '盟'];
        let bare = word.strip_suffix(KINDS);
        self.places.contains(word) || bare.is_some_and(|bare| self.places.contains(bare))
    }

    /// `text` with question words replaced by as many blanks as they have bytes.
    ///
    /// A question word must begin and end where a word of `words` (the segments of `text`) does:
    /// 目前 asks nothing in 项目前期.
    #[must_use]
    pub fn without_question_words(&self, text: &str, words: &[Span]) -> String {
        let asking = longest::runs(words.len(), LONGEST, |run| {
            let run = &words[run];
            let joined = run.windows(2).all(|pair| pair[0].end == pair[1].start);
            let whole = Span::new(run[0].start, run[run.len() - 1].end);
            (joined && self.question_words.contains(whole.of(text))).then_some(whole)
        });
        let mut blanked = text.to_owned();
        for span in asking {
            blanked.replace_range(span.start..span.end, &" ".repeat(span.len()));
        }
        blanked
    }
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
