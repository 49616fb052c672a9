//! A corpus with everything that is built from it.

use std::sync::Arc;

use time::Date;

use super::edition::Edition;
use crate::{
    answer::{self, Offers, Standing},
    corpus::{DocumentInfo, Library, LibraryError, Passage, PassageAt, PassageId, Section},
    eligibility::Book,
    retrieval::{DenseIndex, Examples, IndexError, Retriever, Suggestions},
};

/// A passage and its document.
pub type CitedPassage<'a> = (&'a DocumentInfo, Arc<Passage>);

/// A passage and where it stands.
#[derive(Debug)]
pub struct CitedSection<'a> {
    /// Its document.
    pub document: &'a DocumentInfo,
    /// Its section.
    pub section: &'a Section,
    /// All passages of the section, in order.
    pub passages: Vec<Arc<Passage>>,
    /// The passage.
    pub passage: Arc<Passage>,
}

/// A corpus with everything that is built from it; immutable, swapped as a whole.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) retriever: Retriever,
    pub(super) suggestions: Arc<Suggestions>,
    pub(super) offers: Offers,
    /// Who qualifies for what the documents grant.
    rules: Arc<Book>,
    /// See [`Self::number`].
    number: i64,
}

impl Snapshot {
    /// Builds everything that answering from `edition` needs.
    ///
    /// # Errors
    /// [`IndexError`] when the passages cannot be indexed.
    pub fn build(edition: Edition) -> Result<Self, IndexError> {
        let place = edition.setup.default_place.clone();
        let retriever = Retriever::build(edition.library, edition.setup)?;
        let suggestions = Arc::new(Suggestions::new(retriever.library().documents()));
        Ok(Self::of(retriever, suggestions, edition.rules, &place))
    }

    /// Builds everything that answering from `edition` needs beside this one, and shares with it what is the
    /// same in both.
    ///
    /// # Errors
    /// As for [`Self::build`].
    pub(super) fn build_beside(&self, edition: Edition) -> Result<Self, IndexError> {
        let place = edition.setup.default_place.clone();
        let (library, setup, rules) = (edition.library, edition.setup, edition.rules);
        let retriever = self.retriever.build_beside(library, setup)?;
        let library = retriever.library();
        let suggestions = match library.has_glossaries_of(self.library()) {
            true => Arc::clone(&self.suggestions),
            false => Arc::new(Suggestions::new(library.documents())),
        };
        Ok(Self::of(retriever, suggestions, rules, &place))
    }

    /// Of these parts, with no number yet; `place` is that which should lead.
    fn of(
        retriever: Retriever,
        suggestions: Arc<Suggestions>,
        rules: Arc<Book>,
        place: &str,
    ) -> Self {
        if !place.is_empty() && retriever.catalog().default_place().is_none() {
            tracing::warn!(
                place,
                "corpus.default_place has no report: questions without a place go to all places"
            );
        }
        Self {
            suggestions,
            offers: Offers::default(),
            rules,
            number: 0,
            retriever,
        }
    }

    /// Builds `edition`, which is of the documents of this one, and shares with it what depends on those
    /// alone.
    ///
    /// # Errors
    /// As for [`Self::build`].
    pub(super) fn rebuild(&self, edition: Edition) -> Result<Self, IndexError> {
        let retriever = self.retriever.rebuild(edition.setup)?;
        Ok(Self {
            rules: edition.rules,
            ..self.with_retriever(retriever)
        })
    }

    /// Who qualifies for what the documents grant.
    #[must_use]
    pub fn rules(&self) -> &Book {
        &self.rules
    }

    /// The number of its edition in the store; 0 where there is none.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// The same as edition `number` of the store.
    #[must_use]
    pub fn numbered(self, number: i64) -> Self {
        Self { number, ..self }
    }

    /// The same edition, searched by these vectors as well.
    #[must_use]
    pub fn with_meaning(&self, dense: impl Into<Arc<DenseIndex>>) -> Self {
        self.with_retriever(self.retriever.with_dense_index(dense))
    }

    /// The same edition, searched by the vectors of `other` as well; `None` unless it has them all, and is
    /// of the same documents and examples.
    pub(super) fn with_vectors_of(&self, other: &Self) -> Option<Self> {
        let same = Arc::ptr_eq(self.library(), other.library());
        let dense = other.retriever.dense_index()?;
        let whole = dense.missing() == 0 && self.examples() == other.examples();
        (same && whole).then(|| self.with_meaning(Arc::clone(dense)))
    }

    /// The same edition, searched otherwise.
    pub(super) fn with_retriever(&self, retriever: Retriever) -> Self {
        Self {
            retriever,
            suggestions: Arc::clone(&self.suggestions),
            // Replies may differ now, and so what they answer.
            offers: Offers::default(),
            rules: Arc::clone(&self.rules),
            number: self.number,
        }
    }

    /// What searches by meaning go by; `None` without a model, and until sentences are embedded.
    #[must_use]
    pub fn meaning(&self) -> Option<&DenseIndex> {
        self.retriever.dense_index().map(AsRef::as_ref)
    }

    /// True when searches fail: index or passages cannot be read. While the last one did, this tries
    /// again, in about a millisecond, so that nobody has to ask before it ends.
    #[must_use]
    pub fn search_fails(&self) -> bool {
        if !self.retriever.search_fails() {
            return false;
        }
        let request = self.retriever.understand("今年修路多少公里", None);
        let request = self.retriever.request(request.within(Vec::new()));
        let found = self.retriever.retrieve_one(&request).ok();
        let found = found.map(|retrieved| self.retriever.rank(&request, &retrieved, 1));
        found.is_none_or(|found| found.is_err())
    }

