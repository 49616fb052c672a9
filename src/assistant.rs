//! The application service that every channel calls.

mod alike;
mod edition;
mod judging;
mod search;
mod snapshot;
mod understood;
mod vectors;

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use arc_swap::{ArcSwap, ArcSwapOption};
use time::Date;

use crate::{
    answer::{self, Answer, AnswerError, Question, Trace},
    corpus::{CorpusError, Degraded, FolderWatch, Problem, Serves},
    retrieval::{IndexError, Message},
    semantic::Embedder,
    text::normalize,
};

use self::vectors::Vectors;

pub use alike::SameDocuments;
pub use edition::{Edition, OpenError, Options};
pub use search::{Found, TermHint};
pub use snapshot::{CitedPassage, CitedSection, Snapshot};
pub use vectors::MeaningState;

/// Citations in an answer unless more are asked for.
const CITATIONS: usize = 3;
/// Characters of a question that are read unless set otherwise.
const QUESTION_CHARS: usize = 500;

/// Answers questions; cheap to clone, all clones share one corpus.
#[derive(Debug, Clone)]
pub struct Assistant {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    snapshot: ArcSwap<Snapshot>,
    options: Options,
    vectors: Vectors,
    /// Why not all files as they are on disk are served; empty when they are.
    degraded: ArcSwapOption<Degraded>,
    /// Questions answered since the start.
    asked: AtomicU64,
    /// Held while a corpus is loaded, so that two reloads do not race.
    reloading: Mutex<()>,
}

/// What a reload changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reloaded {
    /// Version served before.
    pub before: String,
    /// Version served now; equal to `before` when nothing changed.
    pub version: String,
    /// Documents served now.
    pub documents: usize,
    /// Passages served now.
    pub passages: usize,
    /// Passages that are new.
    pub added: usize,
    /// Passages that are gone.
    pub removed: usize,
    /// Problems that do not keep the corpus from being served.
    pub warnings: Vec<Problem>,
}

