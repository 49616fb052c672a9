//! The application service that every channel calls.

mod search;
mod tally;

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use arc_swap::ArcSwap;
use time::{OffsetDateTime, macros::offset};

use crate::{
    answer::{
        Answer, AnswerKind, Correction, ExplainedHit, ExplainedPart, Explanation, Notice, Question,
        Script, Smalltalk, Status, draft,
        intent::{self, Intent},
        parts,
    },
    corpus::{
        self, Corpus, CorpusError, Document, DocumentId, Passage, PassageId, Problem, Section, Term,
    },
    dialogue,
    retrieval::{
        Hit, IndexError, JudgedCandidate, Meaning, PassageAt, Query, Retriever, Setup, Suggestions,
        belief::Evidence,
        component::{Component, Components},
        lexicon::Lexicon,
        passage_at, query,
        ranking::{Ranking, RankingError},
        texts_of,
        wish::PeriodWish,
    },
    semantic::{self, Embedder, VectorCache},
    text::normalize,
};

use tally::Tally;

pub use search::{Found, SloganHint};
pub use tally::Tallied;

/// A corpus with everything that is built from it; immutable, swapped as a whole.
#[derive(Debug)]
pub struct Snapshot {
    /// The documents served.
    pub corpus: Corpus,
    retriever: Retriever,
    suggestions: Suggestions,
    by_id: HashMap<PassageId, PassageAt>,
}

impl Snapshot {
    /// A passage and its document; `None` when no passage has this id (any more).
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<(&Document, &Passage)> {
        let at = self.by_id.get(id)?;
        let document = self.corpus.documents.get(at.document)?;
        Some((document, document.passages.get(at.passage)?))
    }

    /// The document with this id.
    #[must_use]
    pub fn document(&self, id: &DocumentId) -> Option<&Document> {
        self.corpus
            .documents
            .iter()
            .find(|document| document.id == *id)
    }

    /// The section a passage stands in, with all passages of it.
    #[must_use]
    pub fn section(&self, id: &PassageId) -> Option<(&Document, &Section, &[Passage])> {
        let (document, passage) = self.passage(id)?;
        let section = &document.sections[passage.section];
        Some((
            document,
            section,
            &document.passages[section.first..section.end],
        ))
    }

    /// All glossary entries in document order.
    pub fn terms(&self) -> impl Iterator<Item = (&Document, &Term)> {
        self.corpus
            .documents
            .iter()
            .flat_map(|document| document.terms.iter().map(move |term| (document, term)))
    }
}

impl Snapshot {
    fn respond(&self, typed: &str, history: &[String], limit: usize) -> Answer {
        let plain = normalize::fold(&query::without_markup(typed));
        let mut answer = self.blank(typed);
        let wanted = match intent::classify(&plain) {
            // A real question inside an attempt to instruct the bot is answered.
            Intent::Smalltalk(Smalltalk::Instruction) => {
                let rest = intent::without_instructions(&plain);
                let asks = rest.chars().count() >= 4
                    && parts::asks(&rest)
                    && intent::classify(&rest) == Intent::Ask;
                if asks {
                    self.answer_parts(&rest, history, limit, &mut answer);
                    if !answer.citations.is_empty() {
                        return answer;
                    }
                    answer = self.blank(typed);
                }
                Intent::Smalltalk(Smalltalk::Instruction)
            }
            other => other,
        };
        match wanted {
            Intent::Smalltalk(kind) => {
                answer.status = Status::Smalltalk;
                answer.kind = AnswerKind::Smalltalk;
                answer.smalltalk = Some(kind);
            }
            Intent::Help => {
                answer.status = Status::Help;
                answer.kind = AnswerKind::Help;
            }
            Intent::OutOfScope => {}
            Intent::Ask => self.answer_parts(typed, history, limit, &mut answer),
        }
        if intent::is_distress(&plain) && answer.smalltalk.is_none() {
            answer.notices.insert(0, Notice::Crisis);
        }
        answer
    }

