//! Loads a folder of corpus files, or the reports inside the program.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use sha2::{Digest, Sha256};
use wenzheng_document::{markdown, report};

use super::{
    Corpus, CorpusError, Document, DocumentId, DocumentInfo, Fault, Library, Problem,
    document_cache::{DocumentCache, ParsedDocument, Stamp},
    library::{Listed, Pack, Packed, Passages, decode},
};
use crate::text::hex;

/// The reports that ship inside the program, as path below the corpus folder and text.
const EMBEDDED: [(&str, &str); 1] = [(
    "tongwei/2024-work-report.md",
    include_str!("../../corpus/tongwei/2024-work-report.md"),
)];

/// A corpus that can be served, with what should still be mended in it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The documents.
    pub corpus: Corpus,
    /// Problems that do not keep the corpus from being served.
    pub warnings: Vec<Problem>,
}

/// Loads every `*.md` below `dir`, hidden files and `README.md` left out.
///
/// # Errors
/// [`CorpusError`] with every problem of every file when one of them cannot be served.
pub fn load_dir(dir: &Path) -> Result<Loaded, CorpusError> {
    let (files, problems) = files(dir);
    let all = in_parallel(&files, |file| read_file(dir, file));
    loaded(dir, all, problems)
}

fn loaded(
    dir: &Path,
    all: Vec<Read<Document>>,
    problems: Vec<Problem>,
) -> Result<Loaded, CorpusError> {
    let (documents, version, warnings) = assemble(dir, all, problems, |d| (&d.id, d.key))?;
    Ok(Loaded {
        corpus: Corpus { documents, version },
        warnings,
    })
}

/// Bytes of corpus files up to which their passages are held in memory, where they take about as
/// much again.
const SMALL: u64 = 8_000_000;

/// The documents below `dir` as a library, with the problems that do not keep it from being served.
/// Parsed documents are kept in the folder `cache`: only files that changed are parsed. The passages
/// of a large corpus stay on disk; those of documents that are the same in the library `before` stay
/// where they are.
///
/// # Errors
/// As for [`load_dir`]; never because of `cache`.
pub fn open_dir(
    dir: &Path,
    cache: &Path,
    before: Option<&Library>,
) -> Result<(Library, Vec<Problem>), CorpusError> {
    open(dir, cache, before, SMALL)
}

fn open(
    dir: &Path,
    cache: &Path,
    before: Option<&Library>,
    small: u64,
) -> Result<(Library, Vec<Problem>), CorpusError> {
    let (files, problems) = files(dir);
    let sizes = files.iter().filter_map(|file| fs::metadata(file).ok());
    let size: u64 = sizes.map(|metadata| metadata.len()).sum();
    let reloads = before.is_some();
    let before = before.and_then(|library| Some((library, library.pack()?)));
    let pack = match before {
        _ if size <= small => None,
        Some((_, pack)) => Some(Arc::clone(pack)),
        None => new_pack(cache),
    };
    let known = |document: &DocumentInfo| before?.0.packed(document).cloned();
    let cache = DocumentCache::new(cache);
    // A start trusts size and times, to be quick; who asks for a reload has changed something.
    let by_content = reloads;
    let all = in_parallel(&files, |file| {
        read_cached(dir, file, &cache, by_content)
            .then(|parsed| listed(parsed, pack.as_ref(), known))
    });
    cache.keep_only(all.iter().map(|read| read.below.as_path()));
    let (documents, version, warnings) = assemble(dir, all, problems, |listed| {
        (&listed.info.id, listed.info.key)
    })?;
    Ok((Library::of(documents, version), warnings))
}

fn new_pack(folder: &Path) -> Option<Arc<Pack>> {
    let pack = Pack::create(folder).inspect_err(|error| {
        tracing::warn!(%error, "no room for passages on disk: they are held in memory");
    });
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
                tracing::warn!(%error, "passages not written: they are held in memory");
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

/// The corpus files below `dir`, sorted.
pub(super) fn files(dir: &Path) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    list(dir, &mut files, &mut problems);
    files.sort();
    (files, problems)
}

/// Reads every file, on all processors; in the order of `files`.
fn in_parallel<T: Send>(files: &[PathBuf], read: impl Fn(&Path) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let read = &read;
    thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || files.iter().map(|f| read(f)).collect::<Vec<_>>()))
            .collect();
        let results = workers.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .flat_map(|read| read.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// A corpus file with what it gave.
struct Read<T> {
    file: PathBuf,
    /// Path below the corpus folder.
    below: PathBuf,
    document: Option<T>,
    problems: Vec<Problem>,
}

impl<T> Read<T> {
    /// Nothing yet.
    fn of(file: &Path, below: &Path) -> Self {
        Self {
            file: file.to_owned(),
            below: below.to_owned(),
            document: None,
            problems: Vec::new(),
        }
    }

    /// The same with another document made of this one, or a problem more.
    fn then<U>(self, make: impl FnOnce(T) -> Result<U, Fault>) -> Read<U> {
        let mut problems = self.problems;
        let made = self.document.map(make).transpose();
        let document = made.unwrap_or_else(|fault| {
            problems.push(Problem::new(&self.file, 0, fault));
            None
        });
        Read {
            file: self.file,
            below: self.below,
            document,
            problems,
        }
    }
}

fn below<'a>(dir: &Path, file: &'a Path) -> &'a Path {
    file.strip_prefix(dir).unwrap_or(file)
}

