//! The documents of a folder with what is kept between starts: parsed documents, and which of them were
//! last served without any error.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    CorpusError, Degraded, DocumentInfo, Fault, Library, Problem, Serves,
    document_cache::{DocumentCache, Edition, ParsedDocument},
    library::{Listed, Pack, Packed, Passages, decode},
    loader::{Read, assemble, below, files, in_parallel, key_of, parse, text_of},
};
use crate::storage::{self, Kept};

/// Bytes of corpus files up to which their passages are held in memory, where they take about as
/// much again.
const SMALL: u64 = 8_000_000;

/// The documents below `dir` as a library, with the problems that do not keep it from being served.
/// Parsed documents are kept in the folder `cache`: only files that changed are parsed. The passages
/// of a large corpus stay on disk; those of documents that are the same in the library `before` stay
/// where they are.
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
    let (files, problems) = files(dir);
    let before = before.and_then(|library| Some((library, library.pack()?)));
    let pack = match before {
        _ if size(&files) <= small => None,
        Some((_, pack)) => Some(Arc::clone(pack)),
        None => new_pack(cache),
    };
    let known = |document: &DocumentInfo| before?.0.packed(document).cloned();
    let cache = DocumentCache::new(cache);
    let all = read_all(dir, &files, &cache, pack.as_ref(), known);
    let editions = editions(&all);
    match assemble(dir, all, problems, name) {
        Ok((documents, version, warnings)) => {
            if let Err(error) = cache.set_whole(&editions) {
                storage::refused(Kept::Documents, &error);
            }
            Ok((Library::of(documents, version), warnings))
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
        Some(read.then(|parsed| listed(parsed, pack.as_ref(), |_| None)))
    });
    let all = all.into_iter().collect::<Option<Vec<_>>>()?;
    let (documents, version, _warnings) = assemble(dir, all, Vec::new(), name).ok()?;
    Some(Library::of(documents, version))
}

/// The files without error.
fn sound_files(dir: &Path, folder: &Path, small: u64) -> Result<Library, CorpusError> {
    let (files, _problems) = files(dir);
    let pack = (size(&files) > small).then(|| new_pack(folder)).flatten();
    let cache = DocumentCache::new(folder);
    let mut all = read_all(dir, &files, &cache, pack.as_ref(), |_| None);
    all.retain(Read::is_sound);
    // Of two files that would be one document, the first is.
    let mut ids = std::collections::HashSet::new();
    all.retain(|read| {
        let id = read.document.as_ref().map(|listed| listed.info.id.clone());
        id.is_some_and(|id| ids.insert(id))
    });
    let (documents, version, _warnings) = assemble(dir, all, Vec::new(), name)?;
    Ok(Library::of(documents, version))
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

fn read_all(
    dir: &Path,
    files: &[PathBuf],
    cache: &DocumentCache,
    pack: Option<&Arc<Pack>>,
    known: impl Fn(&DocumentInfo) -> Option<Packed> + Sync,
) -> Vec<Read<Listed>> {
    in_parallel(files, |file| {
        read_cached(dir, file, cache).then(|parsed| listed(parsed, pack, &known))
    })
}

/// The document of a file, from `cache` if it knows this content.
fn read_cached(dir: &Path, file: &Path, cache: &DocumentCache) -> Read<ParsedDocument> {
    let mut read = Read::of(file, below(dir, file));
    let text = match text_of(file) {
        Ok(text) => text,
        Err(problem) => {
            return Read {
                problems: vec![problem],
                ..Read::of(file, below(dir, file))
            };
        }
    };
    if let Some((document, problems)) = cache.get(&read.below, file, key_of(&read.below, &text)) {
        return Read {
            document: Some(document),
            problems,
            ..Read::of(file, &read.below)
        };
    }
    parse(&text, &mut read);
    let read = read.then(|document| {
        ParsedDocument::of(&document).map_err(|error| Fault::Unreadable(error.to_string()))
    });
    if let Some(parsed) = &read.document
        && let Err(error) = cache.put(&read.below, parsed, &read.problems)
    {
        storage::refused(Kept::Documents, &error);
    }
    read
}

fn new_pack(folder: &Path) -> Option<Arc<Pack>> {
    let pack = Pack::create(folder).inspect_err(|error| storage::refused(Kept::Passages, error));
    pack.ok().map(Arc::new)
}

/// A document to be listed, its passages in `pack` if there is one and they are `known` to be there
/// or it takes them.
fn listed(
    parsed: ParsedDocument,
    pack: Option<&Arc<Pack>>,
    known: impl Fn(&DocumentInfo) -> Option<Packed>,
) -> Result<Listed, Fault> {
    let ParsedDocument {
        info,
        ids,
        offsets,
        passages,
    } = parsed;
    let packed = pack.map(|pack| match known(&info) {
        Some(packed) => Ok(packed),
        None => pack.add(&passages, offsets.clone()),
    });
    let passages = match packed {
        Some(Ok(packed)) => Passages::Packed(packed),
        other => {
            if let Some(Err(error)) = other {
                // Held in memory instead.
                storage::refused(Kept::Passages, &error);
            }
            let decoded = decode(&passages, &offsets);
            let decoded = decoded.ok_or_else(|| Fault::Unreadable("passages".into()))?;
            Passages::Held(decoded.into_iter().map(Arc::new).collect())
        }
    };
    Ok(Listed {
        info,
        ids,
        passages,
    })
}

#[cfg(test)]
mod tests;
