//! What a question is about: its words, each with what else it is called.

use std::collections::BTreeSet;

use crate::{
    retrieval::{SYNONYM_THRESHOLD, Understanding, rarity},
    text::segment,
};

/// What a word counts that names no matter (修, 弄, 情况), beside one that does.
const NAMELESS: f32 = 0.35;
/// What a word counts that the other question holds in pieces (高龄津贴 of 高龄补贴).
const IN_PIECES: f32 = 0.8;

/// A word of a question.
#[derive(Debug, Clone, PartialEq)]
struct Concept {
    /// As typed, then the official words that mean the same, folded; how far they do, at most 1.
    forms: Vec<(String, f32)>,
    /// Character pairs of what was typed.
    pairs: Vec<String>,
    /// Above 0: how much it says of what the question is about.
    weight: f32,
}

/// What a question is about, without its place, its year and the words that ask.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Concepts {
    list: Vec<Concept>,
    /// All that is left of the question, in one piece.
    content: String,
    /// The sum of the weights.
    weight: f32,
}

impl Concepts {
    /// Of a question; `names_a_matter` tells nouns that say what it is about.
    pub(super) fn of(question: &Understanding, names_a_matter: impl Fn(&str) -> bool) -> Self {
        let everyday = question.expansions().iter().filter_map(|everyday| {
            let same = everyday.synonyms.iter();
            let same = same.filter(|synonym| synonym.weight >= SYNONYM_THRESHOLD);
            let official: Vec<(String, f32)> = same
                .map(|synonym| (synonym.word.clone(), synonym.weight))
                .collect();
            let rarest = official.iter().map(|(word, _)| rarity(word));
            let rarest = rarest.max_by(f32::total_cmp)?;
            Some(Concept::new(&everyday.typed, official, rarest))
        });
        let mut list: Vec<Concept> = everyday.collect();
        let explained: Vec<String> = list.iter().map(|it| it.forms[0].0.clone()).collect();
        for word in question.words() {
            let text = word.text.as_str();
            if explained.iter().any(|typed| typed.contains(text)) {
                continue;
            }
            let names = if names_a_matter(text) { 1.0 } else { NAMELESS };
            list.push(Concept::new(
                text,
                Vec::new(),
                word.weight * names * rarity(text),
            ));
        }
        list.retain(|concept| concept.weight > 0.0);
        Self {
            weight: list.iter().map(|concept| concept.weight).sum(),
            content: question.content().split_whitespace().collect(),
            list,
        }
    }

    /// How much of this is in `other` as well, 0 to 1; 0 for nothing.
    pub(super) fn covered_by(&self, other: &Self) -> f32 {
        if self.weight <= 0.0 {
            return 0.0;
        }
        let covered = self
            .list
            .iter()
            .map(|concept| concept.weight * other.holds(concept));
        covered.sum::<f32>() / self.weight
    }

    /// 1 for a word that is here, less for one that is here by another name or in pieces.
    fn holds(&self, concept: &Concept) -> f32 {
        let forms = concept.forms.iter();
        let named = forms.map(|(form, weight)| weight.min(self.names(form)));
        let named = named.fold(0.0, f32::max);
        let held = concept.pairs.iter();
        let held = held.filter(|pair| self.content.contains(pair.as_str()));
        let held = held.count() as f32 / concept.pairs.len().max(1) as f32;
        named.max(IN_PIECES * held)
    }

    /// 1 when this says `form`, less when it says what means that. Within other words it is found only when
    /// it has more than one character.
    fn names(&self, form: &str) -> f32 {
        if form.chars().nth(1).is_some() && self.content.contains(form) {
            return 1.0;
        }
        let forms = self.list.iter().flat_map(|concept| &concept.forms);
        let own = forms
            .filter(|(own, _)| own == form)
            .map(|(_, weight)| *weight);
        own.fold(0.0, f32::max)
    }

    /// What questions share that may be about the same.
    pub(super) fn keys(&self) -> BTreeSet<&str> {
        let forms = self.list.iter().flat_map(|concept| &concept.forms);
        let pairs = self.list.iter().flat_map(|concept| &concept.pairs);
        let forms = forms.map(|(form, _)| form.as_str());
        forms.chain(pairs.map(String::as_str)).collect()
    }
}

impl Concept {
    fn new(typed: &str, official: Vec<(String, f32)>, weight: f32) -> Self {
        let pairs = segment::bigrams(typed).into_iter();
        let typed_form = (typed.to_owned(), 1.0);
        Self {
            pairs: pairs.map(|pair| pair.of(typed).to_owned()).collect(),
            forms: std::iter::once(typed_form).chain(official).collect(),
            weight,
        }
    }
}
