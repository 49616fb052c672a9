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
    content::{ContentHash, content_hash, decoded},
    rule_name::is_rule_file,
};
use crate::text::hex;

/// The reports that ship inside the program, as path below the corpus folder and text.
pub(super) const EMBEDDED: [(&str, &str); 1] = [(
    "tongwei/2024-work-report.md",
    include_str!("../../corpus/tongwei/2024-work-report.md"),
)];

/// A folder below the corpus folder that is left out.
const EXAMPLES: &str = "examples";

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

/// The documents below `dir`, sorted.
pub(super) fn files(dir: &Path) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut files, problems) = all_files(dir);
    files.retain(|file| !is_rule_file(file));
    (files, problems)
}

/// The rule files below `dir`, sorted.
pub(super) fn rule_files(dir: &Path) -> Vec<PathBuf> {
    let (mut files, _) = all_files(dir);
    files.retain(|file| is_rule_file(file));
    files
}

/// The corpus files below `dir`, documents and rule files, sorted.
pub(super) fn all_files(dir: &Path) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    list(dir, &mut files, &mut problems);
    // Invented documents to try things with: served only where they are the corpus themselves.
    let examples = dir.join(EXAMPLES);
    files.retain(|file| !file.starts_with(&examples));
    files.sort();
    (files, problems)
}

/// Reads every file, on all processors; in the order of `files`.
pub(super) fn in_parallel<F: Sync, T: Send>(files: &[F], read: impl Fn(&F) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(1);
    let read = &read;
    thread::scope(|scope| {
        let workers: Vec<_> = files
            .chunks(share)
            .map(|files| scope.spawn(move || files.iter().map(read).collect::<Vec<_>>()))
            .collect();
        let results = workers.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .flat_map(|read| read.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// A corpus file with what it gave.
pub(super) struct Read<T> {
    pub(super) file: PathBuf,
    /// Path below the corpus folder.
    pub(super) below: PathBuf,
    pub(super) document: Option<T>,
    pub(super) problems: Vec<Problem>,
}

impl<T> Read<T> {
    /// Nothing yet.
    pub(super) fn of(file: &Path, below: &Path) -> Self {
        Self {
            file: file.to_owned(),
            below: below.to_owned(),
            document: None,
            problems: Vec::new(),
        }
    }

    /// True when it gave a document and nothing keeps that from being served.
    pub(super) fn is_sound(&self) -> bool {
        let mut problems = self.problems.iter();
        self.document.is_some() && problems.all(|problem| problem.fault.is_warning())
    }

    /// The same with another document made of this one, or a problem more.
    pub(super) fn then<U>(self, make: impl FnOnce(T) -> Result<U, Fault>) -> Read<U> {
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

pub(super) fn below<'a>(dir: &Path, file: &'a Path) -> &'a Path {
    file.strip_prefix(dir).unwrap_or(file)
}

fn read_file(dir: &Path, file: &Path) -> Read<Document> {
    let mut read = Read::of(file, below(dir, file));
    let bytes =
        fs::read(file).map_err(|error| Problem::new(file, 0, Fault::Unreadable(error.to_string())));
    match bytes.and_then(|bytes| decoded(file, bytes)) {
        Ok(text) => parse(&text, &mut read),
        Err(problem) => read.problems.push(problem),
    }
    read
}

/// Makes a document of `text`.
pub(super) fn parse(text: &str, read: &mut Read<Document>) {
    let id = document_id(&read.below);
    let (source, mut found) = markdown::read(&read.file, text);
    if let Some(source) = source {
        let key = key(&id, &content_hash(text.as_bytes()));
        read.document = Some(report::build(id, key, &read.file, source, &mut found));
    }
    found.sort_by_key(|problem| problem.line);
    read.problems.append(&mut found);
}

/// The key of the document that the file `below` the corpus folder gives with this content.
pub(super) fn key_of(below: &Path, content: &ContentHash) -> u64 {
    key(&document_id(below), content)
}

/// The start of a SHA-256 over id and content.
fn key(id: &DocumentId, content: &ContentHash) -> u64 {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(&id.0)
        .chain_update([0])
        .chain_update(content)
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
pub(super) fn assemble<T>(
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
pub(super) fn document_id(below: &Path) -> DocumentId {
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
        } else if is_rule_file(&path)
            || (name.ends_with(".md") && !name.eq_ignore_ascii_case("README.md"))
        {
            files.push(path);
        }
    }
}
