//! The groups, and which of them a question joins.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{
    features::Features,
    group::{Group, GroupId, KeptGroup, KeptQuestion},
    index::{Candidate, Index},
    key::QuestionKey,
    likeness::Signals,
};

/// Groups at most.
const GROUPS: usize = 5_000;
/// Questions that are known again by their keys, at most: 16 MB of them.
const KEYS: usize = 1_000_000;

/// A question joins a group whose representatives are so like it on average: one alone would let a group
/// grow from one matter to the next. Nine in ten pairs put together have gold in the same sentence from
/// about .6 on, in the worst of several orders from .7 on; see `docs/quality.md`.
const JOINS: f32 = 0.7;

/// What is kept of all groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptGrouper {
    /// The id that the next new group gets.
    pub next: u32,
    /// In the order of their ids.
    pub groups: Vec<KeptGroup>,
    /// The group of every question that was assigned, in the order of the keys.
    pub keys: Vec<(QuestionKey, GroupId)>,
}

/// Groups of questions that ask about the same.
#[derive(Debug, Default)]
pub struct Grouper {
    groups: BTreeMap<GroupId, Group>,
    index: Index,
    keys: HashMap<QuestionKey, GroupId>,
    next: u32,
}

impl Grouper {
    /// As kept; `features` makes those of a representative, by the edition that is live.
    #[must_use]
    pub fn restore(kept: KeptGrouper, features: impl Fn(&KeptQuestion) -> Features) -> Self {
        let groups = kept.groups.into_iter();
        let groups = groups.map(|group| (group.id, Group::restored(group, &features)));
        let mut grouper = Self {
            groups: groups.collect(),
            index: Index::default(),
            keys: kept.keys.into_iter().collect(),
            next: kept.next,
        };
        grouper.index_all();
        grouper
    }

    /// What is to be kept.
    #[must_use]
    pub fn kept(&self) -> KeptGrouper {
        let mut keys: Vec<_> = self
            .keys
            .iter()
            .map(|(key, group)| (*key, *group))
            .collect();
        keys.sort_unstable();
        KeptGrouper {
            next: self.next,
            groups: self.groups.values().map(Group::kept).collect(),
            keys,
        }
    }

    /// The next group that begins gets this id: for groups whose numbers others give too.
    pub const fn begin_at(&mut self, next: u32) {
        self.next = next;
    }

    /// The group of a question that was assigned before, without its features.
    #[must_use]
    pub fn known(&self, key: QuestionKey) -> Option<GroupId> {
        self.keys.get(&key).copied()
    }

    /// The group that a question joins, or begins when it joins none; `None` when it would have to begin
    /// one and there are 5,000.
    pub fn assign(&mut self, question: &Features) -> Option<GroupId> {
        if let Some(known) = self.known(question.key) {
            return Some(known);
        }
        let id = match self.most_alike(question) {
            Some((id, likest)) => {
                let group = self.groups.get_mut(&id)?;
                if group.join(question, likest) {
                    self.index.add(id, question);
                }
                id
            }
            None => self.begin(question)?,
        };
        if self.keys.len() < KEYS {
            self.keys.insert(question.key, id);
        }
        Some(id)
    }

    /// What people read of a group: what its questions lack most, else its most central question.
    #[must_use]
    pub fn label(&self, group: GroupId) -> Option<&str> {
        self.groups.get(&group).map(Group::label)
    }

    /// All groups, the oldest first.
    pub fn ids(&self) -> impl Iterator<Item = GroupId> {
        self.groups.keys().copied()
    }

    /// Forgets all groups but those that `keep` wants; their questions begin new ones.
    pub fn retain(&mut self, keep: impl Fn(GroupId) -> bool) {
        self.groups.retain(|id, _| keep(*id));
        self.keys.retain(|_, id| keep(*id));
        self.index_all();
    }

    fn index_all(&mut self) {
        self.index = Index::default();
        for group in self.groups.values() {
            for question in &group.representatives {
                self.index.add(group.id, question);
            }
        }
    }

    fn begin(&mut self, question: &Features) -> Option<GroupId> {
        if self.groups.len() >= GROUPS {
            return None;
        }
        let id = GroupId(self.next);
        self.next = self.next.checked_add(1)?;
        self.groups.insert(id, Group::new(id, question));
        self.index.add(id, question);
        Some(id)
    }

    /// The group most like `question` of those like enough, and how like its likest representative is.
    fn most_alike(&self, question: &Features) -> Option<(GroupId, f32)> {
        let candidates = self.index.candidates(question).into_iter();
        let alike = candidates.filter_map(|candidate| {
            let likest = self.likeness(question, &candidate)?;
            Some((candidate.group, likest))
        });
        // Of equals the oldest.
        alike.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// How like the likest representative of a group is; `None` when the question does not belong there.
    fn likeness(&self, question: &Features, candidate: &Candidate) -> Option<f32> {
        let group = self.groups.get(&candidate.group)?;
        let pairs = group.representatives.iter().zip(&candidate.cosines);
        let all = pairs.map(|(other, cosine)| Signals::of(question, other, *cosine).likeness());
        let (likest, sum) = all.fold((0.0_f32, 0.0), |(likest, sum), likeness| {
            (likest.max(likeness), sum + likeness)
        });
        let average = sum / group.representatives.len().max(1) as f32;
        (average >= JOINS).then_some(likest)
    }
}
