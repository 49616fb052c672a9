//! Finds passages: question → [`Query`] → candidates by BM25 → [`Hit`]s re-ranked by sentence.
//!
//! Knows passages and scores, and nothing of people, wording or channels.

mod index;
pub mod lexicon;
mod meaning;
pub mod query;
mod rank;
pub mod slogan;
mod vocabulary;
pub mod wish;

pub use index::{IndexError, PassageAt};
pub use meaning::Meaning;
pub use query::Query;
pub use rank::{Features, Hit, Weights};
pub use vocabulary::Mended;

use self::{
    index::PassageIndex,
    lexicon::Lexicon,
    rank::{Mass, Prepared, PreparedPassages},
    slogan::Slogans,
    vocabulary::Vocabulary,
    wish::Years,
};
use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwapOption;

use crate::{
    corpus::{Document, Passage},
    semantic::EndpointError,
    text::{normalize, segment::Segmenter},
};

/// Passages that are re-ranked.
const CANDIDATES: usize = 50;

/// Everything that search needs of a corpus; immutable.
#[derive(Debug)]
pub struct Retriever {
    index: PassageIndex,
    segmenter: Segmenter,
    lexicon: Lexicon,
    slogans: Slogans,
    vocabulary: Vocabulary,
    prepared: PreparedPassages,
    weights: Weights,
    years: Years,
    /// Empty until the sentences are embedded, and without a model for good.
    meaning: ArcSwapOption<Meaning>,
}

impl Retriever {
    /// Indexes `documents`, which must be those that [`Self::search`] is later given.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot build the index.
    pub fn build(documents: &[Document], lexicon: Lexicon) -> Result<Self, IndexError> {
        let slogans = Slogans::new(documents);
        let words: Vec<String> = own_words(documents, &slogans, &lexicon);
        let segmenter = Segmenter::with_words(words.iter().map(String::as_str));
        let index = PassageIndex::build(documents, &segmenter)?;
        let mut prepared = PreparedPassages::new();
        for (d, document) in documents.iter().enumerate() {
            for (p, passage) in document.passages.iter().enumerate() {
                let at = PassageAt {
                    document: d,
                    passage: p,
                };
                prepared.insert(at, Prepared::new(passage));
            }
        }
        let vocabulary = vocabulary(&prepared, &segmenter, &lexicon);
        let newest = documents.iter().max_by_key(|document| document.meta.year);
        let years = newest.map_or(Years { review: 0, plan: 0 }, |document| Years {
            review: document.meta.review_year,
            plan: document.meta.year,
        });
        Ok(Self {
            index,
            segmenter,
            lexicon,
            slogans,
            vocabulary,
            prepared,
            weights: Weights::default(),
            years,
            meaning: ArcSwapOption::empty(),
        })
    }

    /// What 去年 and 今年 stand for.
    #[must_use]
    pub const fn years(&self) -> Years {
        self.years
    }

    /// Makes a query of what was typed: pinyin is read, English translated, misspelt words mended.
    #[must_use]
    pub fn parse(&self, typed: &str) -> Query {
        let query = self.parse_plain(typed);
        let has_han = query
            .folded
            .chars()
            .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !has_han {
            return self.parse_latin(query);
        }
        let named = !query.slogans.is_empty();
        if named {
            // A slogan by ear is recognised as one; its words must not be mended away.
            return query;
        }
        let (text, mended) = self.vocabulary.mend(
            &query.folded,
            |pair| self.index.holds(pair),
            |word| self.segmenter.knows(word),
            |word| self.lexicon.is_question_word(word),
        );
        if mended.is_empty() {
            return query;
        }
        Query {
            mended,
            ..self.parse_plain(&text)
        }
    }

    fn parse_plain(&self, typed: &str) -> Query {
        query::parse(
            typed,
            self.years,
            &self.lexicon,
            &self.segmenter,
            &self.slogans,
        )
    }

    fn parse_latin(&self, query: Query) -> Query {
        if !query.slogans.is_empty() {
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
            ..self.parse_plain(&text)
        }
    }

    /// From now on, searches by meaning as well.
    pub fn set_meaning(&self, meaning: Meaning) {
        self.meaning.store(Some(Arc::new(meaning)));
    }

    /// True when searches go by meaning as well.
    #[must_use]
    pub fn has_meaning(&self) -> bool {
        self.meaning.load().is_some()
    }