impl Assistant {
    /// Loads the corpus and builds everything that answering needs.
    ///
    /// # Errors
    /// [`OpenError`] with every problem, file and line.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let (edition, degraded) = Edition::start(&options)?;
        let snapshot = Snapshot::build(edition)?;
        Ok(Self::serving(snapshot, degraded, options))
    }

    /// Answers from `snapshot`, which is `degraded` when not all files as they are on disk are in it.
    #[must_use]
    pub fn serving(snapshot: Snapshot, degraded: Option<Degraded>, options: Options) -> Self {
        if let Some(degraded) = &degraded {
            log(degraded);
        }
        let vectors = Vectors::new(options.meaning_places.clone());
        let assistant = Self {
            shared: Arc::new(Shared {
                snapshot: ArcSwap::from_pointee(snapshot),
                options,
                vectors,
                degraded: ArcSwapOption::from_pointee(degraded),
                asked: AtomicU64::new(0),
                reloading: Mutex::new(()),
            }),
        };
        assistant.warm_up();
        assistant
    }

    /// A snapshot of `edition` beside the one that is served, ready to be served itself: with all its
    /// vectors, of which the new ones are made. Blocks for as long as that takes. `told` hears how many
    /// are made and how many there are to make, from any thread.
    ///
    /// # Errors
    /// [`IndexError`] when its passages cannot be indexed.
    pub fn candidate(
        &self,
        edition: Edition,
        told: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Snapshot, IndexError> {
        let served = self.snapshot();
        let snapshot = match Arc::ptr_eq(&edition.library, served.library()) {
            true => served.rebuild(edition)?,
            false => served.build_beside(edition)?,
        };
        Ok(self.shared.vectors.ready(snapshot, &served, told))
    }

    /// Serves `snapshot` from now on.
    pub fn serve(&self, snapshot: Snapshot) {
        self.shared.vectors.set_served(&snapshot);
        self.shared.snapshot.store(Arc::new(snapshot));
        self.shared.degraded.store(None);
    }

    /// From now on says that what is served is edition `number` of the store.
    pub fn renumber(&self, number: i64) {
        let snapshot = self.snapshot();
        let numbered = snapshot
            .with_retriever(snapshot.retriever.clone())
            .numbered(number);
        self.shared.snapshot.store(Arc::new(numbered));
    }

    /// Notes that what an input has was not taken, and why; `None` once it was.
    pub fn set_degraded(&self, degraded: Option<Degraded>) {
        if let Some(degraded) = &degraded {
            log(degraded);
        }
        self.shared.degraded.store(degraded.map(Arc::new));
    }

    /// What it was made from.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.shared.options
    }

    /// Makes the tables and patterns that are made at their first use, so that the first person need not
    /// wait for them.
    fn warm_up(&self) {
        let first = Question::new("今年修哪幾條高速");
        if let Err(error) = self.answer(&first) {
            tracing::error!(%error, "the first question was not answered");
        }
        let _ = normalize::to_traditional("预热");
    }

    /// Reads the corpus again and serves it from now on. Blocks for a moment; call it off the
    /// async threads. Questions meanwhile are answered from the old corpus.
    ///
    /// # Errors
    /// [`OpenError`]; the old corpus stays in service.
    pub fn reload(&self) -> Result<Reloaded, OpenError> {
        let _one_at_a_time = self
            .shared
            .reloading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let before = self.snapshot();
        let read = Edition::read_at_rest(&self.shared.options, before.library());
        let (edition, warnings) = read.inspect_err(|error| self.refused(error))?;
        let mut snapshot = before.build_beside(edition)?;
        let known = self.shared.vectors.known(&snapshot)?;
        let (old, new) = (before.library(), snapshot.library());
        let reloaded = Reloaded {
            before: old.version().to_owned(),
            version: new.version().to_owned(),
            documents: new.documents().len(),
            passages: new.id_count(),
            added: new.missing_from(old),
            removed: old.missing_from(new),
            warnings,
        };
        let state = known.map(|(known, state)| {
            snapshot = snapshot.with_meaning(known);
            state
        });
        self.shared.snapshot.store(Arc::new(snapshot));
        self.shared.degraded.store(None);
        if let Some(state) = state {
            self.shared.vectors.set_state(state);
        }
        let assistant = self.clone();
        // Answers go on meanwhile; only new sentences wait for their vectors.
        std::thread::spawn(move || {
            assistant.embed(&|_, _| {});
            assistant.shared.vectors.keep_only(&assistant.snapshot());
        });
        Ok(reloaded)
    }

    /// What notices changes of the corpus folder, as it is now; `None` for the reports inside the
    /// program.
    #[must_use]
    pub fn watch(&self) -> Option<FolderWatch> {
        let dir = self.shared.options.corpus_dir.as_deref();
        dir.map(FolderWatch::new)
    }

    /// Notes that files have errors, and that what is served stays.
    fn refused(&self, error: &OpenError) {
        let (OpenError::Corpus(CorpusError { problems }), Some(dir)) =
            (error, &self.shared.options.corpus_dir)
        else {
            return;
        };
        let before = self.shared.degraded.load();
        let serves = before.as_ref().map_or(Serves::LastWhole, |b| b.serves);
        let degraded = Degraded::new(serves, dir, problems);
        log(&degraded);
        self.shared.degraded.store(Some(Arc::new(degraded)));
    }

    /// Why not all files of the corpus as they are on disk are served; `None` when they are.
    #[must_use]
    pub fn degraded(&self) -> Option<Arc<Degraded>> {
        self.shared.degraded.load_full()
    }

    /// From now on, answers by meaning as well, once the sentences of the corpus are embedded; their
    /// vectors are kept in `folder`. Call it once, before [`Self::embed`].
    pub fn set_embedder(&self, embedder: Embedder, folder: &Path) {
        self.shared.vectors.set_embedder(embedder, folder);
    }

    /// From now on, says that search by meaning failed, and why; once in the log.
    pub fn set_embedder_failed(&self, why: &str) {
        tracing::warn!(
            error = why,
            "no model: questions are answered by words alone"
        );
        let reason = why.to_owned();
        self.shared
            .vectors
            .set_state(MeaningState::Failed { reason });
    }

    /// Embeds the sentences of the corpus that are new, so that questions are answered by meaning as
    /// well; nothing without an embedder. Blocks for seconds the first time; questions meanwhile are
    /// answered by words, and by the vectors that there are. `told` hears how many are done and how
    /// many there are, from any thread.
    pub fn embed(&self, told: &(dyn Fn(usize, usize) + Sync)) {
        self.shared.vectors.complete(&self.shared.snapshot, told);
    }

    /// How far search by meaning is.
    #[must_use]
    pub fn meaning_state(&self) -> Arc<MeaningState> {
        let state = self.shared.vectors.state();
        // A service may go away after the sentences were embedded.
        match (&*state, self.snapshot().retriever.embedding_failure()) {
            (MeaningState::Ready, Some(why)) => Arc::new(MeaningState::Failed {
                reason: why.to_string(),
            }),
            _ => state,
        }
    }

    /// What is served right now; hold it for one request, not longer.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.shared.snapshot.load_full()
    }

    /// Answers `question` on this thread, in about a millisecond: whatever is asked, there is an
    /// answer with a status.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn answer(&self, question: &Question) -> Result<Answer, AnswerError> {
        self.answer_from(&self.snapshot(), question)
    }

    /// Answers `question` from `snapshot`, as [`Self::answer`] does from the one that is served.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn answer_from(
        &self,
        snapshot: &Snapshot,
        question: &Question,
    ) -> Result<Answer, AnswerError> {
        self.shared.asked.fetch_add(1, Relaxed);
        if let Some(today) = question.today {
            let text = self.message(&question.text);
            let asked = (text.text(), question.history.as_slice());
            if let Some((answer, _)) = snapshot.judged(asked, &[], today)? {
                return Ok(answer);
            }
        }
        let limit = match question.limit {
            0 => CITATIONS,
            limit => limit,
        };
        let (retriever, message) = (&snapshot.retriever, self.message(&question.text));
        let history = question.history.iter();
        let history = history.map(|text| self.message(text).text().to_owned());
        snapshot.offers.respond(
            retriever,
            &message,
            &history.collect::<Vec<_>>(),
            limit,
            question.today.unwrap_or(Date::MIN),
        )
    }

    /// How many questions were answered since the start, those of [`Self::answer_alone`] left out.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.shared.asked.load(Relaxed)
    }

    /// The same without questions to go on with, each of which costs an answer of its own.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn answer_alone(
        &self,
        snapshot: &Snapshot,
        question: &Question,
    ) -> Result<Answer, AnswerError> {
        let history = question.history.iter();
        let history = history.map(|text| self.message(text).text().to_owned());
        answer::respond(
            &snapshot.retriever,
            &self.message(&question.text),
            &history.collect::<Vec<_>>(),
            CITATIONS,
            question.today.unwrap_or(Date::MIN),
        )
    }

    /// True when both editions surely give the same answer to `question`, told without asking them.
    #[must_use]
    pub fn answers_alike(&self, both: &SameDocuments<'_>, question: &Question) -> bool {
        let mut texts = question.history.iter().chain([&question.text]);
        texts.all(|text| both.understand_alike(&self.message(text)))
    }

    /// What is read of a question, or of one before it.
    fn message(&self, question: &str) -> Message {
        let limit = match self.shared.options.question_chars {
            0 => QUESTION_CHARS,
            limit => limit,
        };
        Message::cut(question, limit)
    }

    /// The question that looks a slogan up.
    #[must_use]
    pub fn definition(term: &str) -> Question {
        // Pinyin is told by the whole question being in Latin letters.
        if term.is_ascii() {
            return Question::new(term);
        }
        Question::new(format!("{term}是什么意思"))
    }

    /// The search behind the answer to `question` from `snapshot`: at most `limit` hits a part.
    ///
    /// # Errors
    /// [`AnswerError`] when the corpus cannot be searched or read.
    pub fn trace(
        &self,
        snapshot: &Snapshot,
        question: &Question,
        limit: usize,
    ) -> Result<Trace, AnswerError> {
        answer::trace(
            &snapshot.retriever,
            &self.message(&question.text),
            &question.history,
            limit,
        )
    }
}

/// Files by name, of which a thousand would say no more than ten.
fn log(degraded: &Degraded) {
    const NAMED: usize = 10;
    let (serves, errors) = (degraded.serves.name(), degraded.files.len());
    let files = &degraded.files[..errors.min(NAMED)];
    tracing::error!(
        serves,
        errors,
        ?files,
        "the corpus has errors and is not served as it is"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_fails_is_no_answer_and_is_told_until_searches_work_again() {
        let assistant = Assistant::open(Options::default()).expect("the report is in the program");
        let good = assistant.snapshot();
        let question = Question::new("今年修哪几条高速");
        assistant.answer(&question).expect("it can be searched");
        assert!(!assistant.snapshot().search_fails());

        let bad = good.with_retriever(good.retriever.failing());
        assistant.shared.snapshot.store(Arc::new(bad));
        assert!(assistant.answer(&question).is_err(), "never “not found”");
        assert!(assistant.snapshot().search_fails());

        assistant.shared.snapshot.store(good);
        assert!(!assistant.snapshot().search_fails());
    }
}
