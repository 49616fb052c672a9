//! Finds passages: question → [`Query`] → candidates by BM25 → [`Hit`]s re-ranked by sentence.
//!
//! Knows passages and scores, and nothing of people, wording or channels.

pub mod component;
mod meaning;
mod search;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod understand;

pub use meaning::{EmbeddingError, Meaning, Resemblance, keys_of, texts_of};
pub use search::{
    confidence::{Confidence, ConfidenceFeature, ConfidenceFeatures},
    features::{Feature, Features},
    index::IndexError,
    ranking,
    score::Hit,
};
pub use understand::{
    fact, lexicon,
    message::Message,
    period,
    query::{self, Query},
    scope, slogan,
    suggest::{Suggestion, Suggestions},
    vocabulary::Mended,
};

use self::{
    component::{Component, Components},
    lexicon::{Examples, Lexicon},
    period::Years,
    ranking::{Coefficients, Decision, Ranking},
    scope::{Catalog, Scope},
    search::{
        coverage::Coverage,
        folded::FoldedPassages,
        index::PassageIndex,
        score::{Candidate, CosineRange, Scorer, Similarity},
    },
    slogan::Slogans,
    understand::vocabulary::Vocabulary,
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use arc_swap::ArcSwapOption;

use crate::{
    corpus::{Library, LibraryError, PassageAt},
    semantic::EndpointError,
    text::{
        Span,
        han::is_han,
        normalize,
        segment::{self, Segmenter},
    },
};

/// What a [`Retriever`] is built with beside a library.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Word lists.
    pub lexicon: Lexicon,
    /// Weights and thresholds.
    pub ranking: Ranking,
    /// Everything is on but for measurements.
    pub components: Components,
    /// The place that leads when a question names none; may be empty.
    pub default_place: String,
    /// Folder of the index; `None` keeps it in memory.
    pub index_dir: Option<PathBuf>,
}

impl Default for Setup {
    /// Lists and weights inside the program, everything on.
    fn default() -> Self {
        Self {
            lexicon: Lexicon::embedded(),
            ranking: Ranking::embedded(),
            components: Components::default(),
            default_place: String::new(),
            index_dir: None,
        }
    }
}

/// A candidate as [`Retriever::candidate_features`] sees it: which passage, and the features of each of its
/// sentences.
pub type CandidateFeatures = (PassageAt, Vec<(usize, Features)>);

/// Everything that search needs of a corpus; immutable, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Retriever {
    library: Arc<Library>,
    index: Arc<PassageIndex>,
    segmenter: Segmenter,
    lexicon: Arc<Lexicon>,
    slogans: Arc<Slogans>,
    vocabulary: Arc<Vocabulary>,
    folded: Arc<FoldedPassages>,
    ranking: Ranking,
    components: Components,
    catalog: Arc<Catalog>,
    /// `None` without a model, and until sentences are embedded.
    meaning: Option<Arc<Meaning>>,
    /// Why the last question got no vector.
    meaning_fails: Arc<ArcSwapOption<String>>,
}

impl Retriever {
    /// Indexes the passages of `library`.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot build the index.
    pub fn build(library: Arc<Library>, setup: Setup) -> Result<Self, IndexError> {
        let Setup {
            mut lexicon,
            ranking,
            components,
            default_place,
            index_dir,
        } = setup;
        let slogans = Slogans::new(library.documents());
        let catalog = Catalog::new(library.documents(), &default_place);
        lexicon.weaken(catalog.default_names());
        let words = own_words(&catalog, &slogans, &lexicon);
        let segmenter = Segmenter::with_words(words.iter().map(String::as_str));
        let index = match index_dir {
            Some(folder) => on_disk(&folder, &library, &segmenter, &lexicon)?,
            None => PassageIndex::in_memory(&library, &segmenter)?,
        };
        let vocabulary = vocabulary(&index, &lexicon, &segmenter)?;
        Ok(Self {
            library,
            index: Arc::new(index),
            segmenter,
            lexicon: Arc::new(lexicon),
            slogans: Arc::new(slogans),
            vocabulary: Arc::new(vocabulary),
            folded: Arc::default(),
            ranking: ranking.with(components),
            components,
            catalog: Arc::new(catalog),
            meaning: None,
            meaning_fails: Arc::default(),
        })
    }