    /// Examples of questions that a report may answer, and of such that none does.
    #[must_use]
    pub fn examples(&self) -> &Examples {
        self.retriever.examples()
    }

    /// The documents served.
    #[must_use]
    pub const fn library(&self) -> &Arc<Library> {
        self.retriever.library()
    }

    /// How a policy document stands on `today`; `None` for what is none.
    #[must_use]
    pub fn standing(&self, document: &DocumentInfo, today: Date) -> Option<Standing> {
        answer::standing(&self.retriever, document, today)
    }

    /// [`Retriever::leading`]
    #[must_use]
    pub fn leading(&self) -> Option<&DocumentInfo> {
        self.retriever.leading()
    }

    /// A passage and its document; `None` when no passage has this id (any more).
    ///
    /// # Errors
    /// [`LibraryError`] when it cannot be read.
    pub fn passage(&self, id: &PassageId) -> Result<Option<CitedPassage<'_>>, LibraryError> {
        let at = self.library().find(id)?;
        at.map(|at| self.library().cited(at)).transpose()
    }

    /// Those of the passages that are served, with their documents, in the given order; at most
    /// `limit`.
    ///
    /// # Errors
    /// [`LibraryError`] when one cannot be read.
    pub fn passages<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a PassageId>,
        limit: usize,
    ) -> Result<Vec<CitedPassage<'_>>, LibraryError> {
        let found = ids.into_iter().map(|id| self.passage(id));
        found.filter_map(Result::transpose).take(limit).collect()
    }

    /// The document and the address of a passage; `None` when no passage has this id (any more).
    ///
    /// # Errors
    /// [`LibraryError`] when the ids cannot be read.
    pub fn find(&self, id: &PassageId) -> Result<Option<(&DocumentInfo, PassageAt)>, LibraryError> {
        let at = self.library().find(id)?;
        Ok(at.and_then(|at| Some((self.library().document(at.document)?, at))))
    }

    /// A passage and the section it stands in, with all passages of that; `None` when no passage has
    /// this id (any more).
    ///
    /// # Errors
    /// [`LibraryError`] when one of them cannot be read.
    pub fn section(&self, id: &PassageId) -> Result<Option<CitedSection<'_>>, LibraryError> {
        let Some((document, passage)) = self.passage(id)? else {
            return Ok(None);
        };
        let Some(section) = document.sections.get(passage.section) else {
            return Ok(None);
        };
        Ok(Some(CitedSection {
            document,
            section,
            passages: self
                .library()
                .passages(document, section.first..section.end)?,
            passage,
        }))
    }

    /// A passage of a document by its index in it.
    ///
    /// # Errors
    /// [`LibraryError`] when it cannot be read.
    pub fn passage_of(
        &self,
        document: &DocumentInfo,
        passage: usize,
    ) -> Result<Arc<Passage>, LibraryError> {
        self.library().passage(document.at(passage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load_texts;

    /// The edition of a report with this paragraph and this glossary entry, and of another report.
    fn edition(paragraph: &str, entry: &str) -> Edition {
        let report = |place: &str, text: &str| {
            format!("---\ntitle: {place}报告\nplace: {place}\nyear: 2024\n---\n{text}\n")
        };
        let plan = format!("## 2024年重点工作\n\n{paragraph}\n\n## 有关用语说明：\n\n{entry}");
        let (one, other) = (report("甲县", &plan), report("乙县", "## 结语\n\n谢谢。"));
        let loaded = load_texts(&[("a.md", &one), ("b.md", &other)]);
        Edition::of(Library::new(loaded.expect("they are reports").corpus))
    }

    #[test]
    fn what_is_the_same_beside_another_is_shared_and_answers_are_as_if_built_alone() {
        const ENTRY: &str = "- **“四聚五强”**：四个聚焦、五个强化。";
        let served = Snapshot::build(edition("修路15公里。", ENTRY)).expect("it is indexed");
        for (paragraph, entry, shared) in [
            ("修路16公里。", ENTRY, true),
            (
                "修路15公里。",
                "- **“六聚五强”**：六个聚焦、五个强化。",
                false,
            ),
        ] {
            let alone = Snapshot::build(edition(paragraph, entry)).expect("it is indexed");
            let beside = served.build_beside(edition(paragraph, entry));
            let beside = beside.expect("it is indexed");
            assert_eq!(
                Arc::ptr_eq(&served.suggestions, &beside.suggestions),
                shared
            );
            let words = beside.retriever.words_not_in(&served.retriever);
            assert_eq!(words.is_empty(), shared, "{words:?}");
            assert!(beside.retriever.words_not_in(&alone.retriever).is_empty());
            for question in ["修路多少公里", "四聚五强是什么", "六聚五强", "zhishu"]
            {
                let of = |snapshot: &Snapshot| {
                    let retriever = &snapshot.retriever;
                    let request = retriever.request(retriever.understand(question, None));
                    let retrieved = retriever.retrieve_one(&request).expect("it is searched");
                    let hits = retriever.rank(&request, &retrieved, 5).expect("it is read");
                    format!("{:?} {hits:?}", request.question())
                };
                assert_eq!(of(&beside), of(&alone), "{question}");
            }
        }
    }
}
