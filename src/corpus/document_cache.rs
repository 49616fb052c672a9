//! Parsed documents on disk, so that a start reads instead of parses.
//!
//! A file for each document, named by its path below the corpus folder:
//!
//! ```text
//! wenzheng-document 0.1.0-27131904-1764184920⏎
//! CRC-32 of the rest, 4 bytes │ size and time of the corpus file, what a library lists of the
//! document, where its passages begin, warnings (postcard) │ passages, as in a pack
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
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    Document, DocumentInfo, Fault, Problem,
    library::{encode, hash},
};
use crate::text::hex;

const MAGIC: &str = "wenzheng-document";
/// A corpus file that changed so shortly before it was read may change again without another time
/// stamp, and is read again next time.
const FRESH: Duration = Duration::from_secs(2);

/// A folder of parsed documents.
#[derive(Debug)]
pub(super) struct DocumentCache {
    folder: PathBuf,
    header: String,
}

/// When a corpus file was last changed, in nanoseconds since 1970, and its size in bytes. `changed` is
/// the time that nobody can set: a copy that keeps the time of its original changes it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    modified: u64,
    changed: i64,
}

impl Stamp {
    /// Of a corpus file; `None` where the file system knows no times.
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        Some(Self {
            size: metadata.len(),
            modified: nanoseconds(metadata.modified().ok()?)?,
            changed: metadata
                .ctime()
                .saturating_mul(1_000_000_000)
                .saturating_add(metadata.ctime_nsec()),
        })
    }

    /// True when the file may still be being written.
    pub(super) fn is_recent(self) -> bool {
        let now = nanoseconds(SystemTime::now()).unwrap_or(u64::MAX);
        let recent = u64::try_from(FRESH.as_nanos()).unwrap_or(u64::MAX);
        let changed = u64::try_from(self.changed).unwrap_or(0).max(self.modified);
        now.saturating_sub(changed) < recent
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

/// A parsed document as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ParsedDocument {
    pub(super) info: DocumentInfo,
    /// Hashes of the ids of its passages.
    pub(super) ids: Vec<u64>,
    /// Where the record of each passage begins, and where the last one ends.
    pub(super) offsets: Vec<u32>,
    /// The records of its passages; they follow on the rest.
    #[serde(skip)]
    pub(super) passages: Vec<u8>,
}

impl ParsedDocument {
    /// Blocks are left out.
    ///
    /// # Errors
    /// When it is larger than four gigabytes.
    pub(super) fn of(document: &Document) -> io::Result<Self> {
        let (passages, offsets) = encode(&document.passages)?;
        Ok(Self {
            info: DocumentInfo::of(document),
            ids: document.passages.iter().map(|p| hash(&p.id)).collect(),
            offsets,
            passages,
        })
    }
}

/// What stands before the passages, with line and fault of what is to be mended.
type Record<D> = (Stamp, D, Vec<(usize, Warning)>);

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

impl DocumentCache {
    /// The cache in `folder`, which need not exist.
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
    ) -> Option<(ParsedDocument, Vec<Problem>)> {
        let bytes = fs::read(self.path(below)).ok()?;
        let rest = bytes.strip_prefix(self.header.as_bytes())?;
        let (check, content) = rest.split_first_chunk()?;
        if crc32fast::hash(content) != u32::from_le_bytes(*check) {
            return None;
        }
        let (record, passages) = postcard::take_from_bytes(content).ok()?;
        let (of, mut document, warnings): Record<ParsedDocument> = record;
        if of != stamp {
            return None;
        }
        let warnings = warnings.into_iter();
        let problems = warnings.map(|(line, warning)| Problem::new(file, line, warning.fault()));
        document.passages = passages.to_vec();
        file.clone_into(&mut document.info.file);
        Some((document, problems.collect()))
    }

    /// Keeps a document that can be served.
    ///
    /// # Errors
    /// When the disk refuses: the next start parses again.
    pub(super) fn put(
        &self,
        below: &Path,
        stamp: Stamp,
        document: &ParsedDocument,
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
        let record: Record<&ParsedDocument> = (stamp, document, warnings);
        let mut content = postcard::to_stdvec(&record).map_err(io::Error::other)?;
        content.extend_from_slice(&document.passages);
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

/// Names this program: version, and size and time of its file, so that a new build reads the files again.
#[must_use]
pub fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let file = env::current_exe().and_then(fs::metadata);
    let built = file.ok().and_then(|file| Stamp::of(&file));
    match built {
        Some(Stamp { size, modified, .. }) => {
            format!("{version}-{size}-{}", modified / 1_000_000_000)
        }
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
        changed: 0,
    };

    fn document() -> ParsedDocument {
        let text = "---\ntitle: 2024年通渭县政府工作报告\nplace: 通渭县\nyear: 2024\nreview_year: 2023\n\
                    issuer: 通渭县人民政府\ndelivered_on: 2024-01-21\n---\n\n## 2023年工作回顾\n\n修路150公里。\n\n\
                    ## 2024年重点工作\n\n再修20公里。\n\n## 有关用语说明：\n\n- **“一带”**：一条带。\n";
        let loaded = load_texts(&[("a/b.md", text)]).expect("the text is a report");
        ParsedDocument::of(&loaded.corpus.documents[0]).unwrap()
    }

    #[test]
    fn what_was_put_comes_back_equal_for_the_same_stamp_only() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DocumentCache::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        let damaged = Problem::new(&document.info.file, 3, Fault::Damaged("□".into()));
        cache
            .put(below, OLD, &document, std::slice::from_ref(&damaged))
            .unwrap();
        let found = cache.get(below, &document.info.file, OLD);
        assert_eq!(found, Some((document.clone(), vec![damaged])));
        let newer = Stamp { size: 8, ..OLD };
        assert_eq!(cache.get(below, &document.info.file, newer), None);
        cache.keep_only([Path::new("other.md")].into_iter());
        assert_eq!(cache.get(below, &document.info.file, OLD), None);
    }

    #[test]
    fn a_damaged_file_is_as_good_as_absent() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DocumentCache::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        cache.put(below, OLD, &document, &[]).unwrap();
        let path = cache.path(below);
        let good = fs::read(&path).unwrap();
        for at in (0..good.len()).step_by(7) {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(
                cache.get(below, &document.info.file, OLD),
                None,
                "byte {at}"
            );
        }
    }
}
