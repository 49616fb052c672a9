//! Questions that ask about the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{features::Features, likeness::likeness};

/// Representatives of a group at most.
const REPRESENTATIVES: usize = 5;
/// A question that is so like a representative shows nothing new of its group.
const SHOWN: f32 = 0.98;
/// Different words of what is missing that a group counts.
const MISSING: usize = 16;

/// Names a group; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupId(pub u32);

/// What is kept of a representative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptQuestion {
    /// As logged.
    pub text: String,
    /// What its answer lacked.
    pub missing: Option<String>,
}

/// What is kept of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptGroup {
    /// Which it is.
    pub id: GroupId,
    /// At least one, at most five.
    pub representatives: Vec<KeptQuestion>,
    /// How many different questions lacked what these words name.
    pub missing: BTreeMap<String, u32>,
}

/// Questions that ask about the same, by some of them.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: GroupId,
    pub(super) representatives: Vec<Features>,
    missing: BTreeMap<String, u32>,
}

impl Group {
    /// Of one question.
    pub(super) fn new(id: GroupId, first: &Features) -> Self {
        let mut group = Self {
            id,
            representatives: vec![first.clone()],
            missing: BTreeMap::new(),
        };
        group.count(first);
        group
    }

    /// As kept; `features` makes those of a representative.
    pub(super) fn restored(kept: KeptGroup, features: impl Fn(&KeptQuestion) -> Features) -> Self {
        Self {
            id: kept.id,
            representatives: kept.representatives.iter().map(features).collect(),
            missing: kept.missing,
        }
    }

    /// What is to be kept.
    pub(super) fn kept(&self) -> KeptGroup {
        let representatives = self.representatives.iter().map(|question| KeptQuestion {
            text: question.text.clone(),
            missing: question.missing.clone(),
        });
        KeptGroup {
            id: self.id,
            representatives: representatives.collect(),
            missing: self.missing.clone(),
        }
    }

    /// Counts a question that joined, `likest` to one of the representatives; true when it is one of
    /// them from now on.
    pub(super) fn join(&mut self, question: &Features, likest: f32) -> bool {
        self.count(question);
        let represents = likest < SHOWN && self.representatives.len() < REPRESENTATIVES;
        if represents {
            self.representatives.push(question.clone());
        }
        represents
    }

    fn count(&mut self, question: &Features) {
        let Some(missing) = &question.missing else {
            return;
        };
        if self.missing.len() < MISSING || self.missing.contains_key(missing) {
            let count = self.missing.entry(missing.clone()).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// What people read of it: the words that most of its questions lack, of which the shorter where as many
    /// do; its most central question where none lacks any.
    pub(super) fn label(&self) -> &str {
        let shorter = |words: &str| std::cmp::Reverse(words.chars().count());
        let most = self
            .missing
            .iter()
            .max_by_key(|(words, count)| (**count, shorter(words)));
        most.map_or_else(|| self.central(), |(words, _)| words)
    }

    /// The representative that is most like all others, the first of these.
    fn central(&self) -> &str {
        let likeness_to_all = |question: &Features| -> f32 {
            let all = self.representatives.iter();
            all.map(|other| likeness(question, other)).sum()
        };
        let rated = self.representatives.iter().rev();
        let rated = rated.map(|question| (likeness_to_all(question), question));
        let best = rated.max_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or("", |(_, question)| question.text.as_str())
    }
}