    /// The parts of a question, understood and embedded.
    fn queries(&self, typed: &str, history: &[String]) -> Vec<Query> {
        let components = self.retriever.components();
        let parts = if components.has(Component::Parts) {
            parts::split(typed)
        } else {
            vec![typed.to_owned()]
        };
        let mut queries: Vec<Query> = parts
            .iter()
            .map(|part| self.retriever.parse(part))
            .collect();
        parts::share_context(&mut queries);
        if let [only] = queries.as_mut_slice()
            && components.has(Component::FollowUps)
        {
            dialogue::resolve(only, history, &self.retriever);
        }
        if let Err(error) = self.retriever.embed(&mut queries) {
            tracing::debug!(%error, "question answered by words alone");
        }
        queries
    }

    /// Answers each part of the question and puts the answers together, the weakest status last.
    fn answer_parts(&self, typed: &str, history: &[String], limit: usize, answer: &mut Answer) {
        let documents = &self.corpus.documents;
        let queries = self.queries(typed, history);
        let each = if queries.len() > 1 { 1 } else { limit };
        let mut drafts = Vec::new();
        for query in &queries {
            let each = if query.period == PeriodWish::Both {
                each.max(2)
            } else {
                each
            };
            match draft::draft(&self.retriever, documents, query, each) {
                Ok(draft) => drafts.push(draft),
                Err(error) => tracing::error!(%error, "search failed"),
            }
        }
        for query in &queries {
            answer.notices.extend(query.mended.iter().map(|mended| {
                Notice::Corrected(Correction {
                    typed: mended.typed.clone(),
                    searched: mended.searched.clone(),
                })
            }));
            for (word, year) in &query.resolved {
                let notice = Notice::YearResolved {
                    word: word.clone(),
                    year: *year,
                };
                if !answer.notices.contains(&notice) {
                    answer.notices.push(notice);
                }
            }
        }
        parts::join(drafts, limit, answer);
    }

    /// The search behind an answer: how each part was understood, and its best hits.
    fn explain(&self, typed: &str, history: &[String], limit: usize) -> Explanation {
        let documents = &self.corpus.documents;
        let explain = |query: Query| {
            let hits = self.retriever.search(documents, &query, limit);
            let hits = hits.unwrap_or_else(|error| {
                tracing::error!(%error, "search failed");
                Vec::new()
            });
            ExplainedPart {
                belief: self.retriever.belief(&query, &hits),
                evidence: self.retriever.evidence(&query, &hits),
                hits: hits.into_iter().map(|hit| self.explained(hit)).collect(),
                query,
            }
        };
        Explanation {
            parts: self
                .queries(typed, history)
                .into_iter()
                .map(explain)
                .collect(),
            weights: *self.retriever.weights(),
        }
    }

    fn explained(&self, hit: Hit) -> ExplainedHit {
        let passage = passage_at(&self.corpus.documents, hit.at);
        let sentence = passage.map_or_else(String::new, |passage| {
            let sentence = passage.sentences.get(hit.sentence);
            let text = sentence.map_or("", |s| s.span.of(&passage.text));
            format!("{} ▸ {text}", passage.path.join(" › "))
        });
        ExplainedHit { hit, sentence }
    }

