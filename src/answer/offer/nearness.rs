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
/// Nouns that are told of anything: they name no matter beside another noun.
const MEASURES: [&str; 34] = [
    "面积",
    "总量",
    "总额",
    "总值",
    "产值",
    "总产值",
    "产量",
    "比例",
    "比重",
    "占比",
    "规模",
    "数量",
    "资金",
    "金额",
    "经费",
    "费用",
    "余额",
    "补贴",
    "补助",
    "奖励",
    "标准",
    "水平",
    "能力",
    "指标",
    "目标",
    "任务",
    "人数",
    "名额",
    "情况",
    "质量",
    "政策",
    "时间",
    "条件",
    "手续",
];
/// Nouns of a question that differ less in rarity tell as much.
const ALIKE: f32 = 0.1;
/// Two Chinese characters, in bytes.
const TWO_CHARACTERS: usize = 6;
/// A question for a whole heading is less near than one for the matter itself.
const HEADING: f32 = 0.3;

/// The nouns that tell what a candidate is about, folded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Own {
    /// The whole topic when no word of it names a matter.
    nouns: Vec<String>,
    /// False for the whole topic.
    named: bool,
}

impl Own {
    pub(super) fn of(retriever: &Retriever, made: &Candidate) -> Self {
        let topic = normalize::fold(&made.topic);
        let spans = retriever.known_words(&topic);
        let mut words: Vec<&str> = spans.iter().map(|span| span.of(&topic)).collect();
        // 优良率 of 空气质量优良率 is measured of anything.
        if made.measured && words.len() > 1 {
            words.pop();
        }
        let nouns = words.into_iter().filter(|word| {
            let measure = word.ends_with('率') || MEASURES.iter().any(|end| word.ends_with(end));
            names(retriever, word) && !measure
        });
        let nouns: Vec<String> = nouns.map(str::to_owned).collect();
        let named = !nouns.is_empty();
        Self {
            nouns: if named { nouns } else { vec![topic] },
            named,
        }
    }

    /// The last noun, which the others only qualify, and the rarest; none of the whole topic.
    fn heads(&self) -> impl Iterator<Item = &str> {
        let mut nouns = self.nouns.iter().filter(|_| self.named);
        let rarest = nouns.clone().max_by(|a, b| rarity(a).total_cmp(&rarity(b)));
        rarest
            .into_iter()
            .chain(nouns.next_back())
            .map(String::as_str)
    }
}

/// What a question is about.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its nouns, and what officials call them.
    keys: Vec<String>,
    /// Those that tell best what it is about.
    best: Vec<String>,
}

impl Asked {
    /// `None` when it names no matter.
    pub(super) fn of(retriever: &Retriever, question: &Understanding) -> Option<Self> {
        let words = question.words().iter();
        let words = words.filter(|word| word.weight >= WHOLE && names(retriever, &word.text));
        let mut typed: Vec<String> = words.map(|word| word.text.clone()).collect();
        if typed.is_empty() {
            typed.extend(retriever.matter(question));
        }
        let is_thing = |word: &str| !MEASURES.contains(&word);
        let things: Vec<&String> = typed.iter().filter(|word| is_thing(word)).collect();
        // A word that this report does not use (日子) tells nothing of what can be asked of it.
        let told = things.iter().filter(|key| retriever.speaks_of(key));
        let told: Vec<&String> = told.copied().collect();
        let rarest = told.iter().map(|key| rarity(key)).fold(0.0, f32::max);
        let as_rare = |key: &&&String| rarity(key) + ALIKE >= rarest;
        let telling: Vec<&String> = told.iter().filter(as_rare).copied().collect();
        let mut best: Vec<String> = telling.iter().copied().cloned().collect();
        let sources = if telling.is_empty() { things } else { telling };
        let mut keys = typed.clone();
        for said in question.expansions() {
            let strong = said.synonyms.iter();
            let strong = strong.filter(|synonym| synonym.weight >= SYNONYM_THRESHOLD);
            let official = strong.map(|synonym| synonym.word.as_str());
            let official = official.filter(|word| names(retriever, word));
            let official: Vec<String> = official.map(str::to_owned).collect();
            let typed = said.typed.as_str();
            let is_source = |key: &&String| key.contains(typed) || typed.contains(key.as_str());
            // 看病 is no noun: what stands for it alone tells what is asked.
            if sources.is_empty() || sources.iter().any(is_source) {
                best.extend(official.iter().filter(|word| is_thing(word)).cloned());
            }
            keys.extend(official);
        }
        (!best.is_empty()).then_some(Self { keys, best })
    }

