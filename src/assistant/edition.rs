//! What a snapshot is built from, and how folders and settings become that.

use std::{
    fs,
    path::{self, Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use crate::{
    corpus::{self, CorpusError, Degraded, Fault, Library, LibraryError, Listing, Loaded, Problem},
    eligibility::{self, Book, VARIABLES},
    retrieval::{IndexError, Lexicon, Ranking, RankingError, Setup, component::Components},
    text::{hex, segment::Segmenter},
};

/// How often a corpus is read that changes meanwhile.
const READINGS: usize = 3;

/// What a snapshot is built from, as values: equal editions give equal answers.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The reports.
    pub library: Arc<Library>,
    /// Who qualifies for what its documents grant.
    pub rules: Arc<Book>,
    /// What else answers depend on.
    pub setup: Setup,
}

/// Why a corpus cannot be served. What was served before stays in service.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Something in the corpus files.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A passage of them.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The search index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Somebody is writing to the corpus folder.
    #[error("报告文件夹里有文件正在写入，请等写完")]
    Changing,
    /// The file with the weights.
    #[error(transparent)]
    Ranking(#[from] RankingError),
}

/// What an assistant is made from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folder with the reports; `None` serves the reports inside the program.
    pub corpus_dir: Option<PathBuf>,
    /// Folder for what is kept between starts (parsed documents, index); `None` keeps nothing.
    pub data_dir: Option<PathBuf>,
    /// The place that leads when a question names none; when empty, the only one there is.
    pub default_place: String,
    /// Only the reports of these places are searched by meaning; empty for all.
    pub meaning_places: Vec<String>,
    /// Folder with the word lists; lists that are missing there are taken from the program.
    pub lexicon_dir: Option<PathBuf>,
    /// File with weights and thresholds; `None`, or a file that is not there, stands for those
    /// inside the program.
    pub ranking_file: Option<PathBuf>,
    /// True for a service: while files have errors it starts with what it served last, or with those
    /// that have none. Otherwise any error is refused.
    pub starts_degraded: bool,
    /// Everything is on but for measurements.
    pub components: Components,
    /// Questions are cut off after this many characters; 0 stands for 500.
    pub question_chars: usize,
}

impl Options {
    /// Where parsed documents and index of the corpus folder are kept; each corpus folder has its
    /// own. `None` for the reports inside the program.
    fn kept_folder(&self) -> Option<PathBuf> {
        Some(kept_folder(
            self.data_dir.as_ref()?,
            self.corpus_dir.as_ref()?,
        ))
    }

    /// Where parsed documents and index of a store's editions are kept; `None` without a data folder.
    #[must_use]
    pub fn editions_folder(&self) -> Option<PathBuf> {
        Some(self.data_dir.as_ref()?.join("index").join("editions"))
    }

    /// True when something was kept of the folder `corpus` in `data`: it was served before.
    #[must_use]
    pub fn was_served(data: &Path, corpus: &Path) -> bool {
        kept_folder(data, corpus).is_dir()
    }
}

/// The name does not depend on whether the folder is there: it may be away for a while.
fn kept_folder(data: &Path, corpus: &Path) -> PathBuf {
    let corpus = path::absolute(corpus).unwrap_or_else(|_| corpus.to_owned());
    let digest = Sha256::digest(corpus.as_os_str().as_encoded_bytes());
    data.join("index").join(hex::encode(&digest[..4]))
}

impl Edition {
    /// The edition of a library with the word lists and weights inside the program.
    #[must_use]
    pub fn of(library: Library) -> Self {
        Self {
            library: Arc::new(library),
            rules: Arc::default(),
            setup: Setup::default(),
        }
    }

    /// As [`Self::read`], but never while a corpus file is written: what was read is what stood there
    /// from the beginning of the reading to its end.
    ///
    /// # Errors
    /// [`OpenError`]; [`OpenError::Changing`] when the folder is not at rest for seconds.
    pub(super) fn read_at_rest(
        options: &Options,
        before: &Library,
    ) -> Result<(Self, Vec<Problem>), OpenError> {
        let Some(dir) = &options.corpus_dir else {
            return Self::read(options, Some(before));
        };
        for _ in 0..READINGS {
            let listing = Listing::at_rest(dir).ok_or(OpenError::Changing)?;
            let read = Self::read(options, Some(before));
            if Listing::of(dir) == listing {
                return read;
            }
        }
        Err(OpenError::Changing)
    }

