//! What the corpus folder looks like from outside: its files, their sizes and times.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{document_cache::Stamp, loader::files};

/// A file whose size and times stay the same for so long is not being written.
const REST: Duration = Duration::from_millis(300);
/// How often that is waited for.
const PATIENCE: usize = 10;

/// The corpus files below a folder. Two that are equal are of the same files, none of which was
/// changed in between, as far as the file system tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub(super) files: BTreeMap<PathBuf, Option<Stamp>>,
    /// False when a folder could not be read.
    pub(super) complete: bool,
}

impl Listing {
    /// Lists the files below `dir`; reads none of them.
    #[must_use]
    pub fn of(dir: &Path) -> Self {
        let (files, problems) = files(dir);
        let stamped = files.into_iter().map(|file| {
            let stamp = fs::metadata(&file).ok().and_then(|m| Stamp::of(&m));
            (file, stamp)
        });
        Self {
            files: stamped.collect(),
            complete: problems.is_empty(),
        }
    }

    /// The same once nobody writes there: at once when no file was changed within the last seconds,
    /// else when all stay as they are for a moment. `None` when they do not.
    #[must_use]
    pub fn at_rest(dir: &Path) -> Option<Self> {
        let mut seen = Self::of(dir);
        if !seen.files.values().flatten().any(|stamp| stamp.is_recent()) {
            return Some(seen);
        }
        for _ in 0..PATIENCE {
            thread::sleep(REST);
            let now = Self::of(dir);
            if now == seen {
                return Some(now);
            }
            seen = now;
        }
        None
    }
}
