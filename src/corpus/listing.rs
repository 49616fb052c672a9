//! What the corpus folder looks like from outside: its files, their sizes and times.

use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::loader::all_files;

/// A file whose size and times stay the same for so long is not being written.
const REST: Duration = Duration::from_millis(300);
/// How often that is waited for.
const PATIENCE: usize = 10;

/// A file that was changed so shortly before may still be being written.
const RECENT: Duration = Duration::from_secs(2);

/// When a corpus file was last changed, in nanoseconds since 1970, and its size in bytes. `changed` is
/// the time that nobody can set: a copy that keeps the time of its original changes it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: u64,
    changed: i64,
}

impl Stamp {
    /// Of a corpus file; `None` where the file system knows no times.
    fn of(metadata: &Metadata) -> Option<Self> {
        Some(Self {
            size: metadata.len(),
            modified: nanoseconds(metadata.modified().ok()?)?,
            changed: metadata
                .ctime()
                .saturating_mul(1_000_000_000)
                .saturating_add(metadata.ctime_nsec()),
        })
    }

    fn is_recent(self) -> bool {
        let now = nanoseconds(SystemTime::now()).unwrap_or(u64::MAX);
        let recent = u64::try_from(RECENT.as_nanos()).unwrap_or(u64::MAX);
        let changed = u64::try_from(self.changed).unwrap_or(0).max(self.modified);
        now.saturating_sub(changed) < recent
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

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
        let (files, problems) = all_files(dir);
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
