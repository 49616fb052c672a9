//! Search by meaning: the sentences and passages of the corpus as vectors.

use std::{
    collections::HashSet,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use super::understand::{lexicon::Examples, scope::Scope};
use crate::{
    corpus::{DocumentInfo, Library, LibraryError, Passage, PassageAt},
    semantic::{self, Embedder, EndpointError, Matrix, Rows, Vector, VectorCache},
};

/// Why the sentences of a corpus have no vectors.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddingError {
    /// The service that makes them.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// A passage that is to be embedded.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// Rows that one question is compared with at most; with more, only what words found is compared.
const COMPARED: usize = 200_000;

/// The model and the sentences of one corpus.
pub struct Meaning {
    embedder: Embedder,
    rows: Rows,
    /// Rows of each document; none when it is not embedded.
    documents: Vec<DocumentRows>,
    /// The direction of the sum of all rows.
    middle: Vector,
    /// Cosine of each row with the middle, when all rows are in memory.
    hubs: Vec<f32>,
    /// Examples of questions that a report may answer …
    on_topic: Matrix,
    /// … and of such that none does.
    off_topic: Matrix,
    /// Texts without a vector.
    missing: usize,
}

/// What kind of question a question is like, by the nearest example of either kind; cosines, 0
/// when there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Resemblance {
    /// A question that a report may answer.
    pub on_topic: f32,
    /// A question that no report answers.
    pub off_topic: f32,
}

/// Where the rows of each passage begin, and where the last one's end: one for each sentence, then
/// one for the passage as a whole; a passage of one sentence has one row for both.
#[derive(Debug, Clone, Default)]
struct DocumentRows(Vec<usize>);

impl DocumentRows {
    fn all(&self) -> Range<usize> {
        let first = self.0.first().copied().unwrap_or(0);
        first..self.0.last().copied().unwrap_or(first)
    }

    fn passage(&self, n: usize) -> Option<Range<usize>> {
        Some(*self.0.get(n)?..*self.0.get(n + 1)?)
    }

    fn passages(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

/// How near a passage is to the question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cosines<'a> {
    /// Its sentences, in order.
    pub(super) sentences: &'a [f32],
    /// All of it.
    pub(super) whole: f32,
    /// How near its sentences are to the middle of all, in order.
    pub(super) hubs: &'a [f32],
}

impl Cosines<'_> {
    /// The nearest sentence's.
    pub(super) fn best(&self) -> f32 {
        self.sentences.iter().copied().fold(f32::MIN, f32::max)
    }
}

impl std::fmt::Debug for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Meaning")
            .field("sentences", &self.rows.len())
            .finish_non_exhaustive()
    }
}

/// How near sentences are to one question.
#[derive(Debug, Default)]
pub(super) struct Nearness {
    /// In the order of rows, without overlap.
    stretches: Vec<Stretch>,
}

/// Neighbouring rows.
#[derive(Debug)]
struct Stretch {
    first: usize,
    cosines: Vec<f32>,
    /// As many as cosines.
    hubs: Vec<f32>,
}

impl Meaning {
    /// Embeds every text ([`texts_of`]) of the documents that are `wanted` and that `cache` does
    /// not know, and the questions of `examples`; `progress` is told how many texts are done and how
    /// many there are.
    ///
    /// # Errors
    /// [`EmbeddingError`] when a service fails (what it gave before is in the cache) or a passage
    /// cannot be read.
    pub fn build(
        embedder: Embedder,
        cache: &Mutex<VectorCache>,
        library: &Library,
        wanted: impl Fn(&DocumentInfo) -> bool,
        examples: &Examples,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Self, EmbeddingError> {
        let passages = passages(library, wanted)?;
        let all = passages.iter().flatten().flatten();
        let texts: Vec<&str> = all.flat_map(|passage| texts_of(passage)).collect();
        semantic::embed(&embedder, cache, &texts, progress)?;
        let questions: Vec<&str> = examples.iter().collect();
        semantic::embed_questions(&embedder, cache, &questions)?;
        Ok(Self::of_known(embedder, cache, &passages, examples))
    }

    /// The same from what `cache` knows, without embedding anything: a passage of which a text is
    /// not known has no vectors.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub fn known(
        embedder: Embedder,
        cache: &Mutex<VectorCache>,
        library: &Library,
        wanted: impl Fn(&DocumentInfo) -> bool,
        examples: &Examples,
    ) -> Result<Self, LibraryError> {
        let passages = passages(library, wanted)?;
        Ok(Self::of_known(embedder, cache, &passages, examples))
    }

