//! The files of an edition, wherever they lie, made into what answers.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::runtime::Handle;
use wenzheng_store::{Hash, Manifest, Store};

use super::{
    input::Input,
    paths::{CORPUS, LEXICON, RANKING},
};
use crate::{
    assistant::{Edition, OpenError, Options},
    corpus::{self, CorpusError, CorpusFile, CorpusFiles, Fault, Library, Problem},
    eligibility::{self, Book, VARIABLES},
    retrieval::{Lexicon, Ranking},
    text::segment::Segmenter,
};

/// What messages call the folder of corpus files that lie in the store.
const CALLED: &str = "corpus";
/// Contents that no input and no store has yet.
pub(super) type Fresh = BTreeMap<Hash, Arc<[u8]>>;

/// Where contents are read from. Blocks: call it off the async threads.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) input: Input,
    pub(super) store: Store,
    pub(super) runtime: Handle,
    /// Parsed documents and index are kept here between starts.
    pub(super) folder: PathBuf,
}

impl Source {
    /// The bytes of the file at `path` that hash to `hash`: from `fresh`, the input if it has them still,
    /// or the store.
    pub(super) fn read(&self, path: &str, hash: Hash, fresh: &Fresh) -> io::Result<Vec<u8>> {
        if let Some(bytes) = fresh.get(&hash) {
            return Ok(bytes.to_vec());
        }
        match self.input.read(path) {
            Ok(bytes) if Hash::of(&bytes) == hash => Ok(bytes),
            _ => {
                let kept = self.runtime.block_on(self.store.blob(hash));
                kept.map_err(io::Error::other)
            }
        }
    }

    /// The edition of `manifest` with what is to be mended in it; documents that have not changed are shared
    /// with the library `before`.
    ///
    /// # Errors
    /// [`OpenError`] with every problem, file and line.
    pub(super) fn open(
        &self,
        manifest: &Manifest,
        fresh: &Fresh,
        options: &Options,
        before: Option<&Library>,
    ) -> Result<(Edition, Vec<Problem>), OpenError> {
        // Beside another library there is a segmenter, most often of the same words.
        if before.is_none() {
            Segmenter::read_ahead();
        }
        let (library, mut warnings) = self.library(manifest, fresh, before)?;
        let opened = self.with_library(Arc::new(library), manifest, fresh, options)?;
        let (edition, refused) = opened;
        warnings.extend(refused);
        Ok((edition, warnings))
    }

    /// The edition of `manifest`, whose documents make up `library`, and what is wrong in its rules.
    ///
    /// # Errors
    /// [`OpenError`] when word lists or weights cannot be read.
    pub(super) fn with_library(
        &self,
        library: Arc<Library>,
        manifest: &Manifest,
        fresh: &Fresh,
        options: &Options,
    ) -> Result<(Edition, Vec<Problem>), OpenError> {
        let (rules, refused) = self.rules(&library, manifest, fresh)?;
        let (lexicon, ranking) = self.words_and_weights(manifest, fresh)?;
        let index = Some(self.folder.join("passages"));
        let edition = Edition::from_parts(library, lexicon, ranking, index, options);
        Ok((edition.with_rules(rules), refused))
    }

    /// The rules of `manifest` for the documents of `library`, and what is wrong in them.
    fn rules(
        &self,
        library: &Library,
        manifest: &Manifest,
        fresh: &Fresh,
    ) -> Result<(Book, Vec<Problem>), OpenError> {
        let read = |below: &Path| self.read_below(manifest, fresh, below);
        let dir = self.input.folder().unwrap_or(Path::new(CALLED));
        let below = manifest.files.keys().filter_map(|path| {
            let below = PathBuf::from(path.strip_prefix(CORPUS)?);
            corpus::is_rule_file(&below).then_some(below)
        });
        let (files, mut problems) = corpus::read_rule_files(dir, below, &read);
        let path = format!("{LEXICON}{VARIABLES}");
        let text = manifest.files.get(&path);
        let text = text.map(|content| self.text(&path, content.hash, fresh));
        let text = text.transpose()?;
        let (vocabulary, wrong) = eligibility::vocabulary(Path::new(&path), text.as_deref());
        let (book, refused) = Book::load(library, &files, &vocabulary)?;
        problems.extend(wrong.into_iter().chain(refused));
        Ok((book, problems))
    }