    /// Gives every query its vector, all in one batch; nothing without a model.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails; the queries are then answered by words alone.
    pub fn embed(&self, queries: &mut [Query]) -> Result<(), EndpointError> {
        let Some(meaning) = self.meaning.load_full() else {
            return Ok(());
        };
        let texts: Vec<String> = queries.iter().map(Query::meaning_text).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (query, vector) in queries.iter_mut().zip(meaning.vectors(&texts)?) {
            query.vector = Some(vector);
        }
        Ok(())
    }

    /// Ranks passages for `query`, best first; at most `limit` hits, none when nothing matches.
    ///
    /// Ties keep document order, so that equal input gives equal output.
    ///
    /// # Errors
    /// [`IndexError`] when tantivy cannot search.
    pub fn search(
        &self,
        documents: &[Document],
        query: &Query,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        let candidates = self.index.candidates(query, CANDIDATES)?;
        let best = candidates
            .first()
            .map_or(1.0, |candidate| candidate.bm25.max(f32::EPSILON));
        let mass = Mass::new(
            query,
            |bigram| self.index.bigram_idf(bigram),
            |word| self.index.word_idf(word),
        );
        let mut scored: HashMap<PassageAt, f32> = candidates
            .iter()
            .map(|candidate| (candidate.at, candidate.bm25 / best))
            .collect();
        let meaning = self.meaning.load_full();
        let nearness = meaning
            .as_ref()
            .and_then(|meaning| Some((meaning, meaning.nearness(query.vector.as_ref()?))));
        if let Some((meaning, nearness)) = &nearness {
            for at in meaning.candidates(nearness) {
                scored.entry(at).or_insert(0.0);
            }
        }
        let cosines = |at: PassageAt| match &nearness {
            Some((meaning, nearness)) => meaning.of(nearness, at),
            None => &[],
        };
        let scale = rank::Scale::new(scored.keys().map(|at| cosines(*at)));
        let mut hits: Vec<Hit> = scored
            .iter()
            .filter_map(|(at, bm25)| {
                let passage = passage_at(documents, *at)?;
                let prepared = self.prepared.get(at)?;
                let near = rank::Near {
                    cosines: cosines(*at),
                    scale,
                };
                let candidate = rank::Judged {
                    at: *at,
                    passage,
                    prepared,
                    bm25: *bm25,
                    near,
                };
                Some(rank::judge(&candidate, query, &mass, &self.weights))
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        hits.truncate(limit);
        Ok(hits)
    }

    /// True when some passage holds this word or character pair.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.index.holds(text)
    }

    /// The place names in a folded text.
    #[must_use]
    pub fn places(&self, folded: &str) -> Vec<String> {
        self.segmenter.places(folded)
    }

    /// Share of the question's idf mass that occurs anywhere in the corpus, 0 to 1.
    #[must_use]
    pub fn known_share(&self, query: &Query) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for word in &query.words {
            let idf = self.index.word_idf(&word.text);
            all += idf;
            if self.index.holds(&word.text) {
                known += idf;
            }
        }
        if all > 0.0 { known / all } else { 0.0 }
    }
}

/// The passage at a position.
#[must_use]
pub fn passage_at(documents: &[Document], at: PassageAt) -> Option<&Passage> {
    documents.get(at.document)?.passages.get(at.passage)
}

/// Slogans, places and the lexicon's words, folded, for the segmenter.
fn own_words(documents: &[Document], slogans: &Slogans, lexicon: &Lexicon) -> Vec<String> {
    let mut words: Vec<String> = slogans.words().map(normalize::fold).collect();
    for document in documents {
        words.push(normalize::fold(&document.meta.place));
    }
    words.extend(lexicon.words().map(str::to_owned));
    words.retain(|word| (2..=8).contains(&word.chars().count()));
    words.sort();
    words.dedup();
    words
}

/// Every word of the corpus with the number of sentences that hold it, and the question words, so
/// that questions in pinyin can be read.
fn vocabulary(prepared: &PreparedPassages, segmenter: &Segmenter, lexicon: &Lexicon) -> Vocabulary {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for passage in prepared.values() {
        for sentence in passage.sentences() {
            for span in segmenter.words(sentence) {
                *counts.entry(span.of(sentence).to_owned()).or_insert(0) += 1;
            }
        }
    }
    for word in lexicon.question_words().chain(["今年", "去年", "明年"]) {
        counts.entry(word.to_owned()).or_insert(1);
    }
    Vocabulary::new(counts)
}