    fn of_known(
        embedder: Embedder,
        cache: &Mutex<VectorCache>,
        passages: &[Option<Vec<Arc<Passage>>>],
        examples: &Examples,
    ) -> Self {
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        let mut missing: HashSet<&str> = HashSet::new();
        let mut texts: Vec<&str> = Vec::new();
        let mut documents = Vec::with_capacity(passages.len());
        for passages in passages {
            let Some(passages) = passages else {
                documents.push(DocumentRows::default());
                continue;
            };
            let mut starts = vec![texts.len()];
            for passage in passages {
                let own: Vec<&str> = texts_of(passage).collect();
                let unknown: Vec<&str> = own.iter().copied().filter(|t| !cache.knows(t)).collect();
                if unknown.is_empty() {
                    texts.extend(own);
                }
                missing.extend(unknown);
                starts.push(texts.len());
            }
            documents.push(DocumentRows(starts));
        }
        let missing_questions = examples.iter().map(semantic::question_key);
        let missing_questions = missing_questions.filter(|key| !cache.knows(key)).count();
        let known = |questions: &[String]| {
            let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
            semantic::question_rows(&cache, &questions)
        };
        let (on_topic, off_topic) = (known(&examples.on_topic), known(&examples.off_topic));
        let rows = semantic::rows(&mut cache, &texts);
        let middle = rows.middle();
        let hubs = match &rows {
            Rows::Held(matrix) => matrix.nearest(&middle),
            Rows::Kept(_) => Vec::new(),
        };
        Self {
            embedder,
            rows,
            documents,
            middle,
            hubs,
            on_topic,
            off_topic,
            missing: missing.len() + missing_questions,
        }
    }

    /// Number of texts that have no vector yet.
    #[must_use]
    pub const fn missing(&self) -> usize {
        self.missing
    }

    /// True when no passage has vectors.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The vectors of questions, one batch.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails.
    pub fn vectors(&self, questions: &[&str]) -> Result<Vec<Vector>, EndpointError> {
        self.embedder.query(questions)
    }

    /// What kind of question `question` is like.
    pub(super) fn resemblance(&self, question: &Vector) -> Resemblance {
        let nearest = |examples: &Matrix| {
            if examples.is_empty() {
                return 0.0;
            }
            let cosines = examples.nearest(question).into_iter();
            cosines.fold(0.0, f32::max)
        };
        Resemblance {
            on_topic: nearest(&self.on_topic),
            off_topic: nearest(&self.off_topic),
        }
    }

    /// Compares `question` with every sentence of the documents in `scope`; with those of the
    /// passages that words `found` when that would be too many.
    pub(super) fn nearness(
        &self,
        question: &Vector,
        scope: &Scope,
        found: impl Iterator<Item = PassageAt>,
    ) -> Nearness {
        let mut rows: Vec<Range<usize>> = if scope.documents.is_empty() {
            std::iter::once(0..self.rows.len()).collect()
        } else {
            let documents = scope.documents.iter();
            documents
                .filter_map(|n| Some(self.documents.get(*n)?.all()))
                .collect()
        };
        if rows.iter().map(ExactSizeIterator::len).sum::<usize>() > COMPARED {
            rows = found.filter_map(|at| self.rows_of(at)).collect();
        }
        rows.sort_by_key(|rows| rows.start);
        rows.retain(|rows| !rows.is_empty());
        let stretches = rows.into_iter().map(|rows| self.stretch(question, rows));
        Nearness {
            stretches: stretches.collect(),
        }
    }

    fn stretch(&self, question: &Vector, rows: Range<usize>) -> Stretch {
        let first = rows.start;
        match &self.rows {
            Rows::Held(matrix) => Stretch {
                first,
                hubs: self.hubs[rows.clone()].to_vec(),
                cosines: matrix.nearest_of(question, rows),
            },
            Rows::Kept(kept) => {
                let matrix = kept.read(rows);
                Stretch {
                    first,
                    cosines: matrix.nearest(question),
                    hubs: matrix.nearest(&self.middle),
                }
            }
        }
    }

    fn rows_of(&self, at: PassageAt) -> Option<Range<usize>> {
        self.documents.get(at.document)?.passage(at.passage)
    }

