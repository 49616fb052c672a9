//! A corpus with everything that is built from it, and how a question is answered from it.

use std::sync::Arc;

use super::edition::Edition;
use crate::{
    answer::{
        Answer, AnswerKind, Correction, ExplainedHit, ExplainedPart, Explanation, Notice, Script,
        Smalltalk, Status,
        draft::{self, Draft},
        intent::{self, Intent},
        parts,
    },
    corpus::{
        DocumentId, DocumentInfo, Library, LibraryError, Passage, PassageAt, PassageId, Section,
        Term,
    },
    dialogue,
    retrieval::{
        CandidateFeatures, Confidence, ConfidenceFeatures, IndexError, Meaning, Query, Retriever,
        Setup, Suggestions, component::Component, lexicon::Examples, period::PeriodConstraint,
        query,
    },
    text::normalize,
};

/// Other places that an answer names at most.
const PLACES_NAMED: usize = 3;
/// Older years that an answer names at most.
const YEARS_NAMED: usize = 5;

/// A corpus with everything that is built from it; immutable, swapped as a whole.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) retriever: Retriever,
    pub(super) suggestions: Arc<Suggestions>,
}

impl Snapshot {
    /// Builds everything that answering from `edition` needs.
    ///
    /// # Errors
    /// [`IndexError`] when the passages cannot be indexed.
    pub fn build(edition: Edition) -> Result<Self, IndexError> {
        let place = edition.default_place.clone();
        let setup = Setup {
            lexicon: edition.lexicon,
            ranking: edition.ranking,
            components: edition.components,
            default_place: edition.default_place,
            index_dir: edition.index_dir,
        };
        let retriever = Retriever::build(edition.library, setup)?;
        if !place.is_empty() && retriever.catalog().default_place().is_none() {
            tracing::warn!(
                place,
                "corpus.default_place has no report: questions without a place go to all places"
            );
        }
        Ok(Self {
            suggestions: Arc::new(Suggestions::new(retriever.library().documents())),
            retriever,
        })
    }

    /// The same edition, searched by these vectors as well.
    #[must_use]
    pub fn with_meaning(&self, meaning: Meaning) -> Self {
        Self {
            retriever: self.retriever.with_meaning(meaning),
            suggestions: Arc::clone(&self.suggestions),
        }
    }

    /// What searches by meaning go by; `None` without a model, and until sentences are embedded.
    #[must_use]
    pub fn meaning(&self) -> Option<&Meaning> {
        self.retriever.meaning()
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

    /// A passage and its document; `None` when no passage has this id (any more).
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<(&DocumentInfo, Arc<Passage>)> {
        logged(self.library().by_id(id)).flatten()
    }

    /// The document and the address of a passage; `None` when no passage has this id (any more).
    #[must_use]
    pub fn find(&self, id: &PassageId) -> Option<(&DocumentInfo, PassageAt)> {
        let at = logged(self.library().find(id)).flatten()?;
        Some((self.library().document(at.document)?, at))
    }

    /// The document with this id.
    #[must_use]
    pub fn document(&self, id: &DocumentId) -> Option<&DocumentInfo> {
        self.library().document_by_id(id)
    }

    /// The section a passage stands in, with all passages of it.
    #[must_use]
    pub fn section(&self, id: &PassageId) -> Option<(&DocumentInfo, &Section, Vec<Arc<Passage>>)> {
        let (document, passage) = self.passage(id)?;
        let section = document.sections.get(passage.section)?;
        let passages = logged(self.library().section(document, section))?;
        Some((document, section, passages))
    }

    /// A passage of a document by its index in it.
    #[must_use]
    pub fn passage_of(&self, document: &DocumentInfo, passage: usize) -> Option<Arc<Passage>> {
        logged(self.library().passage(document.at(passage)))
    }

    /// All passages of a document, in order.
    #[must_use]
    pub fn passages_of(&self, document: &DocumentInfo) -> Option<Vec<Arc<Passage>>> {
        logged(self.library().passages_of(document))
    }

    /// All glossary entries in document order.
    pub fn terms(&self) -> impl Iterator<Item = (&DocumentInfo, &Term)> {
        self.library().terms()
    }
}

/// What was read; `None`, and a line in the log, when it could not be.
fn logged<T>(read: Result<T, LibraryError>) -> Option<T> {
    read.inspect_err(|error| tracing::error!(%error, "passages not read"))
        .ok()
}

impl Snapshot {
    pub(super) fn respond(&self, typed: &str, history: &[String], limit: usize) -> Answer {
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
        let mut queries: Vec<Query> = Vec::with_capacity(parts.len());
        for part in &parts {
            // Later parts ask about the place and year of the first, unless they name their own.
            let first = queries.first().map(|first| first.scope.clone());
            let mut query = self.retriever.parse_after(part, first.as_ref());
            if let Some(first) = first.filter(|first| first.year_named)
                && !query.scope.year_named
                && !query.scope.place_named
            {
                query.scope = first;
            }
            queries.push(query);
        }
        parts::share_context(&mut queries);
        if let [only] = queries.as_mut_slice()
            && components.has(Component::FollowUps)
        {
            dialogue::resolve(only, typed, history, &self.retriever);
        }
        if let Err(error) = self.retriever.embed(&mut queries) {
            tracing::debug!(%error, "question answered by words alone");
        }
        queries
    }

