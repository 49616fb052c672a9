//! Everything that search needs of a corpus.

use std::{collections::BTreeMap, sync::Arc};

use arc_swap::ArcSwapOption;

use super::{
    component::{Component, Components},
    curated::CuratedIndex,
    health::SearchHealth,
    search::{
        Candidate, CandidateFeatures, Decision, DenseIndex, Dictionary, Embedding, Hit, IndexError,
        LoadedCandidate, NoVector, PassageIndex, Ranking, Retrieved, Scorer, SearchRequest,
        SentenceWords,
    },
    services::ServiceIndex,
    setup::Setup,
    tables::TableIndex,
    understand::{
        Catalog, Examples, Intents, Language, Message, Parser, Scope, Understanding, VOCABULARY,
        Years,
    },
};
use crate::{
    corpus::{Library, LibraryError, PassageAt, Validities},
    semantic::EndpointError,
};

/// Everything that search needs of a corpus; immutable, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Retriever {
    library: Arc<Library>,
    parser: Arc<Parser>,
    index: Arc<PassageIndex>,
    curated: Arc<CuratedIndex>,
    services: Arc<ServiceIndex>,
    tables: Arc<TableIndex>,
    validities: Arc<Validities>,
    /// `None` without a model, and until sentences are embedded.
    dense: Option<Arc<DenseIndex>>,
    sentence_words: Arc<SentenceWords>,
    pub(super) ranking: Ranking,
    components: Components,
    /// Why the last question got no vector.
    embedding_fails: Arc<ArcSwapOption<EndpointError>>,
    health: Arc<SearchHealth>,
}

impl Retriever {
    /// Indexes the passages of `library`.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot build the index, or a passage cannot be read.
    pub fn build(library: Arc<Library>, setup: Setup) -> Result<Self, IndexError> {
        let language = Language::new(
            library.documents(),
            setup.lexicon.clone(),
            &setup.default_place,
        );
        Self::of(library, language, setup, None)
    }

    /// As [`Self::build`]; it shares with this one what is the same in both.
    ///
    /// # Errors
    /// As for [`Self::build`].
    pub fn build_beside(&self, library: Arc<Library>, setup: Setup) -> Result<Self, IndexError> {
        let language = Language::beside(
            self.language(),
            library.has_glossaries_of(&self.library),
            library.documents(),
            setup.lexicon.clone(),
            &setup.default_place,
        );
        Self::of(library, language, setup, Some(self))
    }

    /// One of the same documents by another `setup`, but for places and components, which stay. It shares
    /// what depends on documents alone.
    ///
    /// # Errors
    /// As for [`Self::build`].
    pub fn rebuild(&self, setup: Setup) -> Result<Self, IndexError> {
        let language = self.language().with_lexicon(setup.lexicon.clone());
        Self::of(Arc::clone(&self.library), language, setup, Some(self))
    }

    fn of(
        library: Arc<Library>,
        language: Language,
        setup: Setup,
        other: Option<&Self>,
    ) -> Result<Self, IndexError> {
        let Setup {
            ranking,
            components,
            index_dir,
            ..
        } = setup;
        let index = match index_dir {
            Some(folder) => PassageIndex::kept(&folder, &library, &language.segmenter)?,
            None => PassageIndex::in_memory(&library, &language.segmenter)?,
        };
        let same =
            |other: &&Self| other.components == components && index.has_terms_of(&other.index);
        let parser = match other.filter(same) {
            Some(other) => other.parser.with_language(language),
            None => {
                let Dictionary { words, terms } = index.dictionary(VOCABULARY)?;
                Parser::new(language, words, terms, components)
            }
        };
        Ok(Self {
            sentence_words: Arc::new(SentenceWords::new(&parser.language().segmenter)),
            curated: Arc::new(CuratedIndex::build(&library, &parser)?),
            services: Arc::new(ServiceIndex::build(&library)?),
            tables: Arc::new(TableIndex::build(&library)?),
            validities: Arc::new(Validities::of(library.documents())),
            library,
            parser: Arc::new(parser),
            index: Arc::new(index),
            dense: None,
            ranking: ranking.with(components),
            components,
            embedding_fails: Arc::default(),
            health: Arc::default(),
        })
    }

    /// One whose every search fails.
    #[cfg(test)]
    pub(crate) fn failing(&self) -> Self {
        let segmenter = &self.language().segmenter;
        Self {
            index: Arc::new(PassageIndex::failing(&self.library, segmenter)),
            health: Arc::default(),
            ..self.clone()
        }
    }

