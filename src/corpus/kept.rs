//! The documents of a folder with what is kept between starts: parsed documents, and which of them were
//! last served without any error.

mod read;

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use self::read::{Reader, listed, new_pack};
use super::{
    CorpusError, Degraded, Library, Problem, Serves,
    content::ContentHash,
    document_cache::{DocumentCache, Edition},
    files::{CorpusFiles, read_below},
    library::Listed,
    loader::{Read, assemble, in_parallel, key_of},
};
use crate::storage::{self, Kept};

/// Bytes of corpus files up to which their passages are held in memory, where they take about as
/// much again.
const SMALL: u64 = 8_000_000;

/// The documents below `dir` as a library, with the problems that do not keep it from being served.
/// Parsed documents are kept in the folder `cache`: only files that changed are parsed. The passages
/// of a large corpus stay on disk. Documents that are the same in the library `before` are shared with it.
///
/// # Errors
/// As for [`load_dir`](super::load_dir); never because of `cache`.
pub fn open_dir(
    dir: &Path,
    cache: &Path,
    before: Option<&Library>,
) -> Result<(Library, Vec<Problem>), CorpusError> {
    open(dir, cache, before, SMALL)
}

/// As [`open_dir`], of files that may lie elsewhere; parsed documents are kept until
/// [`keep_documents`] drops them.
///
/// # Errors
/// As for [`load_dir`](super::load_dir); never because of `cache`.
pub fn open_files(
    files: CorpusFiles<'_>,
    cache: &Path,
    before: Option<&Library>,
) -> Result<(Library, Vec<Problem>), CorpusError> {
    let (all, dir, problems) = read_files(files, cache, before, SMALL);
    let (documents, version, warnings) = assemble(dir, all, problems, name)?;
    Ok((Library::of(documents, version, before), warnings))
}

/// As [`open_files`], with only those files that have no error, and the errors of the others.
///
/// # Errors
/// As for [`load_dir`](super::load_dir) when there is none.
pub fn open_sound_files(
    files: CorpusFiles<'_>,
    cache: &Path,
) -> Result<(Library, Vec<Problem>), CorpusError> {
    let (mut all, dir, problems) = read_files(files, cache, None, SMALL);
    let faults = all.iter().flat_map(|read| &read.problems);
    let faults = problems.iter().chain(faults).cloned().collect();
    keep_sound(&mut all);
    let (documents, version, _warnings) = assemble(dir, all, Vec::new(), name)?;
    Ok((Library::of(documents, version, None), faults))
}

/// Drops the parsed documents in the folder `cache` of which none of `files`, path below the corpus folder
/// and content, was made.
pub fn keep_documents<'a>(cache: &Path, files: impl Iterator<Item = (&'a Path, &'a ContentHash)>) {
    let kept: Vec<Edition> = files
        .map(|(below, content)| (below.to_owned(), key_of(below, content)))
        .collect();
    DocumentCache::new(cache).keep_only(&kept);
}

/// What is served of `dir` at the start of a service: all of it; while a file has an error exactly what
/// was last served without any, and if nothing was, the files without error. Never documents of two
/// times together.
///
/// # Errors
/// As for [`load_dir`](super::load_dir) when there is nothing of either.
pub fn open_dir_at_start(
    dir: &Path,
    cache: &Path,
) -> Result<(Library, Option<Degraded>), CorpusError> {
    at_start(dir, cache, SMALL)
}

fn at_start(
    dir: &Path,
    cache: &Path,
    small: u64,
) -> Result<(Library, Option<Degraded>), CorpusError> {
    let refused = match open(dir, cache, None, small) {
        Ok((library, _warnings)) => return Ok((library, None)),
        Err(refused) => refused,
    };
    let degraded = |serves| Some(Degraded::new(serves, dir, &refused.problems));
    if let Some(library) = last_whole(dir, cache, small) {
        return Ok((library, degraded(Serves::LastWhole)));
    }
    match sound_files(dir, cache, small) {
        Ok(library) => Ok((library, degraded(Serves::SoundFiles))),
        Err(_) => Err(refused),
    }
}

pub(super) fn open(
    dir: &Path,
    cache: &Path,
    before: Option<&Library>,
    small: u64,
) -> Result<(Library, Vec<Problem>), CorpusError> {
    let read = read_below(dir);
    let files = CorpusFiles::of_folder(dir, &read);
    let (all, dir, problems) = read_files(files, cache, before, small);
    let cache = DocumentCache::new(cache);
    let editions = editions(&all);
    match assemble(dir, all, problems, name) {
        Ok((documents, version, warnings)) => {
            if let Err(error) = cache.set_whole(&editions) {
                storage::refused(Kept::Documents, &error);
            }
            Ok((Library::of(documents, version, before), warnings))
        }
        Err(error) => {
            cache.keep_with_whole(&editions);
            Err(error)
        }
    }
}

/// Exactly the documents that were last served without any error; `None` when there is no such list, or
/// one of them is not kept any more.
fn last_whole(dir: &Path, folder: &Path, small: u64) -> Option<Library> {
    let cache = DocumentCache::new(folder);
    let editions = cache.whole()?;
    let kept: Vec<PathBuf> = editions.iter().map(|edition| cache.path(edition)).collect();
    let pack = (size(&kept) > small).then(|| new_pack(folder)).flatten();
    let all = in_parallel(&editions, |(below, key)| {
        let file = dir.join(below);
        let (document, problems) = cache.get(below, &file, *key)?;
        let read = Read {
            document: Some(document),
            problems,
            ..Read::of(&file, below)
        };
        Some(listed(read, pack.as_ref()))
    });
    let all = all.into_iter().collect::<Option<Vec<_>>>()?;
    let (documents, version, _warnings) = assemble(dir, all, Vec::new(), name).ok()?;
    Some(Library::of(documents, version, None))
}

/// The files without error.
fn sound_files(dir: &Path, folder: &Path, small: u64) -> Result<Library, CorpusError> {
    let read = read_below(dir);
    let files = CorpusFiles::of_folder(dir, &read);
    let (mut all, dir, _problems) = read_files(files, folder, None, small);
    keep_sound(&mut all);
    let (documents, version, _warnings) = assemble(dir, all, Vec::new(), name)?;
    Ok(Library::of(documents, version, None))
}

fn keep_sound(all: &mut Vec<Read<Listed>>) {
    all.retain(Read::is_sound);
    // Of two files that would be one document, the first is.
    let mut ids = HashSet::new();
    all.retain(|read| {
        let id = read.document.as_ref().map(|listed| listed.info.id.clone());
        id.is_some_and(|id| ids.insert(id))
    });
}

fn name(listed: &Listed) -> (&super::DocumentId, u64) {
    (&listed.info.id, listed.info.key)
}

fn size(files: &[PathBuf]) -> u64 {
    let sizes = files.iter().filter_map(|file| fs::metadata(file).ok());
    sizes.map(|metadata| metadata.len()).sum()
}

fn editions(all: &[Read<Listed>]) -> Vec<Edition> {
    let editions = all.iter().filter_map(|read| {
        let listed = read.document.as_ref()?;
        Some((read.below.clone(), listed.info.key))
    });
    editions.collect()
}

/// Reads all files, with what `assemble` needs besides.
fn read_files<'a>(
    files: CorpusFiles<'a>,
    cache: &Path,
    before: Option<&Library>,
    small: u64,
) -> (Vec<Read<Listed>>, &'a Path, Vec<Problem>) {
    let all = Reader::new(&files, cache, before, small).read_all();
    (all, files.dir, files.problems)
}

#[cfg(test)]
mod tests;
