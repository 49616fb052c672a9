//! Passages that were read or folded of late, up to a number of bytes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use super::folded::FoldedPassage;
use crate::corpus::{Passage, Sentence};

/// Bytes kept in memory at most.
const BYTES: usize = 32 << 20;
/// Bytes of an entry beside its texts.
const ENTRY: usize = 120;

/// Names a passage in every library: the key of its document, and its index in that.
pub(super) type PassageName = (u64, usize);

/// What is kept of a passage.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// `None` when it is in memory anyway.
    pub(super) passage: Option<Arc<Passage>>,
    pub(super) folded: Option<Arc<FoldedPassage>>,
}

#[derive(Debug)]
struct Kept {
    entries: LruCache<PassageName, Entry>,
    bytes: usize,
}

/// Passages by name; the last used are kept.
#[derive(Debug)]
pub(super) struct PassageCache {
    kept: Mutex<Kept>,
    limit: usize,
}

impl Default for PassageCache {
    fn default() -> Self {
        Self::new(BYTES)
    }
}

impl PassageCache {
    /// Keeps about `limit` bytes at most.
    pub(super) fn new(limit: usize) -> Self {
        let kept = Kept {
            entries: LruCache::unbounded(),
            bytes: 0,
        };
        Self {
            kept: Mutex::new(kept),
            limit,
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of a passage.
    pub(super) fn get(&self, name: PassageName) -> Entry {
        self.kept().entries.get(&name).cloned().unwrap_or_default()
    }

    /// Keeps what is `set` of a passage beside what is kept of it already.
    pub(super) fn keep(&self, name: PassageName, set: impl FnOnce(&mut Entry)) {
        let mut kept = self.kept();
        let mut entry = kept.entries.pop(&name).unwrap_or_default();
        kept.bytes -= bytes(&entry);
        set(&mut entry);
        kept.bytes += bytes(&entry);
        kept.entries.put(name, entry);
        while kept.bytes > self.limit
            && let Some((_, oldest)) = kept.entries.pop_lru()
        {
            kept.bytes -= bytes(&oldest);
        }
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.kept().bytes
    }
}

/// About as many bytes as an entry takes; 0 when it holds nothing.
fn bytes(entry: &Entry) -> usize {
    let passage = entry.passage.as_ref().map_or(0, |p| passage_bytes(p));
    let folded = entry.folded.as_ref().map_or(0, |folded| folded.bytes());
    match passage + folded {
        0 => 0,
        texts => texts + ENTRY,
    }
}

fn passage_bytes(passage: &Passage) -> usize {
    let path = passage.path.iter();
    let path: usize = path.map(|step| step.capacity() + size_of::<String>()).sum();
    size_of::<Passage>()
        + passage.id.0.capacity()
        + path
        + passage.text.capacity()
        + passage.sentences.capacity() * size_of::<Sentence>()
}
