//! Passages in one file, read when they are needed.
//!
//! ```text
//! record: CRC-32 of the rest, 4 bytes │ passage (postcard)
//! ```
//!
//! The file has no name: nobody can change, replace or delete it, and it is gone with the last
//! snapshot that reads from it. Where each record starts is kept in memory.

use std::{
    fs::{self, File},
    io,
    ops::Range,
    os::unix::fs::FileExt as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use super::LibraryError;
use crate::{
    corpus::{Passage, PassageAt},
    storage,
};

/// Bytes of a record's checksum.
const CHECK: usize = 4;

/// A file without a name that holds passages of many documents.
#[derive(Debug)]
pub(in crate::corpus) struct Pack {
    file: File,
    end: AtomicU64,
}

/// The passages of a document in a [`Pack`].
#[derive(Debug, Clone)]
pub(in crate::corpus) struct Packed {
    pack: Arc<Pack>,
    start: u64,
    /// Where each record begins after `start`, and where the last one ends.
    offsets: Arc<[u32]>,
}

/// The records of `passages`, and where each begins and the last one ends.
///
/// # Errors
/// When there are more than four gigabytes of them.
pub(in crate::corpus) fn encode(passages: &[Passage]) -> io::Result<(Vec<u8>, Vec<u32>)> {
    let mut bytes = Vec::new();
    let mut offsets = vec![0];
    for passage in passages {
        let record = postcard::to_stdvec(passage).map_err(io::Error::other)?;
        bytes.extend_from_slice(&crc32fast::hash(&record).to_le_bytes());
        bytes.extend_from_slice(&record);
        offsets.push(u32::try_from(bytes.len()).map_err(io::Error::other)?);
    }
    Ok((bytes, offsets))
}

/// The passages that [`encode`] made records of; `None` when they are damaged.
pub(in crate::corpus) fn decode(bytes: &[u8], offsets: &[u32]) -> Option<Vec<Passage>> {
    let records = offsets.windows(2).map(|ends| {
        let record = bytes.get(ends[0] as usize..ends[1] as usize)?;
        parse(record)
    });
    records.collect()
}

fn parse(record: &[u8]) -> Option<Passage> {
    let (check, passage) = record.split_first_chunk::<CHECK>()?;
    let sound = crc32fast::hash(passage) == u32::from_le_bytes(*check);
    postcard::from_bytes(passage).ok().filter(|_| sound)
}

impl Pack {
    /// An empty one that takes its space where `folder` is.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(in crate::corpus) fn create(folder: &Path) -> io::Result<Self> {
        storage::create_folder(folder)?;
        let path = storage::unfinished(&folder.join("passages.pack"));
        let _ = fs::remove_file(&path);
        let mut options = storage::private();
        let file = options
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)?;
        fs::remove_file(&path)?;
        Ok(Self {
            file,
            end: AtomicU64::new(0),
        })
    }

    /// Takes away what it holds.
    #[cfg(test)]
    pub(super) fn empty(&self) {
        self.file.set_len(0).expect("the file can be changed");
    }

    /// Bytes written to it.
    pub(in crate::corpus) fn bytes(&self) -> u64 {
        self.end.load(Relaxed)
    }

    /// Adds the records of a document.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(in crate::corpus) fn add(
        self: &Arc<Self>,
        records: &[u8],
        offsets: Vec<u32>,
    ) -> io::Result<Packed> {
        let start = self.end.fetch_add(records.len() as u64, Relaxed);
        self.file.write_all_at(records, start)?;
        Ok(Packed {
            pack: Arc::clone(self),
            start,
            offsets: offsets.into(),
        })
    }
}

impl Packed {
    /// Where its passages are.
    pub(in crate::corpus) const fn pack(&self) -> &Arc<Pack> {
        &self.pack
    }

    /// Bytes of its records.
    pub(super) fn bytes(&self) -> u64 {
        self.offsets.last().copied().map_or(0, u64::from)
    }

    /// Reads neighbouring passages of `document`, which these are the passages of.
    pub(super) fn read(
        &self,
        document: usize,
        range: Range<usize>,
    ) -> Result<Vec<Passage>, LibraryError> {
        let at = |passage| PassageAt { document, passage };
        let offset = |n: usize| {
            let missing = LibraryError::NoSuchPassage(at(range.start));
            self.offsets.get(n).copied().ok_or(missing)
        };
        let (start, end) = (offset(range.start)?, offset(range.end)?);
        let mut bytes = vec![0; end.saturating_sub(start) as usize];
        let from = self.start + u64::from(start);
        let read = self.pack.file.read_exact_at(&mut bytes, from);
        read.map_err(|error| LibraryError::Unreadable {
            document,
            error: Arc::new(error),
        })?;
        let records = range.map(|n| {
            let of = |n: usize| (self.offsets[n] - start) as usize;
            parse(&bytes[of(n)..of(n + 1)]).ok_or(LibraryError::Damaged(at(n)))
        });
        records.collect()
    }
}
