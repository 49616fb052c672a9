//! The application service that every channel calls.

use std::{path::PathBuf, sync::Arc};

use arc_swap::ArcSwap;

use crate::{
    answer::{Answer, Question},
    corpus::{Corpus, Document, Passage, PassageId, Section, Term},
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
        Some((document, section, &document.passages[section.first..section.end]))
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
    corpus_dir: Option<PathBuf>,
}

impl Assistant {
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
        let _ = question;
        unreachable!("replaced by the retrieval work")
    }

    /// Looks a slogan up: its definition, or where the report uses it.
    #[must_use]
    pub fn define(&self, term: &str) -> Answer {
        self.answer(&Question::new(format!("{term}是什么意思")))
    }

    /// [`Self::answer`] off the async threads; what channels call.
    pub async fn ask(&self, question: Question) -> Answer {
        let assistant = self.clone();
        tokio::task::spawn_blocking(move || assistant.answer(&question))
            .await
            .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
    }
}