    /// The documents that are searched.
    #[must_use]
    pub const fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// What is loaded, by place and year.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What 去年 and 今年 stand for when no place is named.
    #[must_use]
    pub fn years(&self) -> Years {
        self.catalog.years()
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

    /// What each feature counts.
    #[must_use]
    pub const fn weights(&self) -> &Features {
        &self.ranking.weights
    }

    /// Makes a query of what was typed: pinyin is read, English translated, misspelt words mended.
    #[must_use]
    pub fn parse(&self, typed: &str) -> Query {
        self.parse_after(typed, None)
    }

    /// The same for a question after one about `earlier`, whose place it keeps unless it names
    /// another.
    #[must_use]
    pub fn parse_after(&self, typed: &str, earlier: Option<&Scope>) -> Query {
        let mut query = self.parse_whole(typed, earlier);
        if !self.components.has(Component::Period) {
            query.period = period::PeriodConstraint::Any;
        }
        if !self.components.has(Component::AnswerType) {
            query.need = None;
            query.attribute = None;
            query.counted = None;
        }
        query
    }

    fn parse_whole(&self, typed: &str, earlier: Option<&Scope>) -> Query {
        let query = self.parse_plain(typed, earlier);
        let has_han = query.folded.chars().any(is_han);
        if !has_han {
            return self.parse_latin(query, earlier);
        }
        let named = !query.slogans.is_empty();
        if named || !self.components.has(Component::Typos) {
            // A slogan by ear is recognised as one; its words must not be mended away.
            return query;
        }
        let is_word = |word: &str| self.segmenter.knows(word);
        self.mended(&query, earlier, is_word).unwrap_or(query)
    }

    /// Reads a question that found nothing once more: a word that the dictionary knows and the
    /// corpus lacks may be a misspelt one that the corpus has (公测 for 公厕). `None` when there is
    /// none.
    #[must_use]
    pub fn reread(&self, query: &Query) -> Option<Query> {
        let may = query.mended.is_empty() && query.slogans.is_empty() && query.context.is_empty();
        if !may || !self.components.has(Component::Typos) {
            return None;
        }
        self.mended(query, None, |_| false)
    }

    /// The query with misspelt words replaced; `None` when there are none.
    fn mended(
        &self,
        query: &Query,
        earlier: Option<&Scope>,
        is_word: impl Fn(&str) -> bool,
    ) -> Option<Query> {
        let (text, mended) = self.vocabulary.mend(
            &query.folded,
            &self.segments(&query.folded),
            |pair| self.index.holds(pair),
            is_word,
            |word| self.lexicon.is_question_word(word),
            |word| self.segmenter.is_noun(word),
        );
        (!mended.is_empty()).then(|| Query {
            mended,
            ..self.parse_plain(&text, earlier)
        })
    }

    /// The segments of a folded text, each with whether the dictionary knows it.
    fn segments(&self, folded: &str) -> Vec<(Span, bool)> {
        let words = self.segmenter.words(folded).into_iter();
        words
            .map(|word| (word, self.segmenter.knows(word.of(folded))))
            .collect()
    }

    fn parse_plain(&self, typed: &str, earlier: Option<&Scope>) -> Query {
        query::Parser {
            catalog: &self.catalog,
            earlier,
            lexicon: &self.lexicon,
            segmenter: &self.segmenter,
            slogans: &self.slogans,
            components: self.components,
        }
        .parse(typed)
    }

    fn parse_latin(&self, query: Query, earlier: Option<&Scope>) -> Query {
        if !query.slogans.is_empty() || !self.components.has(Component::Latin) {
            return query;
        }
        let read = self.vocabulary.read_pinyin(&query.folded);
        let is_pinyin = read.is_some();
        let Some(text) = read.or_else(|| self.lexicon.translate(&query.folded)) else {
            return query;
        };
        let mended = Mended {
            typed: query.folded,
            searched: text.clone(),
        };
        Query {
            // A translation is not a correction: the asker wrote no mistake.
            mended: if is_pinyin { vec![mended] } else { Vec::new() },
            ..self.parse_plain(&text, earlier)
        }
    }

    /// One that searches the same by meaning as well.
    #[must_use]
    pub fn with_meaning(&self, meaning: Meaning) -> Self {
        Self {
            meaning: Some(Arc::new(meaning)),
            ..self.clone()
        }
    }

    /// Examples of questions that a report may answer, and of such that none does.
    #[must_use]
    pub fn examples(&self) -> &Examples {
        self.lexicon.examples()
    }

    /// What searches by meaning go by.
    #[must_use]
    pub fn meaning(&self) -> Option<&Meaning> {
        self.meaning.as_deref()
    }

    /// Gives every query its vector, all in one batch; nothing without a model.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails; the queries are then answered by words alone.
    pub fn embed(&self, queries: &mut [Query]) -> Result<(), EndpointError> {
        let Some(meaning) = &self.meaning else {
            return Ok(());
        };
        if !self.components.has(Component::Meaning) {
            return Ok(());
        }
        let texts: Vec<String> = queries.iter().map(Query::meaning_text).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = meaning.vectors(&texts);
        let failed = vectors
            .as_ref()
            .err()
            .map(|error| Arc::new(error.to_string()));
        let before = self.meaning_fails.swap(failed);
        let vectors = match vectors {
            Ok(vectors) => vectors,
            Err(error) => {
                // Once for each time that the service goes away, not for every question.
                if before.is_none() {
                    tracing::warn!(%error, "the embeddings service fails: questions are answered by words alone");
                }
                return Err(error);
            }
        };
        if before.is_some() {
            tracing::info!("the embeddings service is back");
        }
        for (query, vector) in queries.iter_mut().zip(vectors) {
            query.resemblance = meaning.resemblance(&vector);
            query.vector = Some(vector);
        }
        Ok(())
    }

    /// Why the last question could not be searched by meaning; `None` when it could.
    #[must_use]
    pub fn meaning_failure(&self) -> Option<Arc<String>> {
        self.meaning_fails.load_full()
    }

    /// Ranks passages for `query`, best first; at most `limit` hits, none when nothing matches.
    ///
    /// Ties keep document order, so that equal input gives equal output.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot search.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        let mut hits = self.score_each(query, |scorer, candidate| {
            scorer.hit(candidate, &self.ranking.weights)
        })?;
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        hits.truncate(limit);
        Ok(hits)
    }

    /// The candidates for `query` with the features of their sentences, for fitting weights; in
    /// document order.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot search.
    pub fn candidate_features(&self, query: &Query) -> Result<Vec<CandidateFeatures>, IndexError> {
        self.score_each(query, |scorer, candidate| {
            (candidate.at, scorer.sentences(candidate))
        })
    }

    /// What confidence in the first of `hits` rests on; `None` without hits.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot search or the passage cannot be read.
    pub fn confidence_features(
        &self,
        query: &Query,
        hits: &[Hit],
    ) -> Result<Option<ConfidenceFeatures>, IndexError> {
        let Some(best) = hits.first() else {
            return Ok(None);
        };
        let folded = self.folded.get(best.at, &self.library)?;
        let population = self.index.population(&query.scope.documents)?;
        Ok(ConfidenceFeatures::new(query, hits, &folded, |word| {
            self.index.word_idf(word, &population)
        }))
    }

    /// How surely the first of `hits` speaks of what was asked, and answers it; `None` without
    /// hits.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot search or the passage cannot be read.
    pub fn confidence(
        &self,
        query: &Query,
        hits: &[Hit],
    ) -> Result<Option<Confidence>, IndexError> {
        let Some(features) = self.confidence_features(query, hits)? else {
            return Ok(None);
        };
        let by = |coefficients: &Coefficients| {
            // A place may be left out of what is embedded.
            let compared = hits.iter().any(|hit| hit.features[Feature::Cosine] != 0.0);
            let chosen = if query.vector.is_some() && compared {
                &coefficients.model
            } else {
                &coefficients.words
            };
            features.probability(chosen)
        };
        let Decision {
            speaks, answers, ..
        } = self.decision();
        Ok(Some(Confidence {
            speaks: by(speaks),
            answers: by(answers),
        }))
    }

    /// Calls `each` with every candidate, in document order.
    fn score_each<T>(
        &self,
        query: &Query,
        each: impl Fn(&Scorer<'_>, &Candidate<'_>) -> T,
    ) -> Result<Vec<T>, IndexError> {
        let Ranking {
            bm25, candidates, ..
        } = &self.ranking;
        let found = self.index.candidates(query, bm25, candidates.words)?;
        let best = found.first().map_or(1.0, |c| c.bm25.max(f32::EPSILON));
        let mut scored: BTreeMap<PassageAt, f32> =
            found.iter().map(|c| (c.at, c.bm25 / best)).collect();
        let nearness = self.meaning.as_ref().and_then(|meaning| {
            let words = found.iter().map(|candidate| candidate.at);
            let vector = query.vector.as_ref()?;
            Some((meaning, meaning.nearness(vector, &query.scope, words)))
        });
        if let Some((meaning, nearness)) = &nearness {
            for at in meaning.candidates(nearness, &query.scope, candidates.meaning) {
                scored.entry(at).or_insert(0.0);
            }
        }
        let cosines = |at| {
            let (meaning, nearness) = nearness.as_ref()?;
            meaning.of(nearness, at)
        };
        let similar = || scored.keys().filter_map(|at| cosines(*at));
        let sentences = CosineRange::new(similar().map(|c| c.best()));
        let passages = CosineRange::new(similar().map(|c| c.whole));
        let population = self.index.population(&query.scope.documents)?;
        let coverage = Coverage::new(
            query,
            |bigram| self.index.bigram_idf(bigram, &population),
            |word| self.index.word_idf(word, &population),
        );
        let candidates: Vec<Candidate<'_>> = scored
            .iter()
            .map(|(at, bm25)| {
                let folded = self.folded.get(*at, &self.library)?;
                Ok(Candidate {
                    at: *at,
                    passage: self.library.passage(*at)?,
                    bm25: *bm25,
                    coverage: coverage.of_pairs(&folded.whole()),
                    folded,
                    similarity: cosines(*at).map(|cosines| Similarity {
                        cosines,
                        sentences,
                        passages,
                    }),
                })
            })
            .collect::<Result<_, LibraryError>>()?;
        let covered = candidates.iter().map(|candidate| candidate.coverage);
        let scorer = Scorer {
            query,
            coverage: &coverage,
            max_coverage: covered.fold(0.0, f32::max),
        };
        Ok(candidates.iter().map(|c| each(&scorer, c)).collect())
    }

    /// True when some passage holds every character pair of `text` (or the word), as it surely does
    /// when it speaks of it.
    #[must_use]
    pub fn speaks_of(&self, text: &str) -> bool {
        let pairs = segment::bigrams(text);
        self.index.holds(text) || pairs.iter().all(|pair| self.index.holds(pair.of(text)))
    }

    /// The place names in a folded text.
    #[must_use]
    pub fn places(&self, folded: &str) -> Vec<String> {
        self.segmenter.places(folded)
    }
}

