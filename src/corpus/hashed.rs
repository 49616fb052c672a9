//! Which files a corpus folder holds, by content.

use std::path::{Path, PathBuf};

use super::{
    CorpusError, Fault, Problem,
    content::{ContentHash, content_hash},
    files::read_below,
    loader::{all_files, below, in_parallel},
};

/// A corpus file by its content: path below the corpus folder, hash, size in bytes.
pub type HashedFile = (PathBuf, ContentHash, u64);

/// The corpus files below `dir` by content, documents and rule files, sorted by path.
///
/// # Errors
/// [`CorpusError`] with every file that cannot be read.
pub fn hash_folder(dir: &Path) -> Result<Vec<HashedFile>, CorpusError> {
    let read = read_below(dir);
    let (files, mut problems) = all_files(dir);
    let hashed = in_parallel(&files, |file| {
        let below = below(dir, file);
        let bytes = read(below)
            .map_err(|error| Problem::new(file, 0, Fault::Unreadable(error.to_string())))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok((below.to_owned(), content_hash(&bytes), size))
    });
    let mut found = Vec::with_capacity(hashed.len());
    for file in hashed {
        match file {
            Ok(file) => found.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(CorpusError { problems })
    }
}
