//! The dense index: the sentences and passages of the corpus as vectors.

use std::{
    collections::HashSet,
    ops::Range,
    sync::{Mutex, PoisonError},
};

use super::request::{QuestionVector, Resemblance};
use crate::{
    corpus::{DocumentInfo, Library, LibraryError, Passage},
    retrieval::{curated::curated_questions, understand::Examples},
    semantic::{self, Embedder, EndpointError, Matrix, Rows, TextKey, Vector, VectorCache},
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

/// Documents whose passages are in memory at once while they are embedded.
const BATCH: usize = 16;

/// The model and the sentences of one corpus.
pub struct DenseIndex {
    embedder: Embedder,
    pub(super) rows: Rows,
    /// Rows of each document; none when it is not embedded.
    pub(super) documents: Vec<DocumentRows>,
    /// The direction of the sum of all rows.
    pub(super) centroid: Vector,
    /// Cosine of each row with the centroid, when all rows are in memory.
    pub(super) hubness: Vec<f32>,
    /// Examples of questions that a report may answer …
    on_topic: Matrix,
    /// … and of questions that none does.
    off_topic: Matrix,
    /// Questions with curated answers, in their order; none until all are embedded.
    curated: Matrix,
    /// Texts without a vector.
    missing_texts: usize,
    /// Examples without a vector.
    missing_questions: usize,
}

/// The rows of a document.
#[derive(Debug, Default)]
pub(super) struct DocumentRows {
    /// Where the rows of each passage begin, and where the last one's end: one for each sentence, then
    /// one for the passage as a whole; a passage of one sentence has one row for both.
    starts: Vec<usize>,
    /// Rows after those: the title of each passage that has one of its own ([`DocumentInfo::title_of`]);
    /// none in a report.
    titles: Vec<Option<usize>>,
}

impl DocumentRows {
    pub(super) fn all(&self) -> Range<usize> {
        let first = self.starts.first().copied().unwrap_or(0);
        let end = self.starts.last().copied().unwrap_or(first);
        let last_title = self.titles.iter().rev().flatten().next();
        first..last_title.map_or(end, |title| title + 1)
    }

    pub(super) fn passage(&self, n: usize) -> Option<Range<usize>> {
        Some(*self.starts.get(n)?..*self.starts.get(n + 1)?)
    }

    pub(super) fn title(&self, n: usize) -> Option<usize> {
        *self.titles.get(n)?
    }

    pub(super) fn passages(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

impl std::fmt::Debug for DenseIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DenseIndex")
            .field("sentences", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl DenseIndex {
    /// Embeds every text ([`texts_of`]) of the documents that are `wanted` and that `cache` does
    /// not know, and the questions of `examples`; `progress` is told how many texts are done and how
    /// many there are.
    ///
    /// # Errors
    /// [`EmbeddingError`] when a service fails (what it gave before is in the cache) or a passage
    /// cannot be read.
    pub fn build(
        embedder: &Embedder,
        cache: &Mutex<VectorCache>,
        library: &Library,
        wanted: impl Fn(&DocumentInfo) -> bool,
        examples: &Examples,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Self, EmbeddingError> {
        let known = || Self::known(embedder.clone(), cache, library, &wanted, examples);
        let curated = curated_questions(library)?;
        let questions = examples.iter().chain(curated.iter().map(String::as_str));
        let questions: Vec<&str> = questions.collect();
        // Once, or twice when a service changed its model since, which empties the cache.
        for _ in 0..2 {
            let all = match known()? {
                complete if complete.missing() == 0 => return Ok(complete),
                incomplete => incomplete.missing_texts,
            };
            let mut done = 0;
            for documents in library.documents().chunks(BATCH) {
                let wanted = documents.iter().filter(|document| wanted(document));
                let read = |document| Ok((document, library.passages_of(document)?));
                let passages: Vec<_> = wanted.map(read).collect::<Result<_, LibraryError>>()?;
                let texts = passages.iter().flat_map(|(document, passages)| {
                    passages
                        .iter()
                        .flat_map(|passage| texts_of(document, passage))
                });
                let texts: Vec<&str> = texts.collect();
                done += semantic::embed(embedder, cache, &texts, &|new, _| {
                    progress(done + new, all);
                })?;
            }
            semantic::embed_questions(embedder, cache, &questions)?;
        }
        Ok(known()?)
    }

    /// The same from what `cache` knows, without embedding anything: a document of which a text is
    /// not known, or can no longer be read, has no vectors, and is searched by words until it is
    /// complete.
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
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        let on_topic = semantic::question_rows(&mut cache, &examples.on_topic);
        let off_topic = semantic::question_rows(&mut cache, &examples.off_topic);
        let curated_texts = curated_questions(library)?;
        let mut curated = semantic::question_rows(&mut cache, &curated_texts);
        if curated.len() != curated_texts.len() {
            curated = Matrix::default();
        }
        let questions = examples
            .iter()
            .chain(curated_texts.iter().map(String::as_str));
        let questions = questions.map(semantic::question_key);
        let missing_questions = questions.filter(|key| !cache.knows(*key)).count();
        let (known, rows) = loop {
            let known = KnownTexts::of(&cache, library, &wanted)?;
            // Without the documents of which a row could not be read, the next time.
            if let Some(rows) = semantic::rows(&mut cache, &known.keys) {
                break (known, rows);
            }
        };
        let centroid = rows.centroid();
        let hubness = match &rows {
            Rows::Held(matrix) => matrix.nearest(&centroid),
            Rows::Kept(_) => Vec::new(),
        };
        Ok(Self {
            embedder,
            rows,
            documents: known.documents,
            centroid,
            hubness,
            on_topic,
            off_topic,
            curated,
            missing_texts: known.missing,
            missing_questions,
        })
    }

    /// Number of texts and questions that have no vector yet.
    #[must_use]
    pub const fn missing(&self) -> usize {
        self.missing_texts + self.missing_questions
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
    pub(crate) fn embed(&self, questions: &[&str]) -> Result<Vec<QuestionVector>, EndpointError> {
        let vectors = self.embedder.query(questions)?.into_iter();
        let questions = vectors.map(|vector| QuestionVector {
            resemblance: self.resemblance(&vector),
            vector,
        });
        Ok(questions.collect())
    }

    /// Cosines with the questions that have curated answers, in their order.
    pub(crate) fn curated(&self, question: &Vector) -> Vec<f32> {
        if self.curated.is_empty() {
            return Vec::new();
        }
        self.curated.nearest(question)
    }

    /// What kind of question `question` is like.
    fn resemblance(&self, question: &Vector) -> Resemblance {
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
}

/// The texts of a library that have vectors.
struct KnownTexts {
    /// Rows of each document; none when one of its texts is not known.
    documents: Vec<DocumentRows>,
    /// The text of each row.
    keys: Vec<TextKey>,
    /// Number of texts that have none.
    missing: usize,
}

impl KnownTexts {
    /// Reads one document after the other.
    fn of(
        cache: &VectorCache,
        library: &Library,
        wanted: impl Fn(&DocumentInfo) -> bool,
    ) -> Result<Self, LibraryError> {
        let mut missing: HashSet<TextKey> = HashSet::new();
        let mut keys = Vec::new();
        let mut documents = Vec::with_capacity(library.documents().len());
        for document in library.documents() {
            let first = keys.len();
            let mut rows = DocumentRows {
                starts: vec![first],
                titles: Vec::new(),
            };
            if wanted(document) {
                let passages = library.passages_of(document)?;
                for passage in &passages {
                    keys.extend(own_texts_of(passage).map(TextKey::of));
                    rows.starts.push(keys.len());
                }
                for passage in &passages {
                    let title = document.title_of(passage).map(TextKey::of);
                    rows.titles.push(title.map(|_| keys.len()));
                    keys.extend(title);
                }
            }
            let unknown = keys[first..].iter().filter(|key| !cache.knows(**key));
            let unknown: Vec<TextKey> = unknown.copied().collect();
            // A sentence without a vector would lose against all others of its document, and be
            // judged as if it were far from every question.
            if !unknown.is_empty() {
                missing.extend(unknown);
                keys.truncate(first);
                rows = DocumentRows::default();
            }
            documents.push(rows);
        }
        Ok(Self {
            documents,
            keys,
            missing: missing.len(),
        })
    }
}

/// The key of every text and question of which a [`VectorCache`] keeps a vector for `library` and
/// `examples`.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub fn keys_of(library: &Library, examples: &Examples) -> Result<Vec<TextKey>, LibraryError> {
    let mut keys = Vec::new();
    for document in library.documents() {
        for passage in library.passages_of(document)? {
            keys.extend(texts_of(document, &passage).map(TextKey::of));
        }
    }
    keys.extend(examples.iter().map(semantic::question_key));
    let curated = curated_questions(library)?;
    keys.extend(
        curated
            .iter()
            .map(|question| semantic::question_key(question)),
    );
    Ok(keys)
}

/// What is embedded of a passage of `document`: its sentences, then all of it unless it is one sentence,
/// then the title that is its own.
pub fn texts_of<'a>(
    document: &DocumentInfo,
    passage: &'a Passage,
) -> impl Iterator<Item = &'a str> + use<'a> {
    own_texts_of(passage).chain(document.title_of(passage))
}

fn own_texts_of(passage: &Passage) -> impl Iterator<Item = &str> {
    let sentences = passage.sentences.iter();
    let whole = (passage.sentences.len() != 1).then_some(passage.text.as_str());
    sentences.map(|s| s.span.of(&passage.text)).chain(whole)
}

#[cfg(test)]
impl DenseIndex {
    /// The rows of each passage of each document; questions are embedded by nobody.
    pub(crate) fn of_vectors(documents: Vec<Vec<Vec<Vector>>>) -> Self {
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
            rows.push(DocumentRows {
                starts,
                titles: Vec::new(),
            });
        }
        let centroid = matrix.centroid();
        Self {
            embedder: Embedder::endpoint(nobody),
            hubness: matrix.nearest(&centroid),
            rows: Rows::Held(matrix),
            documents: rows,
            centroid,
            on_topic: Matrix::default(),
            off_topic: Matrix::default(),
            curated: Matrix::default(),
            missing_texts: 0,
            missing_questions: 0,
        }
    }
}

#[cfg(test)]
mod tests;