    /// True when `text` holds one of its nouns.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.keys.iter().any(|key| text.contains(key))
    }

    /// True when `text`, folded, speaks of what it is about.
    fn is_matter_of(&self, text: &str) -> bool {
        self.best.iter().any(|key| text.contains(key))
    }

    /// How near a candidate is to the question by its own nouns: the rarer the noun they share, the
    /// nearer; `None` when they share none that tells what the question is about.
    pub(super) fn shares(&self, own: &Own) -> Option<f32> {
        let nouns = || own.nouns.iter();
        let part = |noun: &str, key: &str| own.named && rarity(noun) >= JOINS && key.contains(noun);
        let shared = self
            .best
            .iter()
            .filter(|key| nouns().any(|noun| noun.contains(key.as_str()) || part(noun, key)));
        shared.map(|key| rarity(key)).reduce(f32::max)
    }

    /// The same; the question for the heading of a sentence that was shown is near as well when that
    /// sentence tells of what was asked.
    pub(super) fn near(
        &self,
        made: &Candidate,
        own: &Own,
        shown: Option<&Told<'_>>,
    ) -> Option<f32> {
        let tells = |told: &Told<'_>| self.is_matter_of(&normalize::fold(&told.citation.quote));
        let below = |told: &&Told<'_>| told.is_below(made) && tells(told);
        self.shares(own)
            .or_else(|| shown.filter(below).map(|_| HEADING))
    }
}

/// The sentence that answered and its heading, to which a question may be near.
#[derive(Debug)]
pub(super) struct Told<'a> {
    citation: &'a Citation,
    /// The innermost heading.
    heading: &'a str,
}

impl<'a> Told<'a> {
    pub(super) fn by(citation: &'a Citation) -> Self {
        let heading = citation.path.last().map(String::as_str).unwrap_or_default();
        Self { citation, heading }
    }

    /// True for the question for the heading below which the sentence stands.
    fn is_below(&self, made: &Candidate) -> bool {
        made.heading.as_deref() == Some(self.heading)
    }

    /// How near a candidate is to what was asked or told; `None` when it is not. The question for the
    /// heading of the sentence is the least near.
    pub(super) fn near(&self, asked: &Asked, made: &Candidate, own: &Own) -> Option<f32> {
        if let Some(near) = asked.shares(own) {
            return Some(ASKED + near);
        }
        let joins = || own.heads().filter(|noun| rarity(noun) >= JOINS);
        let told = joins().filter(|noun| self.answers_by(noun));
        let told = told.map(rarity).reduce(f32::max);
        told.or_else(|| (self.is_below(made) && joins().next().is_some()).then_some(HEADING))
    }

    /// True when `noun` stands in what of the quote matches the question: a sentence of a report tells
    /// of many things that were not asked for.
    fn answers_by(&self, noun: &str) -> bool {
        let Citation {
            quote, highlights, ..
        } = self.citation;
        let marked = |start: usize| {
            let end = start + noun.len();
            highlights.iter().any(|span| {
                let shared = span.end.min(end).saturating_sub(span.start.max(start));
                shared >= TWO_CHARACTERS
            })
        };
        quote.match_indices(noun).any(|(start, _)| marked(start))
    }
}

/// True for a noun of two characters or more that names a matter.
fn names(retriever: &Retriever, word: &str) -> bool {
    word.chars().nth(1).is_some() && retriever.names_a_matter(word)
}
