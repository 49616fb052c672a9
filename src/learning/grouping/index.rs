//! Which groups may be joined: those that share words or are near in meaning.

use std::collections::{BTreeMap, HashMap};

use super::{features::Features, group::GroupId};
use crate::semantic::{Matrix, Rounded};

/// Groups that are looked at because they share words …
const BY_WORDS: usize = 32;
/// … and because they are near in meaning.
const BY_MEANING: usize = 8;

/// Representatives by what they hold.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// A word or character pair → rows.
    postings: HashMap<String, Vec<usize>>,
    /// The group of each row, and the row of its vector.
    rows: Vec<(GroupId, Option<usize>)>,
    /// The rows of a group, in the order of its representatives.
    of_group: BTreeMap<GroupId, Vec<usize>>,
    vectors: Matrix,
}

/// A group that may be joined.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) group: GroupId,
    /// The cosine with each of its representatives, in order; `None` where either has no vector.
    pub(super) cosines: Vec<Option<f32>>,
}

impl Index {
    /// Adds a representative of `group`.
    pub(super) fn add(&mut self, group: GroupId, question: &Features) {
        let row = self.rows.len();
        for key in question.concepts.keys() {
            self.postings.entry(key.to_owned()).or_default().push(row);
        }
        // Another model than before: its numbers are not comparable.
        let fits = |width: usize| self.vectors.is_empty() || self.vectors.width() == width;
        let vector = question.vector.as_ref();
        let vector = vector.filter(|vector| fits(vector.numbers().len()));
        let vector_row = vector.map(|vector| {
            self.vectors.push(&Rounded::new(vector));
            self.vectors.len() - 1
        });
        self.rows.push((group, vector_row));
        self.of_group.entry(group).or_default().push(row);
    }

    /// The groups that `question` may join, in their order.
    pub(super) fn candidates(&self, question: &Features) -> Vec<Candidate> {
        let cosines = question.vector.as_ref();
        let cosines = cosines.map(|vector| self.vectors.nearest(vector));
        let cosine = |row: usize| {
            let vector_row = self.rows[row].1?;
            cosines.as_ref()?.get(vector_row).copied()
        };
        let near = (0..self.rows.len()).filter_map(|row| Some((row, cosine(row)?)));
        let near = best(self.by_group(near), BY_MEANING);
        let alike = best(self.by_group(self.sharing(question)), BY_WORDS);
        let groups: std::collections::BTreeSet<GroupId> = near.into_iter().chain(alike).collect();
        let candidates = groups.into_iter().map(|group| Candidate {
            group,
            cosines: self.of_group[&group]
                .iter()
                .map(|row| cosine(*row))
                .collect(),
        });
        candidates.collect()
    }

    /// Rows that share words with `question`, with how rare these are among all rows.
    fn sharing(&self, question: &Features) -> impl Iterator<Item = (usize, f32)> {
        let all = self.rows.len() as f32;
        let mut shared: HashMap<usize, f32> = HashMap::new();
        for rows in question
            .concepts
            .keys()
            .iter()
            .filter_map(|key| self.postings.get(*key))
        {
            let rarity = (1.0 + all / rows.len() as f32).ln();
            for row in rows {
                *shared.entry(*row).or_default() += rarity;
            }
        }
        shared.into_iter()
    }

    /// The best row of each group.
    fn by_group(&self, rows: impl Iterator<Item = (usize, f32)>) -> BTreeMap<GroupId, f32> {
        let mut groups = BTreeMap::new();
        for (row, value) in rows {
            let best: &mut f32 = groups.entry(self.rows[row].0).or_insert(value);
            *best = best.max(value);
        }
        groups
    }
}

/// The `limit` groups with the highest values, the older where they are equal.
fn best(groups: BTreeMap<GroupId, f32>, limit: usize) -> Vec<GroupId> {
    let mut groups: Vec<(GroupId, f32)> = groups.into_iter().collect();
    groups.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    groups.truncate(limit);
    groups.into_iter().map(|(group, _)| group).collect()
}
