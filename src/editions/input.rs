//! What gives files: the folders of the settings, or the program itself.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Component, Path, PathBuf},
};

use wenzheng_store::{Content, Hash, Manifest};

use super::paths::{CORPUS, LEXICON, RANKING};
use crate::{
    assistant::{OpenError, Options},
    corpus::{self, CorpusError, Fault, Listing, Problem},
    eligibility::{VARIABLES, shipped_variables},
};

/// How often a folder is read that changes meanwhile.
const READINGS: usize = 3;

/// An input.
#[derive(Debug, Clone)]
pub struct Input {
    /// Folder with the reports; `None` for those inside the program.
    corpus: Option<PathBuf>,
    lexicon: Option<PathBuf>,
    ranking: Option<PathBuf>,
}

impl Input {
    /// The input that `options` name.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        Self {
            corpus: options.corpus_dir.clone(),
            lexicon: options.lexicon_dir.clone(),
            ranking: options.ranking_file.clone(),
        }
    }

    /// `folder`, or `program` when the reports are those inside the program.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.corpus {
            Some(_) => "folder",
            None => "program",
        }
    }

    /// The folder with the reports, as messages name it.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.corpus.as_deref()
    }

    /// What it gives now, of one moment: no file was written meanwhile.
    ///
    /// # Errors
    /// [`OpenError`]: a file cannot be read, or is being written.
    pub fn at_rest(&self) -> Result<Manifest, OpenError> {
        let Some(dir) = &self.corpus else {
            return self.scan();
        };
        for _ in 0..READINGS {
            let listing = Listing::at_rest(dir).ok_or(OpenError::Changing)?;
            let scanned = self.scan();
            if Listing::of(dir) == listing {
                return scanned;
            }
        }
        Err(OpenError::Changing)
    }

    /// What it gives now.
    ///
    /// # Errors
    /// [`OpenError`] when a file cannot be read.
    pub fn scan(&self) -> Result<Manifest, OpenError> {
        let mut files = BTreeMap::new();
        match &self.corpus {
            Some(dir) => {
                for (below, hash, size) in corpus::hash_folder(dir)? {
                    let content = Content {
                        hash: Hash(hash),
                        size,
                    };
                    files.insert(format!("{CORPUS}{}", plain(dir, &below)?), content);
                }
            }
            None => {
                files.extend(corpus::embedded_texts().iter().map(|(below, text)| {
                    (format!("{CORPUS}{below}"), Content::of(text.as_bytes()))
                }))
            }
        }
        if let Some(dir) = &self.lexicon {
            for below in lists(dir) {
                let bytes = fs::read(dir.join(&below)).map_err(|e| unreadable(dir, &below, &e))?;
                // Nobody has changed it: it is as it is inside the program.
                if below == Path::new(VARIABLES) && bytes == shipped_variables().as_bytes() {
                    continue;
                }
                let path = format!("{LEXICON}{}", plain(dir, &below)?);
                files.insert(path, Content::of(&bytes));
            }
        }
        if let Some(file) = &self.ranking
            && let Some(bytes) =
                if_there(fs::read(file)).map_err(|e| unreadable(file, Path::new(""), &e))?
        {
            files.insert(RANKING.to_owned(), Content::of(&bytes));
        }
        Ok(Manifest { files })
    }

    /// What the file at `path` of a manifest holds now.
    ///
    /// # Errors
    /// Of the system; not found for a path that is none of an input.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let nothing = || io::Error::from(io::ErrorKind::NotFound);
        if path == RANKING {
            return fs::read(self.ranking.as_ref().ok_or_else(nothing)?);
        }
        if let Some(below) = path.strip_prefix(LEXICON) {
            return fs::read(self.lexicon.as_ref().ok_or_else(nothing)?.join(below));
        }
        let below = path.strip_prefix(CORPUS).ok_or_else(nothing)?;
        match &self.corpus {
            Some(dir) => fs::read(dir.join(below)),
            None => {
                let mut texts = corpus::embedded_texts().iter();
                let text = texts.find(|(path, _)| *path == below);
                text.map(|(_, text)| text.as_bytes().to_vec())
                    .ok_or_else(nothing)
            }
        }
    }
}

/// `below` with `/` between its parts.
fn plain(dir: &Path, below: &Path) -> Result<String, OpenError> {
    let parts = below.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let parts = parts.collect::<Option<Vec<_>>>();
    let one_line = parts.filter(|parts| !parts.iter().any(|part| part.contains('\n')));
    let joined = one_line.map(|parts| parts.join("/"));
    joined.ok_or_else(|| {
        let fault = Fault::Unreadable("文件名不是 UTF-8 文字，请改名".into());
        problem(&dir.join(below), fault)
    })
}

/// The word lists below `dir`.
fn lists(dir: &Path) -> Vec<PathBuf> {
    fn walk(dir: &Path, below: &Path, found: &mut Vec<PathBuf>) {
        let entries = fs::read_dir(dir.join(below)).into_iter().flatten();
        for entry in entries.flatten() {
            let path = below.join(entry.file_name());
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            match entry.file_type() {
                _ if hidden => {}
                Ok(kind) if kind.is_dir() => walk(dir, &path, found),
                _ => found.push(path),
            }
        }
    }
    let mut found = Vec::new();
    walk(dir, Path::new(""), &mut found);
    let is_list = |path: &PathBuf| path.extension().is_some_and(|e| e == "txt" || e == "model");
    found.retain(|path| is_list(path) || path == Path::new(VARIABLES));
    found.sort();
    found
}

fn if_there(read: io::Result<Vec<u8>>) -> io::Result<Option<Vec<u8>>> {
    match read {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn unreadable(dir: &Path, below: &Path, error: &io::Error) -> OpenError {
    problem(&dir.join(below), Fault::Unreadable(error.to_string()))
}

fn problem(file: &Path, fault: Fault) -> OpenError {
    let problems = vec![Problem::new(file, 0, fault)];
    OpenError::Corpus(CorpusError { problems })
}
