//! Parsed documents on disk, so that a start reads instead of parses.
//!
//! A file for each document, named by its path below the corpus folder and by its content:
//!
//! ```text
//! wenzheng-document 0.1.0-27131904-1764184920⏎
//! CRC-32 of the rest, 4 bytes │ what a library lists of the document, where its passages begin,
//! warnings (postcard) │ passages, as in a pack
//! ```
//!
//! The first line names the program that wrote it: another one may read reports differently. A file
//! that is missing, damaged or of another program is as good as absent.
//!
//! Corpus files are always read and hashed, which takes a tenth of a second for 3,000 reports: size and
//! time of a file say nothing after a copy that keeps times. The list `whole` names the documents that
//! were last served without any error, for a start while some file has one.

use std::{
    collections::HashSet,
    env,
    ffi::OsString,
    fs,
    io::{self, Write as _},
    os::unix::ffi::{OsStrExt as _, OsStringExt as _},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    Document, DocumentInfo, Fault, Problem,
    library::{encode, hash},
};
use crate::{storage, text::hex};

const MAGIC: &str = "wenzheng-document";
const MAGIC_OF_WHOLE: &str = "wenzheng-whole 1\n";
/// The list of the documents last served without any error.
const WHOLE: &str = "whole";

/// A folder of parsed documents.
#[derive(Debug)]
pub(super) struct DocumentCache {
    folder: PathBuf,
    header: String,
}

