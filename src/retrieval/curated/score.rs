//! How surely an entry is the one asked for.

use super::slot::Slot;
use crate::retrieval::{
    search::TextMatch,
    understand::{Understanding, rarity},
};

/// A word of three characters or more that leaves only pairs counts at most so much.
const PAIRS: f32 = 0.6;
/// Added to the rarity of a word, so that none counts nothing.
const LEAST: f32 = 0.15;

/// A rival is at least so near, so that the only entry of a list is not the best by far.
const RIVAL_SHARE: f32 = 0.3;
const RIVAL_COSINE: f32 = 0.68;
/// What asks for hours, a telephone number or an address has to share so much with an entry: else it is
/// another office's.
const OFFICE_SHARE: f32 = 0.4;

/// What speaks for an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence {
    /// Share of the question that question and answer of the entry hold, 0 to 1.
    pub(super) share: f32,
    /// Share of the entry's question that the question holds.
    pub(super) back: f32,
    /// Cosine of both questions; 0 without a model.
    pub(super) cosine: f32,
    /// Whether the answer tells the kind of fact asked for.
    pub(super) slot: Slot,
}

/// One side of a comparison.
pub(super) struct Side<'a> {
    pub(super) asked: &'a Understanding,
    pub(super) folded: &'a str,
}

impl Evidence {
    /// Compares a question with an entry's, `answer` and the `cosine` of both.
    pub(super) fn of(question: &Side<'_>, entry: &Side<'_>, answer: &str, cosine: f32) -> Self {
        let whole = format!("{}\n{answer}", entry.folded);
        Self {
            share: share(question, entry, &whole),
            back: share(entry, question, question.folded),
            cosine,
            slot: Slot::of(question.folded, answer),
        }
    }

    /// True when the entry cannot be the one asked for: it lacks the fact, or is another office's.
    pub(super) fn excludes(self) -> bool {
        match self.slot {
            Slot::Lacking => true,
            Slot::OfOffice => self.share < OFFICE_SHARE,
            Slot::Open | Slot::LackingAmount => false,
        }
    }

    /// How surely this is the entry asked for, 0 to 1, when `rivals` are the best share and cosine of
    /// all others: a logistic function, fitted on the questions of `tests/quality/faq`, with a model and
    /// without, and rounded.
    pub(super) fn probability(self, rivals: (f32, f32)) -> f32 {
        let ahead = self.share - rivals.0.max(RIVAL_SHARE);
        let amount = if self.slot == Slot::LackingAmount {
            -4.0
        } else {
            0.0
        };
        let evidence = if self.cosine > 0.0 {
            let nearer = self.cosine - rivals.1.max(RIVAL_COSINE);
            3.0 * self.share + 4.5 * ahead + 14.0 * self.cosine + 21.0 * nearer - 12.0
        } else {
            4.0 * self.share + 6.0 * self.back + 7.5 * ahead - 4.7
        };
        1.0 / (1.0 + (-evidence - amount).exp())
    }
}

/// The share of the words of `own` that `text`, which stands on the side of `other`, holds.
fn share(own: &Side<'_>, other: &Side<'_>, text: &str) -> f32 {
    let (mut held, mut all) = (0.0, 0.0);
    for word in own.asked.words() {
        let weight = word.weight * (LEAST + rarity(&word.text));
        all += weight;
        held += weight * holds(own.asked, other.asked, text, &word.text);
    }
    if all > 0.0 { held / all } else { 0.0 }
}

/// How far `text` holds `word`: itself, another word for it, or pairs of its characters.
fn holds(own: &Understanding, other: &Understanding, text: &str, word: &str) -> f32 {
    let text = TextMatch::new(text);
    if text.is_exact(word) {
        return 1.0;
    }
    let of_word = |typed: &str| typed.contains(word) || word.contains(typed);
    let forth = own.expansions().iter().filter(|it| of_word(&it.typed));
    let forth = text.best_synonym(forth.flat_map(|everyday| &everyday.synonyms));
    // What the other side says may be the everyday word.
    let back = other
        .expansions()
        .iter()
        .filter(|it| text.is_exact(&it.typed));
    let back = back.flat_map(|everyday| &everyday.synonyms);
    let back = back
        .filter(|synonym| of_word(&synonym.word))
        .map(|synonym| synonym.weight)
        .fold(0.0, f32::max);
    let count = word.chars().count();
    let pairs = if count > 2 {
        let held = u16::try_from(text.pairs(word)).unwrap_or(u16::MAX);
        let all = u16::try_from(count - 1).unwrap_or(u16::MAX);
        PAIRS * f32::from(held) / f32::from(all)
    } else {
        0.0
    };
    forth.max(back).max(pairs)
}
