//! Reads the files of a corpus: what has not changed is shared with the library before, what was parsed
//! once comes from disk, all else is parsed.

use std::{path::Path, sync::Arc};

use super::super::{
    Fault, Library, Problem,
    content::ContentHash,
    document_cache::{DocumentCache, ParsedDocument},
    files::{CorpusFile, CorpusFiles},
    library::{Listed, Pack, Passages, decode},
    loader::{Read, document_id, in_parallel, key_of, parse},
};
use crate::storage::{self, Kept};

/// Reads files and makes documents of them to be listed.
pub(super) struct Reader<'a> {
    files: &'a CorpusFiles<'a>,
    cache: DocumentCache,
    before: Option<&'a Library>,
    /// Where passages go; `None` to hold them in memory.
    pack: Option<Arc<Pack>>,
}

impl<'a> Reader<'a> {
    /// Of `files`, of which those parsed before are in the folder `cache`. Passages go to disk, to those
    /// of the library `before` if that has a file of them, when there are more than `small` bytes of
    /// files.
    pub(super) fn new(
        files: &'a CorpusFiles<'a>,
        cache: &Path,
        before: Option<&'a Library>,
        small: u64,
    ) -> Self {
        let pack = match before.and_then(Library::pack) {
            _ if files.size() <= small => None,
            Some(pack) => Some(Arc::clone(pack)),
            None => new_pack(cache),
        };
        Self {
            files,
            cache: DocumentCache::new(cache),
            before,
            pack,
        }
    }

    /// What all files give, in their order.
    pub(super) fn read_all(&self) -> Vec<Read<Listed>> {
        in_parallel(&self.files.files, |file| self.read(file))
    }

    fn read(&self, file: &CorpusFile) -> Read<Listed> {
        let (path, below) = (self.files.dir.join(&file.below), &file.below);
        let known = |content: &ContentHash| self.known(below, &path, key_of(below, content));
        if let Some(read) = file.hash.as_ref().and_then(known) {
            return read;
        }
        let mut read = Read::of(&path, below);
        match self.files.text(file) {
            Ok((text, content)) => match known(&content) {
                Some(read) => return read,
                None => parse(&text, &mut read),
            },
            Err(problem) => read.problems.push(problem),
        }
        let read = read.then(|document| {
            ParsedDocument::of(&document).map_err(|error| Fault::Unreadable(error.to_string()))
        });
        if let Some(parsed) = &read.document
            && let Err(error) = self.cache.put(&read.below, parsed, &read.problems)
        {
            storage::refused(Kept::Documents, &error);
        }
        listed(read, self.pack.as_ref())
    }

    /// The document of a file that was read or parsed before.
    fn known(&self, below: &Path, path: &Path, key: u64) -> Option<Read<Listed>> {
        let same = self.unchanged(below, path, key);
        if let Some(listed) = same.as_ref().filter(|listed| self.is_in_place(listed)) {
            return Some(Read {
                problems: listed.warnings.to_vec(),
                document: Some(listed.clone()),
                ..Read::of(path, below)
            });
        }
        let (document, problems) = self.cache.get(below, path, key)?;
        let read = Read {
            document: Some(document),
            problems,
            ..Read::of(path, below)
        };
        let mut read = listed(read, self.pack.as_ref());
        if let (Some(listed), Some(same)) = (&mut read.document, same) {
            // Only its passages have to go elsewhere.
            (listed.info, listed.ids) = (same.info, same.ids);
        }
        Some(read)
    }

    /// The document as the library before has it, unless it has changed, or would have to be kept for the
    /// next start again.
    fn unchanged(&self, below: &Path, path: &Path, key: u64) -> Option<Listed> {
        let listed = self.before?.listed(&document_id(below), key)?;
        let is_kept = || self.cache.path(&(below.to_owned(), key)).exists();
        // `a-b.md` gives the document that `a/b.md` does.
        (listed.info.file == path && is_kept()).then_some(listed)
    }

    /// True when its passages are where those of this library go.
    fn is_in_place(&self, listed: &Listed) -> bool {
        match (&listed.passages, &self.pack) {
            (Passages::Held(_), None) => true,
            (Passages::Packed(packed), Some(pack)) => Arc::ptr_eq(packed.pack(), pack),
            _ => false,
        }
    }
}

/// An empty file for passages below `folder`; `None` when the disk refuses.
pub(super) fn new_pack(folder: &Path) -> Option<Arc<Pack>> {
    let pack = Pack::create(folder).inspect_err(|error| storage::refused(Kept::Passages, error));
    pack.ok().map(Arc::new)
}

/// A document to be listed, its passages in `pack` if there is one and it takes them.
pub(super) fn listed(read: Read<ParsedDocument>, pack: Option<&Arc<Pack>>) -> Read<Listed> {
    let warnings: Arc<[Problem]> = read.problems.as_slice().into();
    read.then(|parsed| {
        Ok(Listed {
            passages: passages(&parsed.passages, &parsed.offsets, pack)?,
            info: parsed.info,
            ids: parsed.ids.into(),
            warnings,
        })
    })
}

fn passages(records: &[u8], offsets: &[u32], pack: Option<&Arc<Pack>>) -> Result<Passages, Fault> {
    if let Some(pack) = pack {
        match pack.add(records, offsets.to_vec()) {
            Ok(packed) => return Ok(Passages::Packed(packed)),
            // Held in memory instead.
            Err(error) => storage::refused(Kept::Passages, &error),
        }
    }
    let decoded = decode(records, offsets);
    let decoded = decoded.ok_or_else(|| Fault::Unreadable("passages".into()))?;
    Ok(Passages::Held(decoded.into_iter().map(Arc::new).collect()))
}