/// The document of a file, from `cache` if it has not changed: by size and times, or with `by_content`
/// by its text as well.
fn read_cached(
    dir: &Path,
    file: &Path,
    cache: &DocumentCache,
    by_content: bool,
) -> Read<ParsedDocument> {
    let below = below(dir, file);
    // Before it is read: what changes meanwhile is read again next time.
    let stamp = fs::metadata(file).ok().and_then(|m| Stamp::of(&m));
    if let Some(stamp) = stamp
        && let Some((document, problems)) = cache.get(below, file, stamp)
        && (!by_content || holds(file, &document.info))
    {
        return Read {
            document: Some(document),
            problems,
            ..Read::of(file, below)
        };
    }
    let read = read_file(dir, file).then(|document| {
        ParsedDocument::of(&document).map_err(|error| Fault::Unreadable(error.to_string()))
    });
    if let (Some(stamp), Some(parsed)) = (stamp, &read.document)
        && let Err(error) = cache.put(below, stamp, parsed, &read.problems)
    {
        tracing::debug!(%error, "parsed document not kept");
    }
    read
}

/// True when `file` still has the text that `document` was made of.
fn holds(file: &Path, document: &DocumentInfo) -> bool {
    let text = fs::read_to_string(file);
    text.is_ok_and(|text| key(&document.id, &text) == document.key)
}

fn read_file(dir: &Path, file: &Path) -> Read<Document> {
    let mut read = Read::of(file, below(dir, file));
    match fs::read(file).map(String::from_utf8) {
        Err(error) => {
            let fault = Fault::Unreadable(error.to_string());
            read.problems.push(Problem::new(file, 0, fault));
        }
        Ok(Err(error)) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            read.problems.push(Problem::new(file, line, Fault::NotUtf8));
        }
        Ok(Ok(text)) => parse(&text, &mut read),
    }
    read
}

/// Makes a document of `text`.
fn parse(text: &str, read: &mut Read<Document>) {
    let id = document_id(&read.below);
    let (source, mut found) = markdown::read(&read.file, text);
    if let Some(source) = source {
        let key = key(&id, text);
        read.document = Some(report::build(id, key, &read.file, source, &mut found));
    }
    found.sort_by_key(|problem| problem.line);
    read.problems.append(&mut found);
}

/// The start of a SHA-256 over id and text.
fn key(id: &DocumentId, text: &str) -> u64 {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(&id.0)
        .chain_update([0])
        .chain_update(text)
        .finalize()
        .into();
    u64::from_be_bytes(*digest.first_chunk().expect("32 bytes are more than 8"))
}

/// The reports inside the program.
///
/// # Errors
/// Never in a program whose tests passed.
pub fn embedded() -> Result<Loaded, CorpusError> {
    load_texts(&EMBEDDED)
}

/// A corpus of texts at hand: path below the corpus folder, and content.
///
/// # Errors
/// [`CorpusError`] as for [`load_dir`].
pub fn load_texts(texts: &[(&str, &str)]) -> Result<Loaded, CorpusError> {
    let read = |(path, text): &(&str, &str)| {
        let path = Path::new(path);
        let mut read = Read::of(path, path);
        parse(text, &mut read);
        read
    };
    let all = texts.iter().map(read).collect();
    loaded(Path::new("."), all, Vec::new())
}

/// The documents sorted by id, the version they form, and what is to be mended in them; `name`
/// gives a document's id and key.
fn assemble<T>(
    dir: &Path,
    all: Vec<Read<T>>,
    mut problems: Vec<Problem>,
    name: impl Fn(&T) -> (&DocumentId, u64),
) -> Result<(Vec<T>, String, Vec<Problem>), CorpusError> {
    let mut documents: Vec<T> = Vec::with_capacity(all.len());
    let mut known: HashMap<DocumentId, PathBuf> = HashMap::new();
    for mut read in all {
        let id = document_id(&read.below);
        match known.entry(id) {
            Entry::Occupied(other) => {
                let other = other.get().display().to_string();
                problems.push(Problem::new(&read.file, 0, Fault::SameId(other)));
                continue;
            }
            Entry::Vacant(free) => free.insert(read.file),
        };
        documents.extend(read.document);
        problems.append(&mut read.problems);
    }
    if documents.is_empty() && problems.iter().all(|problem| problem.fault.is_warning()) {
        problems.push(Problem::new(dir, 0, Fault::NoDocuments));
    }
    if problems.iter().any(|problem| !problem.fault.is_warning()) {
        return Err(CorpusError { problems });
    }
    documents.sort_by(|a, b| name(a).0.cmp(name(b).0));
    let mut hash = Sha256::new();
    for document in &documents {
        hash.update(name(document).1.to_be_bytes());
    }
    let version = hex::encode(&hash.finalize()[..6]);
    Ok((documents, version, problems))
}

/// `tongwei/2024-work-report.md` → `tongwei-2024-work-report`.
fn document_id(below: &Path) -> DocumentId {
    let path = below.with_extension("");
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    DocumentId(parts.join("-"))
}

fn list(dir: &Path, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::new(dir, 0, Fault::Unreadable(error.to_string())));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        // A symbolic link to a folder is not followed: it could lead in a circle.
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_dir {
            list(&path, files, problems);
        } else if name.ends_with(".md") && !name.eq_ignore_ascii_case("README.md") {
            files.push(path);
        }
    }
}

#[cfg(test)]
mod tests;