    /// What ranking sees of a question of one part that is not answered from the glossary: passage
    /// by passage, for fitting weights.
    fn judged(&self, typed: &str, history: &[String]) -> Vec<JudgedCandidate> {
        match self.queries(typed, history).as_slice() {
            [only] if only.slogans.is_empty() => self
                .retriever
                .judge(&self.corpus.documents, only)
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// What belief in the best hit rests on, for fitting it; `None` for several parts, slogans and
    /// questions without hits.
    fn evidence(&self, typed: &str, history: &[String]) -> Option<(PassageAt, Evidence)> {
        let queries = self.queries(typed, history);
        let [only] = queries.as_slice() else {
            return None;
        };
        if !only.slogans.is_empty() {
            return None;
        }
        let hits = self
            .retriever
            .search(&self.corpus.documents, only, 2)
            .ok()?;
        Some((hits.first()?.at, self.retriever.evidence(only, &hits)?))
    }

    fn blank(&self, typed: &str) -> Answer {
        let simplified = normalize::to_simplified(typed);
        Answer {
            question: typed.to_owned(),
            status: Status::NotFound,
            kind: AnswerKind::None,
            script: if simplified == typed {
                Script::Simplified
            } else {
                Script::Traditional
            },
            citations: Vec::new(),
            missing: None,
            smalltalk: None,
            notices: Vec::new(),
            suggestions: Vec::new(),
            related: Vec::new(),
            corpus_version: self.corpus.version.clone(),
        }
    }
}

/// Citations in an answer unless more are asked for.
const CITATIONS: usize = 3;
/// Characters of a question that are read unless set otherwise.
const QUESTION_CHARS: usize = 500;

/// The year in China, whatever the server's time zone.
fn china_year() -> i32 {
    OffsetDateTime::now_utc().to_offset(offset!(+8)).year()
}

/// The first `limit` characters, and the limit when something was cut.
fn cut(text: &str, limit: usize) -> (&str, Option<usize>) {
    let limit = if limit == 0 { QUESTION_CHARS } else { limit };
    match text.char_indices().nth(limit) {
        Some((at, _)) => (&text[..at], Some(limit)),
        None => (text, None),
    }
}

/// Answers questions; cheap to clone, all clones share one corpus.
#[derive(Debug, Clone)]
pub struct Assistant {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    snapshot: ArcSwap<Snapshot>,
    options: Options,
    meaning: Mutex<Option<Embedding>>,
    meaning_state: ArcSwap<MeaningState>,
    tally: Tally,
    /// Held while a corpus is loaded, so that two reloads do not race.
    reloading: Mutex<()>,
}

/// Why a corpus cannot be served. What was served before stays in service.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Something in the corpus files.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The search index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The file with the weights.
    #[error(transparent)]
    Ranking(#[from] RankingError),
}

/// How far search by meaning is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeaningState {
    /// No model: questions are answered by words alone.
    Off,
    /// Sentences are being embedded; until then questions are answered by words alone.
    Embedding {
        /// Sentences done.
        done: usize,
        /// Sentences that are new.
        all: usize,
    },
    /// Questions are answered by words and meaning.
    Ready,
    /// The model or service failed; says why, for the log and `/readyz`.
    Failed(String),
}

#[derive(Debug)]
struct Embedding {
    embedder: Embedder,
    cache: VectorCache,
}

/// What an assistant is made from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folder with the reports; `None` serves the reports inside the program.
    pub corpus_dir: Option<PathBuf>,
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
        let (snapshot, _warnings) = load(&options)?;
        let assistant = Self {
            shared: Arc::new(Shared {
                snapshot: ArcSwap::from_pointee(snapshot),
                options,
                meaning: Mutex::new(None),
                meaning_state: ArcSwap::from_pointee(MeaningState::Off),
                tally: Tally::default(),
                reloading: Mutex::new(()),
            }),
        };
        // Tables and patterns are made at their first use; the first person should not wait for it.
        let _ = assistant.answer_uncounted(&Question::new("今年修哪幾條高速"));
        let _ = normalize::to_traditional("预热");
        Ok(assistant)
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
        let (snapshot, warnings) = load(&self.shared.options)?;
        let before = self.snapshot();
        let ids = |snapshot: &Snapshot| -> HashSet<PassageId> {
            let documents = snapshot.corpus.documents.iter();
            documents
                .flat_map(|d| d.passages.iter().map(|p| p.id.clone()))
                .collect()
        };
        let (old, new) = (ids(&before), ids(&snapshot));
        let reloaded = Reloaded {
            before: before.corpus.version.clone(),
            version: snapshot.corpus.version.clone(),
            documents: snapshot.corpus.documents.len(),
            passages: new.len(),
            added: new.difference(&old).count(),
            removed: old.difference(&new).count(),
            warnings,
        };
        self.shared.snapshot.store(Arc::new(snapshot));
        let assistant = self.clone();
        // Answers go on meanwhile, by words alone until the new sentences have their vectors.
        std::thread::spawn(move || {
            assistant.embed(&|_, _| {});
            assistant.forget_old_vectors();
        });
        Ok(reloaded)
    }

    /// From now on, answers by meaning as well, once the sentences of the corpus are embedded; their
    /// vectors are kept in `folder`. Call it once, before [`Self::embed`].
    pub fn set_embedder(&self, embedder: Embedder, folder: &Path) {
        let cache = VectorCache::open(folder, embedder.id(), semantic::BUNDLED);
        *self
            .shared
            .meaning
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Embedding { embedder, cache });
    }

    /// From now on, says that search by meaning failed, and why; once in the log.
    pub fn set_embedder_failed(&self, why: &str) {
        tracing::warn!(
            error = why,
            "no model: questions are answered by words alone"
        );
        let failed = MeaningState::Failed(why.to_owned());
        self.shared.meaning_state.store(Arc::new(failed));
    }

    /// Embeds the sentences of the corpus that are new, so that questions are answered by meaning as
    /// well; nothing without an embedder. Blocks for seconds the first time; questions meanwhile are
    /// answered by words alone. `told` hears how many are done and how many there are, from any
    /// thread.
    pub fn embed(&self, told: &(dyn Fn(usize, usize) + Sync)) {
        let mut meaning = self
            .shared
            .meaning
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(Embedding { embedder, cache }) = meaning.as_mut() else {
            return;
        };
        let snapshot = self.snapshot();
        let shared = &self.shared;
        let progress = |done, all| {
            shared
                .meaning_state
                .store(Arc::new(MeaningState::Embedding { done, all }));
            told(done, all);
        };
        let documents = &snapshot.corpus.documents;
        let state = match Meaning::build(embedder.clone(), cache, documents, &progress) {
            Ok(meaning) => {
                snapshot.retriever.set_meaning(meaning);
                MeaningState::Ready
            }
            Err(error) => {
                tracing::warn!(%error, "search by meaning is off: questions are answered by words alone");
                MeaningState::Failed(error.to_string())
            }
        };
        self.shared.meaning_state.store(Arc::new(state));
    }

    /// Drops the vectors of what is gone from the corpus. Only after a reload: a command that looks
    /// at another corpus must not cost the service its vectors.
    fn forget_old_vectors(&self) {
        let mut meaning = self
            .shared
            .meaning
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(Embedding { cache, .. }) = meaning.as_mut() else {
            return;
        };
        let snapshot = self.snapshot();
        let documents = snapshot.corpus.documents.iter();
        let passages = documents.flat_map(|document| &document.passages);
        if let Err(error) = cache.keep_only(passages.flat_map(texts_of)) {
            tracing::debug!(%error, "old vectors not removed");
        }
    }

    /// How far search by meaning is.
    #[must_use]
    pub fn meaning_state(&self) -> Arc<MeaningState> {
        let state = self.shared.meaning_state.load_full();
        // A service may go away after the sentences were embedded.
        match (&*state, self.snapshot().retriever.meaning_failure()) {
            (MeaningState::Ready, Some(why)) => Arc::new(MeaningState::Failed(why.to_string())),
            _ => state,
        }
    }

    /// What is served right now; hold it for one request, not longer.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.shared.snapshot.load_full()
    }

    /// Answers `question` on this thread, in about a millisecond.
    ///
    /// Never fails: whatever is asked, there is an answer with a status.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Answer {
        let start = Instant::now();
        let answer = self.answer_uncounted(question);
        self.shared.tally.count(answer.status, start.elapsed());
        answer
    }

    /// Questions answered since the program started, over all channels.
    #[must_use]
    pub fn tallied(&self) -> Tallied {
        self.shared.tally.read()
    }

    fn answer_uncounted(&self, question: &Question) -> Answer {
        let snapshot = self.snapshot();
        let limit = if question.limit == 0 {
            CITATIONS
        } else {
            question.limit
        };
        let (text, cut) = cut(&question.text, self.shared.options.question_chars);
        let mut answer = snapshot.respond(text, &question.history, limit);
        answer.question.clone_from(&question.text);
        if let Some(limit) = cut {
            answer.notices.push(Notice::QuestionCut { limit });
        }
        self.tell_age(&snapshot, &mut answer);
        answer
    }

    /// When the newest report is older than the calendar year, says once which years 今年 and 去年
    /// are; that makes a line on each of them needless. The only use of the clock.
    fn tell_age(&self, snapshot: &Snapshot, answer: &mut Answer) {
        let years = snapshot.retriever.years();
        let now = self.shared.options.calendar_year.unwrap_or_else(china_year);
        let relative = |notice: &Notice| matches!(notice, Notice::YearResolved { .. });
        let named_in_figures = [years.review, years.plan]
            .iter()
            .any(|year| answer.question.contains(&year.to_string()));
        let undated = answer.kind != AnswerKind::Passage;
        if years.plan >= now || undated || named_in_figures {
            return;
        }
        answer.notices.retain(|notice| !relative(notice));
        answer.notices.push(Notice::OlderReport {
            year: years.plan,
            review: years.review,
        });
    }

    /// Looks a slogan up: its definition, or where the report uses it.
    #[must_use]
    pub fn define(&self, term: &str) -> Answer {
        // Pinyin is told by the whole question being in Latin letters.
        if term.is_ascii() {
            return self.answer(&Question::new(term));
        }
        self.answer(&Question::new(format!("{term}是什么意思")))
    }

    /// The search behind the answer to `question`: at most `limit` hits a part.
    #[must_use]
    pub fn explain(&self, question: &Question, limit: usize) -> Explanation {
        let (text, _) = cut(&question.text, self.shared.options.question_chars);
        self.snapshot().explain(text, &question.history, limit)
    }

    /// The candidates for a question of one part with what they are judged by, for fitting
    /// weights; none when it has several parts or names a slogan.
    #[must_use]
    pub fn judged(&self, question: &Question) -> Vec<JudgedCandidate> {
        let (text, _) = cut(&question.text, self.shared.options.question_chars);
        self.snapshot().judged(text, &question.history)
    }

    /// The best hit for a question of one part, and what belief in it rests on, for fitting the
    /// belief; `None` when it has several parts, names a slogan, or nothing is found.
    #[must_use]
    pub fn evidence(&self, question: &Question) -> Option<(PassageAt, Evidence)> {
        let (text, _) = cut(&question.text, self.shared.options.question_chars);
        self.snapshot().evidence(text, &question.history)
    }

    /// [`Self::answer`] off the async threads; what channels call.
    ///
    /// # Panics
    /// Passes a panic of the answering thread on; channels catch it at their edge.
    pub async fn ask(&self, question: Question) -> Answer {
        let assistant = self.clone();
        tokio::task::spawn_blocking(move || assistant.answer(&question))
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
    }
}

fn load(options: &Options) -> Result<(Snapshot, Vec<Problem>), OpenError> {
    let loaded = match &options.corpus_dir {
        Some(dir) => corpus::load_dir(dir)?,
        None => corpus::embedded()?,
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
    };
    let retriever = Retriever::build(&loaded.corpus.documents, setup)?;
    let mut by_id = HashMap::new();
    for (d, document) in loaded.corpus.documents.iter().enumerate() {
        for (p, passage) in document.passages.iter().enumerate() {
            let at = PassageAt {
                document: d,
                passage: p,
            };
            by_id.insert(passage.id.clone(), at);
        }
    }
    let snapshot = Snapshot {
        suggestions: Suggestions::new(&loaded.corpus.documents),
        corpus: loaded.corpus,
        retriever,
        by_id,
    };
    Ok((snapshot, loaded.warnings))
}