/// Slogans, places and the lexicon's words, folded, for the segmenter.
fn own_words(catalog: &Catalog, slogans: &Slogans, lexicon: &Lexicon) -> Vec<String> {
    let mut words: Vec<String> = slogans.words().map(normalize::fold).collect();
    words.extend(catalog.words().map(str::to_owned));
    words.extend(lexicon.words().map(str::to_owned));
    words.retain(|word| (2..=8).contains(&word.chars().count()));
    words.sort();
    words.dedup();
    words
}

/// The index in `folder`; in memory when the folder cannot be used.
fn on_disk(
    folder: &Path,
    library: &Library,
    segmenter: &Segmenter,
    lexicon: &Lexicon,
) -> Result<PassageIndex, IndexError> {
    PassageIndex::on_disk(folder, library, segmenter, &lexicon.fingerprint()).or_else(|error| {
        let path = folder.display();
        tracing::warn!(%path, %error, "no index on disk: it is built in memory at every start");
        PassageIndex::in_memory(library, segmenter)
    })
}

/// Words beyond this number are not mended to and not read from pinyin: the rarest.
const VOCABULARY: usize = 60_000;

/// The words of the corpus and those inside of them (报销 in 报销比例), the most frequent ones when
/// there are many; and the words of questions, so that those in pinyin can be read.
fn vocabulary(
    index: &PassageIndex,
    lexicon: &Lexicon,
    segmenter: &Segmenter,
) -> Result<Vocabulary, IndexError> {
    let mut counts: Vec<(String, u32)> = index.words()?.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(VOCABULARY);
    let known: HashSet<&str> = counts.iter().map(|(word, _)| word.as_str()).collect();
    let mut inside: HashMap<String, u32> = HashMap::new();
    for (word, count) in &counts {
        for part in parts(word).filter(|part| !known.contains(part) && segmenter.knows(part)) {
            *inside.entry(part.to_owned()).or_insert(0) += count;
        }
    }
    let asked = lexicon.question_words().chain(["今年", "去年", "明年"]);
    let everyday = asked.chain(lexicon.words()).map(str::to_owned);
    let words = counts.iter().cloned().chain(inside);
    Ok(Vocabulary::new(words, everyday))
}

/// Neighbouring characters within a word of three or more, two at a time.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let longer = starts.len() > 2;
    (0..starts.len().saturating_sub(1))
        .filter(move |_| longer)
        .map(move |n| &word[starts[n]..starts.get(n + 2).copied().unwrap_or(word.len())])
}
