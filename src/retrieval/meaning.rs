//! Search by meaning: the sentences of the corpus as vectors.

use std::{collections::HashMap, ops::Range};

use super::index::PassageAt;
use crate::{
    corpus::Document,
    semantic::{self, Embedder, EndpointError, Matrix, Vector, VectorCache},
};

/// How many passages are taken from the search by meaning.
const CANDIDATES: usize = 30;

/// The model and the sentences of one corpus.
pub struct Meaning {
    embedder: Embedder,
    matrix: Matrix,
    /// Rows of the matrix, one a sentence, by passage.
    rows: HashMap<PassageAt, Range<usize>>,
}

impl std::fmt::Debug for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Meaning")
            .field("sentences", &self.matrix.len())
            .finish_non_exhaustive()
    }
}

/// How near every sentence is to one question.
#[derive(Debug)]
pub(super) struct Nearness {
    cosines: Vec<f32>,
}

impl Meaning {
    /// Embeds every sentence of `documents` that `cache` does not know; `progress` is told how many
    /// are done and how many there are.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails; what it gave before is in the cache.
    pub fn build(
        embedder: Embedder,
        cache: &mut VectorCache,
        documents: &[Document],
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Self, EndpointError> {
        let mut texts: Vec<&str> = Vec::new();
        let mut rows = HashMap::new();
        for (d, document) in documents.iter().enumerate() {
            for (p, passage) in document.passages.iter().enumerate() {
                let first = texts.len();
                texts.extend(passage.sentences.iter().map(|s| s.span.of(&passage.text)));
                let at = PassageAt {
                    document: d,
                    passage: p,
                };
                rows.insert(at, first..texts.len());
            }
        }
        let matrix = semantic::index(&embedder, cache, &texts, progress)?;
        Ok(Self {
            embedder,
            matrix,
            rows,
        })
    }

    /// The vectors of questions, one batch.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails.
    pub fn vectors(&self, questions: &[&str]) -> Result<Vec<Vector>, EndpointError> {
        self.embedder.query(questions)
    }

    pub(super) fn nearness(&self, question: &Vector) -> Nearness {
        Nearness {
            cosines: self.matrix.nearest(question),
        }
    }

    /// Cosines of the sentences of a passage, in order.
    pub(super) fn of<'a>(&self, nearness: &'a Nearness, at: PassageAt) -> &'a [f32] {
        self.rows
            .get(&at)
            .and_then(|rows| nearness.cosines.get(rows.clone()))
            .unwrap_or_default()
    }

    /// The passages with the nearest sentences, in no order.
    pub(super) fn candidates(&self, nearness: &Nearness) -> Vec<PassageAt> {
        let mut best: Vec<(PassageAt, f32)> = self
            .rows
            .keys()
            .map(|at| {
                (
                    *at,
                    self.of(nearness, *at)
                        .iter()
                        .copied()
                        .fold(f32::MIN, f32::max),
                )
            })
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(CANDIDATES);
        best.into_iter().map(|(at, _)| at).collect()
    }
}
