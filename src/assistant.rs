//! The application service that every channel calls.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;

use crate::{
    answer::{Answer, Question},
    corpus::{self, Corpus, CorpusError, Document, Passage, PassageId, Problem, Section, Term},
};

/// A corpus with everything that is built from it; immutable, swapped as a whole.
#[derive(Debug)]
pub struct Snapshot {
    /// The documents served.
    pub corpus: Corpus,
}

impl Snapshot {
    /// A passage and its document; `None` when no passage has this id (any more).
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<(&Document, &Passage)> {
        self.corpus.documents.iter().find_map(|document| {
            let passage = document.passages.iter().find(|passage| passage.id == *id)?;
            Some((document, passage))
        })
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

/// Answers questions; cheap to clone, all clones share one corpus.
#[derive(Debug, Clone)]
pub struct Assistant {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    snapshot: ArcSwap<Snapshot>,
    options: Options,
    /// Held while a corpus is loaded, so that two reloads do not race.
    reloading: Mutex<()>,
}

/// What an assistant is made from.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folder with the reports; `None` serves the reports inside the program.
    pub corpus_dir: Option<PathBuf>,
    /// Questions are cut off after this many characters; 0 stands for 500.
    pub question_chars: usize,
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
    /// [`CorpusError`] with every problem, file and line.
    pub fn open(options: Options) -> Result<Self, CorpusError> {
        let (snapshot, _warnings) = load(&options)?;
        Ok(Self {
            shared: Arc::new(Shared {
                snapshot: ArcSwap::from_pointee(snapshot),
                options,
                reloading: Mutex::new(()),
            }),
        })
    }

    /// Reads the corpus again and serves it from now on. Blocks for a moment; call it off the
    /// async threads. Questions meanwhile are answered from the old corpus.
    ///
    /// # Errors
    /// [`CorpusError`]; the old corpus stays in service.
    pub fn reload(&self) -> Result<Reloaded, CorpusError> {
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
        Ok(reloaded)
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
        interim::answer(&self.snapshot(), question)
    }

    /// Looks a slogan up: its definition, or where the report uses it.
    #[must_use]
    pub fn define(&self, term: &str) -> Answer {
        self.answer(&Question::new(format!("{term}是什么意思")))
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

fn load(options: &Options) -> Result<(Snapshot, Vec<Problem>), CorpusError> {
    let loaded = match &options.corpus_dir {
        Some(dir) => corpus::load_dir(dir)?,
        None => corpus::embedded()?,
    };
    let snapshot = Snapshot {
        corpus: loaded.corpus,
    };
    Ok((snapshot, loaded.warnings))
}

/// Stands in until retrieval lands.
mod interim {
    use super::*;
    use crate::answer::{AnswerKind, Citation, Script, Status};

    pub(super) fn answer(snapshot: &Snapshot, question: &Question) -> Answer {
        let chars: Vec<char> = question.text.chars().collect();
        let overlap = |text: &str| {
            chars
                .windows(2)
                .filter(|w| text.contains(&w.iter().collect::<String>()))
                .count()
        };
        let mut best: Option<(usize, Citation)> = None;
        for document in &snapshot.corpus.documents {
            for passage in &document.passages {
                for sentence in &passage.sentences {
                    let score = overlap(sentence.span.of(&passage.text));
                    if score > best.as_ref().map_or(1, |(best, _)| *best) {
                        best = Some((
                            score,
                            Citation {
                                passage_id: passage.id.clone(),
                                document_id: document.id.clone(),
                                document_title: document.meta.title.clone(),
                                path: passage.path.clone(),
                                passage_kind: passage.kind,
                                period: sentence.period,
                                quote: sentence.span.of(&passage.text).to_owned(),
                                highlights: Vec::new(),
                                passage: passage.text.clone(),
                                score: 1.0,
                            },
                        ));
                    }
                }
            }
        }
        Answer {
            question: question.text.clone(),
            status: if best.is_some() {
                Status::Answered
            } else {
                Status::NotFound
            },
            kind: if best.is_some() {
                AnswerKind::Passage
            } else {
                AnswerKind::None
            },
            script: Script::Simplified,
            citations: best.into_iter().map(|(_, c)| c).collect(),
            missing: None,
            smalltalk: None,
            notices: Vec::new(),
            suggestions: Vec::new(),
            related: Vec::new(),
            corpus_version: snapshot.corpus.version.clone(),
        }
    }
}
