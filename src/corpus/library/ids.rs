//! From ids to addresses, in sixteen bytes a passage.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::corpus::{PassageAt, PassageId};

/// Where the passages with each id may stand.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Hash of the id, document and passage, ascending.
    entries: Vec<(u64, u32, u32)>,
}

/// A hash of `id`, the same in every start of this program.
pub(in crate::corpus) fn hash(id: &PassageId) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.0.hash(&mut hasher);
    hasher.finish()
}

impl Ids {
    /// Adds the passages of a document by the hashes of their ids.
    pub(super) fn add(&mut self, document: usize, hashes: &[u64]) {
        let numbered = (0..).zip(hashes);
        let document = u32::try_from(document).unwrap_or(u32::MAX);
        let entries = numbered.map(|(passage, hash)| (*hash, document, passage));
        self.entries.extend(entries);
    }

    /// To be called once all documents are added.
    pub(super) fn finish(&mut self) {
        self.entries.sort_unstable();
        self.entries.shrink_to_fit();
    }

    /// Where the passage with this id may stand: addresses of passages whose id has the same hash,
    /// the last first.
    pub(super) fn candidates(&self, id: &PassageId) -> impl Iterator<Item = PassageAt> {
        let hash = hash(id);
        let start = self.entries.partition_point(|entry| entry.0 < hash);
        let same = self.entries[start..].iter();
        let same: Vec<_> = same.take_while(|entry| entry.0 == hash).collect();
        same.into_iter().rev().map(|entry| PassageAt {
            document: entry.1 as usize,
            passage: entry.2 as usize,
        })
    }

    /// Hashes of all ids, ascending, each once.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u64> {
        let starts = self.entries.chunk_by(|a, b| a.0 == b.0);
        starts.filter_map(|same| Some(same.first()?.0))
    }
}
