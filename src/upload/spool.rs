//! Uploads that wait to be converted, as files of a folder.
//!
//! A file lives as long as somebody holds it: an upload that breaks off, is too large or does not fit leaves nothing
//! behind, and neither does one that was converted. What the end of the program leaves is taken up again by the next
//! start if a job names it ([`Ticket`]), and else removed once it is an hour old.

use std::{
    fs,
    io::{self, ErrorKind},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::Arc,
    time::SystemTime,
};

use futures::{Stream, StreamExt as _};
use serde::{Deserialize, Serialize};
use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt as _,
    time::timeout,
};

use super::{
    error::SpoolError,
    label,
    ledger::Ledger,
    limits::SpoolLimits,
    slot::{ENDING, Shelf, Slot},
};
use crate::storage;

/// The folder of uploads that wait. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Spool {
    shelf: Arc<Shelf>,
}

impl Spool {
    /// The spool in `folder`, which is made where there is none. What has been left there waits to be taken up
    /// again ([`Self::reclaim`]), and is removed once it is too old ([`Self::tidy`]).
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(folder: &Path, limits: SpoolLimits) -> io::Result<Self> {
        storage::create_folder(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        let mut ledger = Ledger::default();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let metadata = entry.metadata()?;
            if metadata.is_file() && name.ends_with(ENDING) {
                let since = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                ledger.found(name, metadata.len(), since);
            }
        }
        Ok(Self {
            shelf: Arc::new(Shelf::new(folder, limits, ledger)),
        })
    }

    /// Takes a file up again that an earlier run of the program has left, for `editor`; `None` when it is not
    /// there any more, or not whole.
    #[must_use]
    pub fn reclaim(&self, ticket: &Ticket, editor: &str) -> Option<Waiting> {
        let slot = Slot::reclaim(&self.shelf, &ticket.file, editor)?;
        let waiting = Waiting {
            slot,
            label: label::clean(&ticket.label),
            bytes: ticket.bytes,
        };
        waiting.open().is_ok().then_some(waiting)
    }

    /// Removes what nobody holds and is too old to be taken up again.
    pub fn tidy(&self) {
        for old in self.expired() {
            // It has been struck out; what the disk refuses to remove is found again after a restart.
            let _ = fs::remove_file(self.shelf.folder.join(old));
        }
    }

    /// What files may take.
    #[must_use]
    pub fn limits(&self) -> &SpoolLimits {
        &self.shelf.limits
    }

    /// Bytes of all files that wait or arrive.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.shelf.ledger().bytes()
    }

    /// Begins a file of `editor`, which may be any name that tells editors apart; `name` is what they call the
    /// file.
    ///
    /// # Errors
    /// When the editor's earlier files still wait, there is no room, or the disk refuses.
    pub async fn begin(&self, editor: &str, name: &str) -> Result<Incoming, SpoolError> {
        for old in self.expired() {
            // It has been struck out; what the disk refuses to remove is found again after a restart.
            let _ = tokio::fs::remove_file(self.shelf.folder.join(old)).await;
        }
        let slot = Slot::take(&self.shelf, editor)?;
        let mut options = storage::private();
        options.write(true).create_new(true);
        let file = OpenOptions::from(options).open(slot.path()).await?;
        Ok(Incoming {
            slot,
            file,
            label: label::clean(name),
            bytes: 0,
        })
    }

    /// Keeps the file that comes in `pieces`; for those who do not write themselves.
    ///
    /// # Errors
    /// The first error of `pieces`, or as [`Self::begin`] and [`Incoming::write`]; too slow when no piece comes for
    /// a while.
    pub async fn keep<B: AsRef<[u8]>>(
        &self,
        editor: &str,
        name: &str,
        pieces: impl Stream<Item = Result<B, SpoolError>>,
    ) -> Result<Waiting, SpoolError> {
        let mut incoming = self.begin(editor, name).await?;
        let mut pieces = Box::pin(pieces);
        let idle = self.shelf.limits.idle;
        loop {
            let next = timeout(idle, pieces.next()).await;
            let Some(piece) = next.map_err(|_| SpoolError::TooSlow)? else {
                break;
            };
            incoming.write(piece?.as_ref()).await?;
        }
        incoming.finish().await
    }

    fn expired(&self) -> Vec<String> {
        self.shelf.ledger().expired(self.shelf.limits.age)
    }
}

/// A file that is arriving. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    slot: Slot,
    label: String,
    bytes: u64,
}

impl Incoming {
    /// Writes the next piece.
    ///
    /// # Errors
    /// When the file or all files become too large, or the disk refuses; then the file is to be dropped.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), SpoolError> {
        self.slot.grow(piece.len() as u64)?;
        self.file.write_all(piece).await?;
        self.bytes += piece.len() as u64;
        Ok(())
    }

    /// The file, whole.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn finish(mut self) -> Result<Waiting, SpoolError> {
        // The last piece may still be on its way: only this tells that there was room for it.
        self.file.flush().await?;
        Ok(Waiting {
            slot: self.slot,
            label: self.label,
            bytes: self.bytes,
        })
    }
}

/// What a file that waits is found by, in a job that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    file: String,
    label: String,
    bytes: u64,
}

/// A file that waits. Dropped, it is gone.
#[derive(Debug)]
pub struct Waiting {
    slot: Slot,
    label: String,
    bytes: u64,
}

impl Waiting {
    /// What its sender calls it, in at most 100 characters; no part of any path.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its length in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What it is found by after the program has ended.
    #[must_use]
    pub fn ticket(&self) -> Ticket {
        Ticket {
            file: self.slot.name().to_owned(),
            label: self.label.clone(),
            bytes: self.bytes,
        }
    }

    /// The file, open for reading. It can be read to its end even after this was dropped.
    ///
    /// # Errors
    /// When somebody else removed it, or the disk refuses.
    pub fn open(&self) -> io::Result<fs::File> {
        let file = fs::File::open(self.slot.path())?;
        if file.metadata()?.len() == self.bytes {
            return Ok(file);
        }
        Err(ErrorKind::InvalidData.into())
    }
}

#[cfg(test)]
mod tests;
