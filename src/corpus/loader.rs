//! Loads a folder of corpus files, or the reports inside the program.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{Corpus, CorpusError, Document, DocumentId, Fault, Problem, markdown, report};

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
    let mut problems = Vec::new();
    let mut files = Vec::new();
    list(dir, &mut files, &mut problems);
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let shown = file.strip_prefix(dir).unwrap_or(&file).to_owned();
        match fs::read(&file) {
            Err(error) => {
                problems.push(Problem::new(&file, 0, Fault::Unreadable(error.to_string())));
            }
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => texts.push((file, shown, text)),
                Err(error) => {
                    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                    let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
                    problems.push(Problem::new(&file, line, Fault::NotUtf8));
                }
            },
        }
    }
    assemble(dir, texts, problems)
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
    let texts = texts
        .iter()
        .map(|(path, text)| (PathBuf::from(path), PathBuf::from(path), (*text).to_owned()))
        .collect();
    assemble(Path::new("."), texts, Vec::new())
}

fn assemble(
    dir: &Path,
    texts: Vec<(PathBuf, PathBuf, String)>,
    mut problems: Vec<Problem>,
) -> Result<Loaded, CorpusError> {
    let mut hash = Sha256::new();
    let mut documents: Vec<Document> = Vec::new();
    for (file, below, text) in texts {
        let id = document_id(&below);
        hash.update(id.0.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        if let Some(other) = documents.iter().find(|document| document.id == id) {
            let other = other.file.display().to_string();
            problems.push(Problem::new(&file, 0, Fault::SameId(other)));
            continue;
        }
        let (source, mut found) = markdown::read(&file, &text);
        if let Some(source) = source {
            documents.push(report::build(id, &file, source, &mut found));
        }
        found.sort_by_key(|problem| problem.line);
        problems.append(&mut found);
    }
    if documents.is_empty() && problems.iter().all(|problem| problem.fault.is_warning()) {
        problems.push(Problem::new(dir, 0, Fault::NoDocuments));
    }
    if problems.iter().any(|problem| !problem.fault.is_warning()) {
        return Err(CorpusError { problems });
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    let version = hash
        .finalize()
        .iter()
        .take(6)
        .map(|b| format!("{b:02x}"))
        .collect();
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