    /// One that searches the same by meaning as well.
    #[must_use]
    pub fn with_dense_index(&self, dense: impl Into<Arc<DenseIndex>>) -> Self {
        Self {
            dense: Some(dense.into()),
            ..self.clone()
        }
    }

    /// The words that its segmenter knows and that of `other` does not.
    #[must_use]
    pub fn words_not_in(&self, other: &Self) -> Vec<String> {
        let (own, others) = (
            self.language().segmenter.added(),
            other.language().segmenter.added(),
        );
        let new = own
            .iter()
            .filter(|word| others.binary_search(word).is_err());
        new.cloned().collect()
    }

    /// The documents that are searched.
    #[must_use]
    pub const fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// What is loaded, by place and year.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.language().catalog
    }

    /// Questions with curated answers.
    #[must_use]
    pub fn curated(&self) -> &CuratedIndex {
        &self.curated
    }

    /// Whether policy documents hold.
    #[must_use]
    pub fn validities(&self) -> &Validities {
        &self.validities
    }

    /// What policy documents tell of field by field.
    #[must_use]
    pub fn services(&self) -> &ServiceIndex {
        &self.services
    }

    /// The tables of policy documents.
    #[must_use]
    pub fn tables(&self) -> &TableIndex {
        &self.tables
    }

    /// What 去年 and 今年 stand for when no place is named.
    #[must_use]
    pub fn years(&self) -> Years {
        self.catalog().years()
    }

    /// What is on.
    #[must_use]
    pub const fn components(&self) -> Components {
        self.components
    }

    /// When a hit answers.
    #[must_use]
    pub const fn decision(&self) -> &Decision {
        &self.ranking.decision
    }

    /// Examples of questions that a report may answer, and of questions that none does.
    #[must_use]
    pub fn examples(&self) -> &Examples {
        self.language().lexicon.examples()
    }

    /// Patterns that say what a message is for.
    #[must_use]
    pub fn intents(&self) -> &Intents {
        self.language().lexicon.intents()
    }

    /// What searches by meaning go by.
    #[must_use]
    pub const fn dense_index(&self) -> Option<&Arc<DenseIndex>> {
        self.dense.as_ref()
    }

    /// Understands what was typed: pinyin is read, English translated, misspelt words corrected.
    /// After a question about `earlier`, it keeps that place unless it names another.
    #[must_use]
    pub fn understand(&self, typed: &str, earlier: Option<&Scope>) -> Understanding {
        self.understand_message(&Message::new(typed), earlier)
    }

    /// The same of a message, which is folded already.
    #[must_use]
    pub fn understand_message(&self, message: &Message, earlier: Option<&Scope>) -> Understanding {
        self.parser.understand(message, earlier)
    }

    /// Reads a question that found nothing once more: a word that the dictionary knows and the
    /// corpus lacks may be a misspelt one that the corpus has (公测 for 公厕). `None` when there is
    /// none.
    #[must_use]
    pub fn reread(&self, question: &Understanding) -> Option<Understanding> {
        self.parser.reread(question)
    }

    /// True when passages hold every character pair of `text` (or the word), as one that speaks of
    /// it surely does.
    #[must_use]
    pub fn speaks_of(&self, text: &str) -> bool {
        self.parser.corpus().speak_of(text)
    }

    /// True when the dictionary, the corpus' words included, holds `word`.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.language().segmenter.knows(word)
    }

    pub(super) fn sentence_words(&self) -> &SentenceWords {
        &self.sentence_words
    }

    pub(super) fn language(&self) -> &Language {
        self.parser.language()
    }

    /// Makes requests of questions: each gets its vector, all in one batch, or the reason why it has
    /// none and is searched for by words alone.
    #[must_use]
    pub fn requests(&self, questions: Vec<Understanding>) -> Vec<SearchRequest> {
        let embeddings = self.embed(&questions);
        let pairs = questions.into_iter().zip(embeddings);
        pairs
            .map(|(question, embedding)| SearchRequest::new(question, embedding))
            .collect()
    }

    /// The same of one question.
    #[must_use]
    pub fn request(&self, question: Understanding) -> SearchRequest {
        let embedding = self.embed(std::slice::from_ref(&question)).pop();
        SearchRequest::new(question, embedding.unwrap_or(Err(NoVector::NoModel)))
    }

    fn embed(&self, questions: &[Understanding]) -> Vec<Embedding> {
        let without = |why: NoVector| vec![Err(why); questions.len()];
        let Some(dense) = &self.dense else {
            return without(NoVector::NoModel);
        };
        if !self.components.has(Component::Meaning) {
            return without(NoVector::LeftOut);
        }
        let texts: Vec<String> = questions.iter().map(Understanding::embedded_text).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match dense.embed(&texts) {
            Ok(vectors) => {
                if self.embedding_fails.swap(None).is_some() {
                    tracing::info!("the embeddings service is back");
                }
                vectors.into_iter().map(Ok).collect()
            }
            Err(error) => {
                let error = Arc::new(error);
                let before = self.embedding_fails.swap(Some(Arc::clone(&error)));
                // Once for each time that the service goes away, not for every question.
                if before.is_none() {
                    tracing::warn!(%error, "the embeddings service fails: questions are answered by words alone");
                }
                without(NoVector::Failed(error))
            }
        }
    }

    /// Why the last question could not be searched by meaning; `None` when it could.
    #[must_use]
    pub fn embedding_failure(&self) -> Option<Arc<EndpointError>> {
        self.embedding_fails.load_full()
    }

    /// True when the last search failed: index or passages cannot be read.
    #[must_use]
    pub fn search_fails(&self) -> bool {
        self.health.fails()
    }

    /// What the indexes say of each request, in order: candidates by words and by meaning, and how
    /// rare its terms are.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be searched.
    pub fn retrieve(&self, requests: &[SearchRequest]) -> Result<Vec<Retrieved>, IndexError> {
        let requests = requests.iter();
        requests.map(|request| self.retrieve_one(request)).collect()
    }

    /// What the indexes say of one request.
    ///
    /// # Errors
    /// [`IndexError`] when the index cannot be searched.
    pub fn retrieve_one(&self, request: &SearchRequest) -> Result<Retrieved, IndexError> {
        let retrieved = self.ask_indexes(request);
        self.health.index(retrieved.is_ok());
        retrieved
    }

    fn ask_indexes(&self, request: &SearchRequest) -> Result<Retrieved, IndexError> {
        let Ranking {
            bm25, candidates, ..
        } = &self.ranking;
        let question = request.question();
        let found = self.index.candidates(question, bm25, candidates.words)?;
        let best = found.first().map_or(1.0, |c| c.bm25.max(f32::EPSILON));
        let mut scored: BTreeMap<PassageAt, f32> =
            found.iter().map(|c| (c.at, c.bm25 / best)).collect();
        let compared = self.dense.as_ref().zip(request.vector());
        let compared = compared.map(|(dense, vector)| {
            let by_words = found.iter().map(|candidate| candidate.at);
            (dense, dense.compare(vector, question.scope(), by_words))
        });
        if let Some((dense, similarities)) = &compared {
            let limit = candidates.meaning;
            for at in dense.most_similar(similarities, question.scope(), limit) {
                scored.entry(at).or_insert(0.0);
            }
        }
        let similarity = |at: PassageAt| {
            let (dense, similarities) = compared.as_ref()?;
            dense.similarity(similarities, at)
        };
        let candidates = scored.into_iter().map(|(at, bm25)| Candidate {
            at,
            bm25,
            similarity: similarity(at),
        });
        Ok(Retrieved {
            candidates: candidates.collect(),
            frequencies: self.index.frequencies(question)?,
        })
    }

    /// Ranks what was retrieved for a request, best first; at most `limit` hits, none when nothing
    /// matches.
    ///
    /// Ties keep document order, so that equal input gives equal output.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn rank(
        &self,
        request: &SearchRequest,
        retrieved: &Retrieved,
        limit: usize,
    ) -> Result<Vec<Hit>, LibraryError> {
        let scorer = self.scorer(request, retrieved);
        self.health.passages(scorer.is_ok());
        let scorer = scorer?;
        Ok(scorer.hits(&self.ranking.weights, &self.ranking.loose_weights, limit))
    }

    /// The candidates with the features of their sentences, for fitting weights; in document order.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn candidate_features(
        &self,
        request: &SearchRequest,
        retrieved: &Retrieved,
    ) -> Result<Vec<CandidateFeatures>, LibraryError> {
        Ok(self.scorer(request, retrieved)?.features())
    }

    fn scorer<'a>(
        &self,
        request: &'a SearchRequest,
        retrieved: &'a Retrieved,
    ) -> Result<Scorer<'a>, LibraryError> {
        let load = |candidate: &'a Candidate| {
            Ok(LoadedCandidate {
                candidate,
                passage: self.library.passage(candidate.at)?,
                folded: self.library.folded(candidate.at)?,
                is_loose: self.is_loose(candidate.at),
            })
        };
        let candidates: Result<Vec<_>, LibraryError> =
            retrieved.candidates.iter().map(load).collect();
        Ok(Scorer::new(
            request.question(),
            &retrieved.frequencies,
            candidates?,
        ))
    }
}