    /// Reads what `options` name, with the problems that do not keep it from being served;
    /// documents that have not changed are shared with the library `before`.
    ///
    /// # Errors
    /// [`OpenError`] with every problem, file and line.
    pub fn read(
        options: &Options,
        before: Option<&Library>,
    ) -> Result<(Self, Vec<Problem>), OpenError> {
        let in_memory = |loaded: Loaded| (Library::new(loaded.corpus), loaded.warnings);
        let (library, warnings) = match (&options.corpus_dir, options.kept_folder()) {
            (Some(dir), Some(folder)) => corpus::open_dir(dir, &folder.join("documents"), before)?,
            (Some(dir), None) => in_memory(corpus::load_dir(dir)?),
            (None, _) => in_memory(corpus::embedded()?),
        };
        // Beside another library there is a segmenter, most often of the same words.
        if before.is_none() {
            Segmenter::read_ahead();
        }
        let (edition, problems) = Self::with(library, options)?;
        Ok((edition, warnings.into_iter().chain(problems).collect()))
    }

    /// Reads what `options` name at a start, and says when that is not all of it as it is.
    ///
    /// # Errors
    /// [`OpenError`] as for [`Self::read`], of a service only when there is nothing to be served.
    pub fn start(options: &Options) -> Result<(Self, Option<Degraded>), OpenError> {
        let (Some(dir), Some(folder), true) = (
            &options.corpus_dir,
            options.kept_folder(),
            options.starts_degraded,
        ) else {
            let (edition, warnings) = Self::read(options, None)?;
            told(&warnings);
            return Ok((edition, None));
        };
        let (library, degraded) = corpus::open_dir_at_start(dir, &folder.join("documents"))?;
        Segmenter::read_ahead();
        let (edition, problems) = Self::with(library, options)?;
        told(&problems);
        Ok((edition, degraded))
    }

    /// The edition of a library with the rules, word lists and weights that `options` name, and what is wrong in
    /// the rules.
    fn with(library: Library, options: &Options) -> Result<(Self, Vec<Problem>), OpenError> {
        let (rules, problems) = rules(&library, options)?;
        let lexicon = lexicon(options.lexicon_dir.as_deref());
        let ranking = match &options.ranking_file {
            Some(file) => Ranking::read(file)?,
            None => Ranking::embedded(),
        };
        let index_dir = options.kept_folder().map(|folder| folder.join("passages"));
        let library = Arc::new(library);
        let edition = Self::from_parts(library, lexicon, ranking, index_dir, options);
        Ok((edition.with_rules(rules), problems))
    }

    /// The same with these rules.
    #[must_use]
    pub fn with_rules(self, rules: Book) -> Self {
        Self {
            rules: Arc::new(rules),
            ..self
        }
    }

    /// The edition of these parts, without rules; of `options` what no edition holds.
    #[must_use]
    pub fn from_parts(
        library: Arc<Library>,
        lexicon: Lexicon,
        ranking: Ranking,
        index_dir: Option<PathBuf>,
        options: &Options,
    ) -> Self {
        let setup = Setup {
            lexicon,
            ranking,
            components: options.components,
            default_place: options.default_place.clone(),
            index_dir,
        };
        Self {
            library,
            rules: Arc::default(),
            setup,
        }
    }
}

/// The rules beside the documents of the corpus folder, which make up `library`, and what is wrong in them.
fn rules(library: &Library, options: &Options) -> Result<(Book, Vec<Problem>), OpenError> {
    let Some(dir) = &options.corpus_dir else {
        return Ok((Book::default(), Vec::new()));
    };
    let below = corpus::rule_files_below(dir);
    let (files, mut problems) = corpus::read_rule_files(dir, below, &corpus::read_below(dir));
    let variables = options.lexicon_dir.as_ref().map(|dir| dir.join(VARIABLES));
    let text = variables
        .as_ref()
        .and_then(|file| fs::read_to_string(file).ok());
    let file = variables.as_deref().unwrap_or(Path::new(VARIABLES));
    let (vocabulary, wrong) = eligibility::vocabulary(file, text.as_deref());
    let (book, refused) = Book::load(library, &files, &vocabulary)?;
    problems.extend(wrong.into_iter().chain(refused));
    Ok((book, problems))
}

/// Says in the log which rules refuse themselves.
fn told(problems: &[Problem]) {
    let refused = problems.iter();
    for problem in refused.filter(|problem| matches!(problem.fault, Fault::Rules(_))) {
        tracing::warn!("rules refused: {problem}");
    }
}

/// The word lists in `folder`; a line that cannot be read is named in the log and left out.
fn lexicon(folder: Option<&Path>) -> Lexicon {
    let Some(folder) = folder else {
        return Lexicon::embedded();
    };
    let (lexicon, problems) = Lexicon::from_dir(folder);
    for problem in &problems {
        tracing::warn!("lexicon line skipped: {problem}");
    }
    lexicon
}