    /// How near a passage is; `None` when it was not compared.
    pub(super) fn of<'a>(&self, nearness: &'a Nearness, at: PassageAt) -> Option<Cosines<'a>> {
        let rows = self.rows_of(at)?;
        let stretches = &nearness.stretches;
        let after = stretches.partition_point(|stretch| stretch.first <= rows.start);
        let stretch = stretches.get(after.checked_sub(1)?)?;
        let rows = rows.start - stretch.first..rows.end - stretch.first;
        let cosines = stretch.cosines.get(rows.clone())?;
        let (whole, sentences) = match cosines {
            [] => return None,
            [only] => (*only, cosines),
            [sentences @ .., whole] => (*whole, sentences),
        };
        Some(Cosines {
            sentences,
            whole,
            hubs: stretch.hubs.get(rows)?.get(..sentences.len())?,
        })
    }

    /// The `limit` passages in `scope` with the nearest sentences and as many that are nearest as a
    /// whole, in no order.
    pub(super) fn candidates(
        &self,
        nearness: &Nearness,
        scope: &Scope,
        limit: usize,
    ) -> Vec<PassageAt> {
        let documents: Vec<usize> = if scope.documents.is_empty() {
            (0..self.documents.len()).collect()
        } else {
            scope.documents.clone()
        };
        let mut near: Vec<(PassageAt, f32, f32)> = documents
            .into_iter()
            .flat_map(|document| {
                let passages = self
                    .documents
                    .get(document)
                    .map_or(0, DocumentRows::passages);
                (0..passages).map(move |passage| PassageAt { document, passage })
            })
            .filter_map(|at| {
                let cosines = self.of(nearness, at)?;
                Some((at, cosines.best(), cosines.whole))
            })
            .collect();
        let mut nearest = Vec::with_capacity(2 * limit);
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        nearest.extend(near.iter().take(limit).map(|(at, ..)| *at));
        near.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        nearest.extend(near.iter().take(limit).map(|(at, ..)| *at));
        nearest
    }
}

/// The passages of each document; `None` for documents that are not `wanted`.
fn passages(
    library: &Library,
    wanted: impl Fn(&DocumentInfo) -> bool,
) -> Result<Vec<Option<Vec<Arc<Passage>>>>, LibraryError> {
    let documents = library.documents().iter();
    let passages = documents.map(|document| {
        let wanted = wanted(document).then(|| library.passages_of(document));
        wanted.transpose()
    });
    passages.collect()
}

/// Every text under which a [`VectorCache`] keeps a vector for the passages of `library` and for
/// `examples`.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub fn keys_of(library: &Library, examples: &Examples) -> Result<Vec<String>, LibraryError> {
    let mut keys = Vec::new();
    for passage in library.all_passages() {
        let passage = passage?;
        keys.extend(texts_of(&passage).map(str::to_owned));
    }
    keys.extend(examples.iter().map(semantic::question_key));
    Ok(keys)
}

/// What is embedded of a passage: its sentences, then all of it unless it is one sentence.
pub fn texts_of(passage: &Passage) -> impl Iterator<Item = &str> {
    let sentences = passage.sentences.iter();
    let whole = (passage.sentences.len() != 1).then_some(passage.text.as_str());
    sentences.map(|s| s.span.of(&passage.text)).chain(whole)
}

#[cfg(test)]
impl Meaning {
    /// The rows of each passage of each document; questions are embedded by nobody.
    pub(super) fn of_vectors(documents: Vec<Vec<Vec<Vector>>>) -> Self {
        let nobody = semantic::EndpointSettings {
            url: "http://127.0.0.1:1".into(),
            model: String::new(),
            key: None,
            query_prefix: String::new(),
            passage_prefix: String::new(),
        };
        let mut matrix = Matrix::default();
        let mut rows = Vec::new();
        for document in documents {
            let mut starts = vec![matrix.len()];
            for passage in document {
                for vector in &passage {
                    matrix.push(&semantic::Rounded::new(vector));
                }
                starts.push(matrix.len());
            }
            rows.push(DocumentRows(starts));
        }
        let middle = matrix.centroid();
        Self {
            embedder: Embedder::endpoint(nobody),
            hubs: matrix.nearest(&middle),
            rows: Rows::Held(matrix),
            documents: rows,
            middle,
            on_topic: Matrix::default(),
            off_topic: Matrix::default(),
            missing: 0,
        }
    }
}

#[cfg(test)]
mod tests;
