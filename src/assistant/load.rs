//! From files to a [`Snapshot`].

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use super::snapshot::Snapshot;
use crate::{
    corpus::{self, CorpusError, Library, LibraryError, Problem},
    retrieval::{
        IndexError, Retriever, Setup, Suggestions,
        component::Components,
        lexicon::Lexicon,
        ranking::{Ranking, RankingError},
    },
    text::hex,
};

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
    /// Everything is on but for measurements.
    pub components: Components,
    /// Questions are cut off after this many characters; 0 stands for 500.
    pub question_chars: usize,
    /// The calendar year, for saying that the newest report is an older one; `None` takes it from
    /// the clock.
    pub calendar_year: Option<i32>,
}

impl Options {
    /// Where parsed documents and index of the corpus folder are kept; each corpus folder has its
    /// own. `None` for the reports inside the program.
    fn kept_folder(&self) -> Option<PathBuf> {
        let (data, corpus) = (self.data_dir.as_ref()?, self.corpus_dir.as_ref()?);
        let corpus = fs::canonicalize(corpus).unwrap_or_else(|_| corpus.clone());
        Some(data.join("index").join(short_name(&corpus)))
    }
}

/// Eight hexadecimal digits for a path.
fn short_name(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    hex::encode(&digest[..4])
}

/// Loads the corpus and builds everything that answering needs.
pub(super) fn load(options: &Options) -> Result<(Snapshot, Vec<Problem>), OpenError> {
    let folder = options.kept_folder();
    let loaded = match (&options.corpus_dir, &folder) {
        (Some(dir), Some(folder)) => corpus::load_shelved(dir, &folder.join("documents"))?,
        (Some(dir), None) => corpus::load_dir(dir)?,
        (None, _) => corpus::embedded()?,
    };
    let lexicon = match &options.lexicon_dir {
        Some(dir) => {
            let (lexicon, problems) = Lexicon::from_dir(dir);
            for problem in &problems {
                tracing::warn!("lexicon line skipped: {problem}");
            }
            lexicon
        }
        None => Lexicon::embedded(),
    };
    let ranking = match &options.ranking_file {
        Some(file) => Ranking::read(file)?,
        None => Ranking::embedded(),
    };
    let setup = Setup {
        lexicon,
        ranking,
        components: options.components,
        default_place: options.default_place.clone(),
        index_dir: folder.map(|folder| folder.join("passages")),
    };
    let retriever = Retriever::build(Arc::new(Library::new(loaded.corpus)), setup)?;
    if !options.default_place.is_empty() && retriever.catalog().default_place().is_none() {
        tracing::warn!(
            place = options.default_place,
            "corpus.default_place has no report: questions without a place go to all places"
        );
    }
    let snapshot = Snapshot {
        suggestions: Suggestions::new(retriever.library().documents()),
        retriever,
    };
    Ok((snapshot, loaded.warnings))
}
