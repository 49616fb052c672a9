//! Loads a folder of corpus files, or the reports inside the program.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs,
    path::{Path, PathBuf},
    thread,
};

use sha2::{Digest, Sha256};
use wenzheng_document::{markdown, report};

use super::{
    Corpus, CorpusError, Document, DocumentId, Fault, Problem,
    shelf::{Shelf, Stamp},
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
    load(dir, None)
}

/// The same with parsed documents kept in the folder `shelf`: only files that changed are parsed.
/// The documents are without their blocks.
///
/// # Errors
/// As for [`load_dir`]; never because of `shelf`.
pub fn load_shelved(dir: &Path, shelf: &Path) -> Result<Loaded, CorpusError> {
    load(dir, Some(&Shelf::new(shelf)))
}

/// A corpus file with what it gave.
struct Read {
    file: PathBuf,
    /// Path below the corpus folder.
    below: PathBuf,
    document: Option<Document>,
    problems: Vec<Problem>,
}

fn load(dir: &Path, shelf: Option<&Shelf>) -> Result<Loaded, CorpusError> {
    let mut problems = Vec::new();
    let mut files = Vec::new();
    list(dir, &mut files, &mut problems);
    files.sort();
    let read = |file: &PathBuf| read_file(dir, file, shelf);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let all: Vec<Read> = thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || files.iter().map(read).collect::<Vec<_>>()))
            .collect();
        let results = workers.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .flat_map(|read| read.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    if let Some(shelf) = shelf {
        shelf.keep_only(all.iter().map(|read| read.below.as_path()));
    }
    assemble(dir, all, problems)
}

fn read_file(dir: &Path, file: &Path, shelf: Option<&Shelf>) -> Read {
    let below = file.strip_prefix(dir).unwrap_or(file).to_owned();
    let mut read = Read {
        file: file.to_owned(),
        below,
        document: None,
        problems: Vec::new(),
    };
    // Before it is read: what changes meanwhile is read again next time.
    let stamp = fs::metadata(file).ok().and_then(|m| Stamp::of(&m));
    let kept = shelf.zip(stamp);
    if let Some((shelf, stamp)) = kept
        && let Some((document, problems)) = shelf.get(&read.below, file, stamp)
    {
        read.document = Some(document);
        read.problems = problems;
        return read;
    }
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
    if let Some((shelf, stamp)) = kept
        && let Some(document) = &mut read.document
    {
        document.blocks = Vec::new();
        if let Err(error) = shelf.put(&read.below, stamp, document, &read.problems) {
            tracing::debug!(%error, "parsed document not kept");
        }
    }
    read
}

/// Makes a document of `text`.
fn parse(text: &str, read: &mut Read) {
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
        let mut read = Read {
            file: PathBuf::from(path),
            below: PathBuf::from(path),
            document: None,
            problems: Vec::new(),
        };
        parse(text, &mut read);
        read
    };
    assemble(Path::new("."), texts.iter().map(read).collect(), Vec::new())
}

fn assemble(dir: &Path, all: Vec<Read>, mut problems: Vec<Problem>) -> Result<Loaded, CorpusError> {
    let mut documents: Vec<Document> = Vec::with_capacity(all.len());
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
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    let mut hash = Sha256::new();
    for document in &documents {
        hash.update(document.key.to_be_bytes());
    }
    let version = hex::encode(&hash.finalize()[..6]);
    Ok(Loaded {
        corpus: Corpus { documents, version },
        warnings: problems,
    })
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
