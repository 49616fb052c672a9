//! Parsed documents on disk, so that a start reads instead of parses.
//!
//! A file for each document, named by its path below the corpus folder:
//!
//! ```text
//! wenzheng-document 0.1.0-27131904-1764184920⏎
//! CRC-32 of the rest, 4 bytes │ size and time of the corpus file, document, warnings (postcard)
//! ```
//!
//! The first line names the program that wrote it: another one may read reports differently. A file
//! that is missing, damaged or of another program is as good as absent. Nothing here is more than a
//! cache; what it costs when it is deleted is time.

use std::{
    collections::HashSet,
    env,
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Document, Fault, Problem};
use crate::text::hex;

const MAGIC: &str = "wenzheng-document";
/// A corpus file that changed so shortly before it was read may change again without another time
/// stamp, and is read again next time.
const FRESH: Duration = Duration::from_secs(2);

/// A folder of parsed documents.
#[derive(Debug)]
pub(super) struct Shelf {
    folder: PathBuf,
    header: String,
}

/// When a corpus file was last changed, in nanoseconds since 1970, and its size in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    modified: u64,
}

impl Stamp {
    /// Of a corpus file; `None` where the file system knows no times.
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        Some(Self {
            size: metadata.len(),
            modified: nanoseconds(metadata.modified().ok()?)?,
        })
    }

    fn is_fresh(self) -> bool {
        let now = nanoseconds(SystemTime::now()).unwrap_or(u64::MAX);
        let fresh = u64::try_from(FRESH.as_nanos()).unwrap_or(u64::MAX);
        now.saturating_sub(self.modified) < fresh
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    stamp: Stamp,
    document: Document,
    /// Line and fault.
    warnings: Vec<(usize, Warning)>,
}

/// The faults that do not keep a document from being served.
#[derive(Debug, Serialize, Deserialize)]
enum Warning {
    Damaged(String),
    UnknownPeriod(String),
    DuplicateEntry(String),
}

impl Warning {
    fn of(fault: &Fault) -> Option<Self> {
        match fault {
            Fault::Damaged(text) => Some(Self::Damaged(text.clone())),
            Fault::UnknownPeriod(text) => Some(Self::UnknownPeriod(text.clone())),
            Fault::DuplicateEntry(text) => Some(Self::DuplicateEntry(text.clone())),
            _ => None,
        }
    }

    fn fault(self) -> Fault {
        match self {
            Self::Damaged(text) => Fault::Damaged(text),
            Self::UnknownPeriod(text) => Fault::UnknownPeriod(text),
            Self::DuplicateEntry(text) => Fault::DuplicateEntry(text),
        }
    }
}

