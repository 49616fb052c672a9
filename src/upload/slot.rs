//! A file of the spool as long as somebody holds it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{error::SpoolError, ledger::Ledger, limits::SpoolLimits};
use crate::text::hex;

/// How the files of the spool end; others are not touched.
pub(super) const ENDING: &str = ".upload";

/// The folder, and what is in it.
#[derive(Debug)]
pub(super) struct Shelf {
    pub(super) folder: PathBuf,
    pub(super) limits: SpoolLimits,
    ledger: Mutex<Ledger>,
}

impl Shelf {
    /// The shelf of what `ledger` lists.
    pub(super) fn new(folder: &Path, limits: SpoolLimits, ledger: Ledger) -> Self {
        Self {
            folder: folder.to_owned(),
            limits,
            ledger: Mutex::new(ledger),
        }
    }

    /// The ledger. No lock is held over a wait or while the disk works.
    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to a file: when it is dropped, the file is removed and its room is free.
#[derive(Debug)]
pub(super) struct Slot {
    shelf: Arc<Shelf>,
    name: String,
}

impl Slot {
    /// A slot for a new file of `editor`, which is not made yet.
    pub(super) fn take(shelf: &Arc<Shelf>, editor: &str) -> Result<Self, SpoolError> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let name = format!("{}{ENDING}", hex::encode(&random));
        shelf.ledger().admit(name.clone(), editor, &shelf.limits)?;
        Ok(Self {
            shelf: shelf.clone(),
            name,
        })
    }

    /// The slot of a file that lies there already and that nobody holds; `None` when there is none of that
    /// name. A name is found among those listed, so that it is no path.
    pub(super) fn reclaim(shelf: &Arc<Shelf>, name: &str, editor: &str) -> Option<Self> {
        let claimed = shelf.ledger().claim(name, editor);
        claimed.then(|| Self {
            shelf: shelf.clone(),
            name: name.to_owned(),
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn path(&self) -> PathBuf {
        self.shelf.folder.join(&self.name)
    }

    /// Makes room for `more` bytes before they are written.
    pub(super) fn grow(&self, more: u64) -> Result<(), SpoolError> {
        let limits = &self.shelf.limits;
        self.shelf.ledger().grow(&self.name, more, limits)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        // Not there if the disk refused to make it. What the disk refuses to remove is removed after a restart.
        let _ = fs::remove_file(self.path());
        self.shelf.ledger().release(&self.name);
    }
}
