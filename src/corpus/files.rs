//! The files of a corpus, wherever they lie: in a folder, in the program, in a store.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use super::{
    Fault, Problem,
    content::{ContentHash, content_hash, decoded},
    loader::{EMBEDDED, below, files},
};

/// A corpus file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Path below the corpus folder.
    pub below: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// What it holds, where that is known without reading it.
    pub hash: Option<ContentHash>,
}

/// Reads a corpus file by its path below the corpus folder.
pub type ReadFile<'a> = &'a (dyn Fn(&Path) -> io::Result<Vec<u8>> + Sync);

/// All files of a corpus.
pub struct CorpusFiles<'a> {
    /// What messages call the folder.
    pub dir: &'a Path,
    /// Sorted by path.
    pub files: Vec<CorpusFile>,
    /// What could not be listed.
    pub problems: Vec<Problem>,
    /// How they are read.
    pub read: ReadFile<'a>,
}

impl fmt::Debug for CorpusFiles<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorpusFiles")
            .field("dir", &self.dir)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl<'a> CorpusFiles<'a> {
    /// Every `*.md` below `dir`, hidden files and `README.md` left out; `read` is [`read_below`] of it.
    #[must_use]
    pub fn of_folder(dir: &'a Path, read: ReadFile<'a>) -> Self {
        let (found, problems) = files(dir);
        let files = found.iter().map(|file| CorpusFile {
            below: below(dir, file).to_owned(),
            size: fs::metadata(file).map_or(0, |metadata| metadata.len()),
            hash: None,
        });
        Self {
            dir,
            files: files.collect(),
            problems,
            read,
        }
    }

    /// Their size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// The text of a file, and the hash of its content.
    pub(super) fn text(&self, file: &CorpusFile) -> Result<(String, ContentHash), Problem> {
        let path = self.dir.join(&file.below);
        let bytes = (self.read)(&file.below)
            .map_err(|error| Problem::new(&path, 0, Fault::Unreadable(error.to_string())))?;
        let hash = content_hash(&bytes);
        Ok((decoded(&path, bytes)?, hash))
    }
}

/// How the files of a folder are read.
pub fn read_below(dir: &Path) -> impl Fn(&Path) -> io::Result<Vec<u8>> + Sync {
    move |below| fs::read(dir.join(below))
}

/// The reports inside the program: path below the corpus folder, and text.
#[must_use]
pub fn embedded_texts() -> &'static [(&'static str, &'static str)] {
    &EMBEDDED
}