    /// Answers each part of the question and puts the answers together, the weakest status last.
    fn answer_parts(&self, typed: &str, history: &[String], limit: usize, answer: &mut Answer) {
        let (queries, drafts) = self.drafts(typed, history, limit);
        for query in &queries {
            answer.notices.extend(query.mended.iter().map(|mended| {
                Notice::Corrected(Correction {
                    typed: mended.typed.clone(),
                    searched: mended.searched.clone(),
                })
            }));
            // The columns of a comparison name their years.
            let resolved = query
                .resolved
                .iter()
                .filter(|_| query.scope.compared.is_empty());
            for (word, year) in resolved {
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
        self.offer_others(&queries, answer);
    }

    /// The parts of a question as they were searched, and their answers in the same order.
    fn drafts(&self, typed: &str, history: &[String], limit: usize) -> (Vec<Query>, Vec<Draft>) {
        let mut queries = self.queries(typed, history);
        let each = if queries.len() > 1 { 1 } else { limit };
        let mut drafts = Vec::new();
        for query in &queries {
            let each = if query.period == PeriodConstraint::Both {
                each.max(2)
            } else {
                each
            };
            match draft::draft(&self.retriever, query, each) {
                Ok(draft) => drafts.push(draft),
                Err(error) => tracing::error!(%error, "search failed"),
            }
        }
        if let ([query], [draft]) = (queries.as_mut_slice(), drafts.as_mut_slice())
            && draft.status == Status::NotFound
            && let Some(found) = self.reread(query, each)
        {
            (*query, *draft) = found;
        }
        (queries, drafts)
    }

    /// The answer to a question that found nothing when it holds misspelt words; `None` when it
    /// finds nothing even so.
    fn reread(&self, query: &Query, limit: usize) -> Option<(Query, Draft)> {
        let mut read = [self.retriever.reread(query)?];
        if let Err(error) = self.retriever.embed(&mut read) {
            tracing::debug!(%error, "question answered by words alone");
        }
        let [query] = read;
        let draft = draft::draft(&self.retriever, &query, limit).ok()?;
        (draft.status != Status::NotFound).then_some((query, draft))
    }

    /// Says what else is loaded to somebody who named neither place nor year.
    fn offer_others(&self, queries: &[Query], answer: &mut Answer) {
        let catalog = self.retriever.catalog();
        let named = queries
            .iter()
            .any(|query| query.scope.place_named || query.scope.year_named);
        let asked = matches!(answer.kind, AnswerKind::Passage | AnswerKind::None);
        if named || !asked || !catalog.has_others() || catalog.default_place().is_none() {
            return;
        }
        answer.notices.push(Notice::OthersLoaded {
            places: catalog
                .other_places()
                .take(PLACES_NAMED)
                .map(str::to_owned)
                .collect(),
            count: catalog.other_places().count(),
            years: catalog.older_years().take(YEARS_NAMED).collect(),
        });
    }

    /// The search behind an answer: how each part was understood, and its best hits.
    pub(super) fn explain(&self, typed: &str, history: &[String], limit: usize) -> Explanation {
        // As they were searched in the end: a question that found nothing may have been read anew.
        let (queries, _) = self.drafts(typed, history, limit);
        let explain = |query: Query| {
            let explained = self.explained(&query, limit);
            let (hits, evidence, confidence) = explained.unwrap_or_else(|error| {
                tracing::error!(%error, "search failed");
                (Vec::new(), None, None)
            });
            ExplainedPart {
                confidence,
                evidence,
                hits,
                query,
            }
        };
        Explanation {
            parts: queries.into_iter().map(explain).collect(),
            weights: *self.retriever.weights(),
        }
    }

    #[expect(clippy::type_complexity, reason = "read in one place")]
    fn explained(
        &self,
        query: &Query,
        limit: usize,
    ) -> Result<
        (
            Vec<ExplainedHit>,
            Option<ConfidenceFeatures>,
            Option<Confidence>,
        ),
        IndexError,
    > {
        let hits = self.retriever.search(query, limit)?;
        let evidence = self.retriever.confidence_features(query, &hits)?;
        let confidence = self.retriever.confidence(query, &hits)?;
        let mut explained = Vec::new();
        for hit in hits {
            let passage = self.library().passage(hit.at)?;
            let sentence = passage.sentences.get(hit.sentence);
            let text = sentence.map_or("", |s| s.span.of(&passage.text));
            let sentence = format!("{} ▸ {text}", passage.path.join(" › "));
            explained.push(ExplainedHit { hit, sentence });
        }
        Ok((explained, evidence, confidence))
    }

    /// What ranking sees of a question of one part that is not answered from the glossary: passage
    /// by passage, for fitting weights.
    pub(super) fn judged(&self, typed: &str, history: &[String]) -> Vec<CandidateFeatures> {
        match self.queries(typed, history).as_slice() {
            [only] if only.slogans.is_empty() => {
                self.retriever.candidate_features(only).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// What confidence in the best hit rests on, for fitting it; `None` for several parts, slogans and
    /// questions without hits.
    pub(super) fn evidence(
        &self,
        typed: &str,
        history: &[String],
    ) -> Option<(PassageAt, ConfidenceFeatures)> {
        let queries = self.queries(typed, history);
        let [only] = queries.as_slice() else {
            return None;
        };
        if !only.slogans.is_empty() {
            return None;
        }
        let hits = self.retriever.search(only, 2).ok()?;
        let evidence = self.retriever.confidence_features(only, &hits).ok()??;
        Some((hits.first()?.at, evidence))
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
            corpus_version: self.library().version().to_owned(),
        }
    }
}