    /// The documents of `manifest` alone, see [`Self::open`].
    pub(super) fn library(
        &self,
        manifest: &Manifest,
        fresh: &Fresh,
        before: Option<&Library>,
    ) -> Result<(Library, Vec<Problem>), OpenError> {
        let read = |below: &Path| self.read_below(manifest, fresh, below);
        let dir = self.input.folder().unwrap_or(Path::new(CALLED));
        let files = corpus_files(dir, manifest, &read);
        Ok(corpus::open_files(files, &self.documents(), before)?)
    }

    /// As [`Self::open`], of those files of the input that have no error, and the errors of the others.
    pub(super) fn open_sound(
        &self,
        manifest: &Manifest,
        options: &Options,
    ) -> Result<(Edition, Vec<Problem>), OpenError> {
        let fresh = Fresh::new();
        let read = |below: &Path| self.read_below(manifest, &fresh, below);
        let dir = self.input.folder().unwrap_or(Path::new(CALLED));
        let files = corpus_files(dir, manifest, &read);
        let (library, problems) = corpus::open_sound_files(files, &self.documents())?;
        let (rules, _refused) = self.rules(&library, manifest, &fresh)?;
        let (lexicon, ranking) = self.words_and_weights(manifest, &fresh)?;
        let library = Arc::new(library);
        let edition = Edition::from_parts(library, lexicon, ranking, None, options);
        Ok((edition.with_rules(rules), problems))
    }

    fn documents(&self) -> PathBuf {
        self.folder.join("documents")
    }

    /// Drops the parsed documents that none of `manifests` has.
    pub(super) fn keep_documents(&self, manifests: &[Manifest]) {
        let files = manifests.iter().flat_map(|manifest| {
            manifest.files.iter().filter_map(|(path, content)| {
                let below = Path::new(path.strip_prefix(CORPUS)?);
                (!corpus::is_rule_file(below)).then_some((below, &content.hash.0))
            })
        });
        corpus::keep_documents(&self.documents(), files);
    }

    fn read_below(&self, manifest: &Manifest, fresh: &Fresh, below: &Path) -> io::Result<Vec<u8>> {
        let path = format!("{CORPUS}{}", below.to_string_lossy());
        let content = manifest.files.get(&path);
        let content = content.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.read(&path, content.hash, fresh)
    }

    /// Word lists and weights of `manifest`; what it has not is taken from inside the program.
    fn words_and_weights(
        &self,
        manifest: &Manifest,
        fresh: &Fresh,
    ) -> Result<(Lexicon, Ranking), OpenError> {
        let mut lists = BTreeMap::new();
        for (path, content) in &manifest.files {
            if let Some(name) = path.strip_prefix(LEXICON).filter(|name| *name != VARIABLES) {
                let text = self.text(path, content.hash, fresh)?;
                lists.insert(name.to_owned(), text);
            }
        }
        let (lexicon, problems) = Lexicon::from_texts(&lists);
        for problem in &problems {
            tracing::warn!("lexicon line skipped: {problem}");
        }
        let ranking = match manifest.files.get(RANKING) {
            Some(content) => {
                let text = self.text(RANKING, content.hash, fresh)?;
                Ranking::parse(Path::new(RANKING), &text)?
            }
            None => Ranking::embedded(),
        };
        Ok((lexicon, ranking))
    }

    fn text(&self, path: &str, hash: Hash, fresh: &Fresh) -> Result<String, OpenError> {
        let unreadable = |what: String| {
            let problem = Problem::new(Path::new(path), 0, Fault::Unreadable(what));
            OpenError::Corpus(CorpusError {
                problems: vec![problem],
            })
        };
        let bytes = self.read(path, hash, fresh);
        let bytes = bytes.map_err(|error| unreadable(error.to_string()))?;
        String::from_utf8(bytes).map_err(|_| unreadable("不是 UTF-8 文字".into()))
    }
}

fn corpus_files<'a>(
    dir: &'a Path,
    manifest: &Manifest,
    read: corpus::ReadFile<'a>,
) -> CorpusFiles<'a> {
    let documents = manifest.files.iter().filter_map(|(path, content)| {
        let below = PathBuf::from(path.strip_prefix(CORPUS)?);
        (!corpus::is_rule_file(&below)).then_some((below, content))
    });
    let files = documents.map(|(below, content)| CorpusFile {
        below,
        size: content.size,
        hash: Some(content.hash.0),
    });
    CorpusFiles {
        dir,
        files: files.collect(),
        problems: Vec::new(),
        read,
    }
}