impl Shelf {
    /// The shelf in `folder`, which need not exist.
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            header: format!("{MAGIC} {}\n", program()),
        }
    }

    fn path(&self, below: &Path) -> PathBuf {
        let digest = Sha256::digest(below.as_os_str().as_encoded_bytes());
        let name = hex::encode(&digest[..8]);
        self.folder.join(format!("{name}.doc"))
    }

    /// The document read from `file` when it was as `stamp` says, and what was to be said of it.
    pub(super) fn get(
        &self,
        below: &Path,
        file: &Path,
        stamp: Stamp,
    ) -> Option<(Document, Vec<Problem>)> {
        let bytes = fs::read(self.path(below)).ok()?;
        let rest = bytes.strip_prefix(self.header.as_bytes())?;
        let (check, content) = rest.split_first_chunk()?;
        if crc32fast::hash(content) != u32::from_le_bytes(*check) {
            return None;
        }
        let record: Record = postcard::from_bytes(content).ok()?;
        if record.stamp != stamp {
            return None;
        }
        let mut document = record.document;
        file.clone_into(&mut document.file);
        let warnings = record.warnings.into_iter();
        let problems = warnings.map(|(line, warning)| Problem::new(file, line, warning.fault()));
        Some((document, problems.collect()))
    }

    /// Puts a document that can be served on the shelf; blocks are left out.
    ///
    /// # Errors
    /// When the disk refuses: the next start parses again.
    pub(super) fn put(
        &self,
        below: &Path,
        stamp: Stamp,
        document: &Document,
        problems: &[Problem],
    ) -> io::Result<()> {
        let warnings = problems
            .iter()
            .map(|problem| Some((problem.line, Warning::of(&problem.fault)?)));
        let Some(warnings) = warnings.collect::<Option<Vec<_>>>() else {
            return Ok(());
        };
        if stamp.is_fresh() {
            return Ok(());
        }
        let record = Record {
            stamp,
            document: document.clone(),
            warnings,
        };
        let content = postcard::to_stdvec(&record).map_err(io::Error::other)?;
        let mut bytes = self.header.clone().into_bytes();
        bytes.extend_from_slice(&crc32fast::hash(&content).to_le_bytes());
        bytes.extend_from_slice(&content);
        fs::create_dir_all(&self.folder)?;
        let path = self.path(below);
        // Renamed into place: no reader sees half of it. It may be lost with the power, not broken.
        let fresh = path.with_extension(format!("{}.new", std::process::id()));
        fs::write(&fresh, bytes)?;
        fs::rename(fresh, path)
    }

    /// Removes what belongs to no file of `below`.
    pub(super) fn keep_only<'a>(&self, below: impl Iterator<Item = &'a Path>) {
        let kept: HashSet<PathBuf> = below.map(|below| self.path(below)).collect();
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for file in files.map(|entry| entry.path()) {
            let ours = file.extension().is_some_and(|e| e == "doc" || e == "new");
            if ours && !kept.contains(&file) {
                // Left behind, it does no harm.
                let _ = fs::remove_file(file);
            }
        }
    }
}

/// Names this program: version, and size and time of its file, so that a new build reads anew.
#[must_use]
pub fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let file = env::current_exe().and_then(fs::metadata);
    let built = file.ok().and_then(|file| Stamp::of(&file));
    match built {
        Some(Stamp { size, modified }) => format!("{version}-{size}-{}", modified / 1_000_000_000),
        None => version.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    const OLD: Stamp = Stamp {
        size: 7,
        modified: 1_700_000_000_000_000_000,
    };

    fn document() -> Document {
        let text = "---\ntitle: 2024年通渭县政府工作报告\nplace: 通渭县\nyear: 2024\nreview_year: 2023\n\
                    issuer: 通渭县人民政府\ndelivered_on: 2024-01-21\n---\n\n## 2023年工作回顾\n\n修路150公里。\n\n\
                    ## 2024年重点工作\n\n再修20公里。\n\n## 有关用语说明：\n\n- **“一带”**：一条带。\n";
        let loaded = load_texts(&[("a/b.md", text)]).expect("the text is a report");
        let mut document = loaded.corpus.documents[0].clone();
        document.blocks.clear();
        document
    }

    #[test]
    fn what_was_put_comes_back_equal_for_the_same_stamp_only() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        let damaged = Problem::new(&document.file, 3, Fault::Damaged("□".into()));
        shelf
            .put(below, OLD, &document, std::slice::from_ref(&damaged))
            .unwrap();
        let found = shelf.get(below, &document.file, OLD);
        assert_eq!(found, Some((document.clone(), vec![damaged])));
        let newer = Stamp { size: 8, ..OLD };
        assert_eq!(shelf.get(below, &document.file, newer), None);
        shelf.keep_only([Path::new("other.md")].into_iter());
        assert_eq!(shelf.get(below, &document.file, OLD), None);
    }

    #[test]
    fn a_damaged_file_is_as_good_as_absent() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        shelf.put(below, OLD, &document, &[]).unwrap();
        let path = shelf.path(below);
        let good = fs::read(&path).unwrap();
        for at in (0..good.len()).step_by(7) {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(shelf.get(below, &document.file, OLD), None, "byte {at}");
        }
    }
}
