//! How near a question that could be offered is to what was asked.
//!
//! Two texts that share a word of every report (补贴, 比例, 建成) do not speak of the same: what counts
//! is the candidate's own noun, which names what it is about, and the rarest noun of the question.

use super::candidates::Candidate;
use crate::{
    answer::Citation,
    retrieval::{Retriever, SYNONYM_THRESHOLD, Understanding, rarity},
    text::normalize,
};

/// A word of the question that counts less than this is none of its matter.
const WHOLE: f32 = 1.0;
/// A noun that stands in so many reports joins no two sentences.
const JOINS: f32 = 0.5;
/// What is near to the question itself goes before what is near to the sentence that answers it.
const ASKED: f32 = 1.0;
/// A question for a whole heading is less near than one for the matter itself.
const HEADING: f32 = 0.3;

/// The nouns that tell what a candidate is about, folded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Own {
    /// The last of them, which the others only qualify, and the rarest; the whole topic when no word
    /// of it names a matter.
    nouns: Vec<String>,
    /// False for the whole topic.
    named: bool,
    /// True when it is about a single noun.
    single: bool,
}

impl Own {
    pub(super) fn of(retriever: &Retriever, made: &Candidate) -> Self {
        let topic = normalize::fold(&made.topic);
        let spans = retriever.known_words(&topic);
        let mut words: Vec<&str> = spans.iter().map(|span| span.of(&topic)).collect();
        // 比例 of 财政投入比例 is measured of anything.
        if made.measured && words.len() > 1 {
            words.pop();
        }
        let names = |word: &&str| word.chars().nth(1).is_some() && retriever.names_a_matter(word);
        let nouns: Vec<&str> = words.into_iter().filter(names).collect();
        let last = nouns.last().copied();
        let rarest = nouns.iter().copied().max_by(|a, b| rarity(a).total_cmp(&rarity(b)));
        let mut own: Vec<String> = last.into_iter().chain(rarest).map(str::to_owned).collect();
        own.dedup();
        let named = !own.is_empty();
        if !named {
            own.push(topic.clone());
        }
        Self {
            nouns: own,
            named,
            single: nouns.len() == 1,
        }
    }
}

/// What a question is about.
#[derive(Debug)]
pub(super) struct Asked {
    /// The question and what officials call what it names.
    text: String,
    /// The nouns it is about, and what officials call them.
    keys: Vec<String>,
    /// How rare the rarest of them is.
    rarest: f32,
}

impl Asked {
    /// `None` when it names no matter.
    pub(super) fn of(retriever: &Retriever, question: &Understanding) -> Option<Self> {
        let long = |word: &str| word.chars().nth(1).is_some();
        let names = |word: &str| long(word) && retriever.names_a_matter(word);
        let words = question.words().iter();
        let words = words.filter(|word| word.weight >= WHOLE && names(&word.text));
        let mut keys: Vec<String> = words.map(|word| word.text.clone()).collect();
        if keys.is_empty() {
            keys.extend(retriever.matter(question));
        }
        let mut text = question.folded().to_owned();
        let mut rarest = keys.iter().map(|key| rarity(key)).reduce(f32::max);
        for said in question.expansions() {
            // An official word is as rare as what was said for it.
            let strong = said.synonyms.iter();
            let strong = strong.filter(|synonym| synonym.weight >= SYNONYM_THRESHOLD);
            for synonym in strong.filter(|synonym| names(&synonym.word)) {
                text.push('\n');
                text.push_str(&synonym.word);
                keys.push(synonym.word.clone());
                if rarest.is_none() {
                    rarest = Some(rarity(&synonym.word));
                }
            }
        }
        Some(Self {
            text,
            rarest: rarest?,
            keys,
        })
    }

    /// True when `text` holds one of its nouns.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.keys.iter().any(|key| text.contains(key))
    }

    /// True when `text`, folded, holds the rarest of its nouns or a word for it.
    pub(super) fn speaks_of_the_rarest(&self, text: &str) -> bool {
        let mut rarest = self.keys.iter().filter(|key| rarity(key) >= self.rarest);
        rarest.any(|key| text.contains(key))
    }

    /// How near `made` is to the question by its nouns; `None` when it is not. The question for a
    /// heading is near when the passage is about the `whole` of it.
    pub(super) fn near(&self, made: &Candidate, own: &Own, whole: bool) -> Option<f32> {
        let by_noun = own.nouns.iter().filter_map(|noun| self.shares(noun, own.single));
        let nearest = by_noun.reduce(f32::max);
        nearest.or_else(|| (whole && made.heading.is_some()).then_some(HEADING))
    }

    /// How rare what the question and a candidate's noun share is: the rarest noun of the question, or
    /// all that the candidate is about.
    fn shares(&self, noun: &str, single: bool) -> Option<f32> {
        let keys = self.keys.iter();
        let within = keys.filter(|key| noun.contains(key.as_str()) || key.contains(noun));
        let shared = within
            .map(|key| (rarity(key), single && key == noun))
            .filter(|(rare, all)| *all || *rare >= self.rarest);
        let shared = shared.map(|(rare, _)| rare).reduce(f32::max);
        let typed = || (single && self.text.contains(noun)).then(|| rarity(noun));
        shared.or_else(typed)
    }
}

/// The sentence that answered and its headings, to which a question may be near.
#[derive(Debug)]
pub(super) struct Told {
    /// What of the quote answers, folded.
    clauses: String,
    /// The innermost heading, folded.
    heading: String,
}

impl Told {
    pub(super) fn by(citation: &Citation) -> Self {
        let mut start = 0;
        let mut clauses = String::new();
        // A sentence of a report tells of many things; what was asked stands in a piece of it.
        for piece in citation.quote.split_inclusive(['。', '；']) {
            let end = start + piece.len();
            let marked = citation.highlights.iter();
            if marked.clone().any(|span| span.start < end && start < span.end) {
                clauses.push_str(piece);
            }
            start = end;
        }
        let heading = citation.path.last().map(String::as_str).unwrap_or_default();
        Self {
            clauses: normalize::fold(&clauses),
            heading: normalize::fold(heading),
        }
    }

    /// How near a candidate is to what was asked or told; `None` when it is not.
    pub(super) fn near(&self, asked: &Asked, made: &Candidate, own: &Own) -> Option<f32> {
        if let Some(near) = asked.near(made, own, false) {
            return Some(ASKED + near);
        }
        let joins = |noun: &&String| own.named && rarity(noun) >= JOINS;
        let mut nouns = own.nouns.iter().filter(joins);
        let told = nouns.clone().filter(|noun| self.clauses.contains(noun.as_str()));
        let told = told.map(|noun| rarity(noun)).reduce(f32::max);
        told.or_else(|| {
            let named = nouns.any(|noun| self.heading.contains(noun.as_str()));
            named.then_some(HEADING)
        })
    }
}