/// A corpus file as it was at some time: path below the corpus folder, and the key of the document
/// ([`DocumentInfo::key`]).
pub(super) type Edition = (PathBuf, u64);

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
type Record<D> = (D, Vec<(usize, Warning)>);

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

    /// Where a document is kept.
    pub(super) fn path(&self, (below, key): &Edition) -> PathBuf {
        let digest = Sha256::digest(below.as_os_str().as_bytes());
        let name = hex::encode(&digest[..8]);
        self.folder.join(format!("{name}-{key:016x}.doc"))
    }

    /// The document of `file` with this key, and what was to be said of it.
    pub(super) fn get(
        &self,
        below: &Path,
        file: &Path,
        key: u64,
    ) -> Option<(ParsedDocument, Vec<Problem>)> {
        let bytes = fs::read(self.path(&(below.to_owned(), key))).ok()?;
        let content = checked(bytes.strip_prefix(self.header.as_bytes())?)?;
        let (record, passages) = postcard::take_from_bytes(content).ok()?;
        let (mut document, warnings): Record<ParsedDocument> = record;
        if document.info.key != key {
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
        document: &ParsedDocument,
        problems: &[Problem],
    ) -> io::Result<()> {
        let warnings = problems
            .iter()
            .map(|problem| Some((problem.line, Warning::of(&problem.fault)?)));
        let Some(warnings) = warnings.collect::<Option<Vec<_>>>() else {
            return Ok(());
        };
        let record: Record<&ParsedDocument> = (document, warnings);
        let mut content = postcard::to_stdvec(&record).map_err(io::Error::other)?;
        content.extend_from_slice(&document.passages);
        storage::create_folder(&self.folder)?;
        let path = self.path(&(below.to_owned(), document.info.key));
        // Not synced, a file each: it may be lost with the power, not broken.
        storage::replace_unsynced(&path, |file| {
            file.write_all(self.header.as_bytes())?;
            file.write_all(&crc32fast::hash(&content).to_le_bytes())?;
            file.write_all(&content)
        })
    }

    /// The documents that were last served without any error; `None` when there is no such list, or it
    /// is damaged.
    pub(super) fn whole(&self) -> Option<Vec<Edition>> {
        let bytes = fs::read(self.folder.join(WHOLE)).ok()?;
        let content = checked(bytes.strip_prefix(MAGIC_OF_WHOLE.as_bytes())?)?;
        let listed: Vec<(Vec<u8>, u64)> = postcard::from_bytes(content).ok()?;
        let path = |bytes| PathBuf::from(OsString::from_vec(bytes));
        let listed = listed.into_iter().map(|(below, key)| (path(below), key));
        Some(listed.collect())
    }

    /// Notes that these documents are served without any error, and removes all others; unless one of
    /// them is not kept, so that the list of before would be worth more.
    ///
    /// # Errors
    /// When the disk refuses: the list of before stays, and its documents.
    pub(super) fn set_whole(&self, editions: &[Edition]) -> io::Result<()> {
        let kept = |edition: &Edition| self.path(edition).exists();
        if !editions.iter().all(kept) {
            return Err(io::Error::other("not all documents are kept"));
        }
        if self.whole().as_deref() != Some(editions) {
            let listed: Vec<(&[u8], u64)> = editions
                .iter()
                .map(|(below, key)| (below.as_os_str().as_bytes(), *key))
                .collect();
            let content = postcard::to_stdvec(&listed).map_err(io::Error::other)?;
            storage::replace(&self.folder.join(WHOLE), |file| {
                file.write_all(MAGIC_OF_WHOLE.as_bytes())?;
                file.write_all(&crc32fast::hash(&content).to_le_bytes())?;
                file.write_all(&content)
            })?;
        }
        self.keep_only(editions);
        Ok(())
    }

    /// Removes what is in neither `editions` nor the list of what was last served without any error.
    pub(super) fn keep_with_whole(&self, editions: &[Edition]) {
        let mut kept = self.whole().unwrap_or_default();
        kept.extend_from_slice(editions);
        self.keep_only(&kept);
    }

    pub(super) fn keep_only(&self, editions: &[Edition]) {
        let kept = editions.iter().map(|edition| self.path(edition));
        let kept: HashSet<PathBuf> = kept.collect();
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

/// What follows on its CRC-32, if that is right.
fn checked(bytes: &[u8]) -> Option<&[u8]> {
    let (check, content) = bytes.split_first_chunk()?;
    (crc32fast::hash(content) == u32::from_le_bytes(*check)).then_some(content)
}

/// Names this program: version, and size and time of its file, so that a new build reads the files again.
#[must_use]
pub fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let built = || -> Option<String> {
        let file = env::current_exe().and_then(fs::metadata).ok()?;
        let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(format!("{version}-{}-{}", file.len(), modified.as_secs()))
    };
    built().unwrap_or_else(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    fn document() -> ParsedDocument {
        let text = "---\ntitle: 2024年通渭县政府工作报告\nplace: 通渭县\nyear: 2024\nreview_year: 2023\n\
                    issuer: 通渭县人民政府\ndelivered_on: 2024-01-21\n---\n\n## 2023年工作回顾\n\n修路150公里。\n\n\
                    ## 2024年重点工作\n\n再修20公里。\n\n## 有关用语说明：\n\n- **“一带”**：一条带。\n";
        let loaded = load_texts(&[("a/b.md", text)]).expect("the text is a report");
        ParsedDocument::of(&loaded.corpus.documents[0]).unwrap()
    }

    #[test]
    fn what_was_put_comes_back_equal_for_the_same_content_only() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DocumentCache::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        let (file, key) = (&document.info.file, document.info.key);
        let damaged = Problem::new(file, 3, Fault::Damaged("□".into()));
        cache
            .put(below, &document, std::slice::from_ref(&damaged))
            .unwrap();
        let found = cache.get(below, file, key);
        assert_eq!(found, Some((document.clone(), vec![damaged])));
        assert_eq!(cache.get(below, file, key ^ 1), None);
        cache.keep_with_whole(&[("other.md".into(), 1)]);
        assert_eq!(cache.get(below, file, key), None);
    }

    #[test]
    fn a_damaged_file_is_as_good_as_absent() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DocumentCache::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        let (file, key) = (&document.info.file, document.info.key);
        cache.put(below, &document, &[]).unwrap();
        cache.set_whole(&[(below.into(), key)]).unwrap();
        let each_damage = |path: &Path, step: usize, absent: &dyn Fn() -> bool| {
            let good = fs::read(path).unwrap();
            for at in (0..good.len()).step_by(step) {
                let mut bytes = good.clone();
                bytes[at] ^= 1;
                fs::write(path, &bytes).unwrap();
                assert!(absent(), "byte {at}");
            }
            fs::write(path, &good).unwrap();
        };
        each_damage(&cache.path(&(below.into(), key)), 7, &|| {
            cache.get(below, file, key).is_none()
        });
        each_damage(&folder.path().join(WHOLE), 1, &|| cache.whole().is_none());
        assert_eq!(cache.whole(), Some(vec![(below.into(), key)]));
    }

    #[test]
    fn documents_of_the_last_whole_stay_until_there_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DocumentCache::new(folder.path());
        let (below, document) = (Path::new("a/b.md"), document());
        let (file, key) = (&document.info.file, document.info.key);
        cache.put(below, &document, &[]).unwrap();
        cache.set_whole(&[(below.into(), key)]).unwrap();
        cache.keep_with_whole(&[]);
        assert!(cache.get(below, file, key).is_some());
        let missing = cache.set_whole(&[("c.md".into(), 1)]);
        assert!(missing.is_err(), "it was never kept");
        assert!(cache.get(below, file, key).is_some());
        cache.set_whole(&[]).unwrap();
        assert_eq!(cache.get(below, file, key), None);
    }
}
