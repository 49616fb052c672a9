//! From ids to addresses, in eight bytes a passage and eight more that libraries share.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use crate::corpus::{PassageAt, PassageId};

/// Where the passages with each id may stand.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Of each document, the hashes of the ids of its passages.
    hashes: Vec<Arc<[u64]>>,
    /// Document and passage, ascending by hash.
    order: Vec<(u32, u32)>,
}

/// A hash of `id`, the same in every start of this program.
pub(in crate::corpus) fn hash(id: &PassageId) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.0.hash(&mut hasher);
    hasher.finish()
}

impl Ids {
    /// Adds the passages of the next document by the hashes of their ids.
    pub(super) fn add(&mut self, hashes: Arc<[u64]>) {
        self.hashes.push(hashes);
    }

    /// To be called once all documents are added.
    pub(super) fn finish(&mut self) {
        let documents = (0..).zip(&self.hashes);
        let entries = documents.flat_map(|(document, hashes)| {
            let numbered = (0..).zip(hashes.iter());
            numbered.map(move |(passage, hash)| (*hash, document, passage))
        });
        let mut entries: Vec<(u64, u32, u32)> = entries.collect();
        entries.sort_unstable();
        let order = entries.iter();
        // Not in place, which would keep the room of what is larger.
        self.order = Vec::with_capacity(entries.len());
        self.order
            .extend(order.map(|(_, document, passage)| (*document, *passage)));
    }

    /// The hashes of the ids of a document's passages.
    pub(super) fn of(&self, document: usize) -> Option<&Arc<[u64]>> {
        self.hashes.get(document)
    }

    fn hash_at(&self, (document, passage): (u32, u32)) -> u64 {
        self.hashes[document as usize][passage as usize]
    }

    /// Where the passage with this id may stand: addresses of passages whose id has the same hash,
    /// the last first.
    pub(super) fn candidates(&self, id: &PassageId) -> impl Iterator<Item = PassageAt> {
        let hash = hash(id);
        let first = |at: &(u32, u32)| self.hash_at(*at) < hash;
        let start = self.order.partition_point(first);
        let same = self.order[start..].iter();
        let same: Vec<_> = same.take_while(|at| self.hash_at(**at) == hash).collect();
        same.into_iter().rev().map(|at| PassageAt {
            document: at.0 as usize,
            passage: at.1 as usize,
        })
    }

    /// Hashes of all ids, ascending, each once.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u64> {
        let mut before = None;
        let all = self.order.iter().map(|at| self.hash_at(*at));
        all.filter(move |hash| before.replace(*hash) != Some(*hash))
    }
}
