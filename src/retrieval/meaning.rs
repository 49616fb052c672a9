//! Search by meaning: the sentences of the corpus as vectors.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::index::PassageAt;
use crate::{
    corpus::{Document, Passage},
    semantic::{Builtin, Matrix, Rounded, Vector},
};

/// How many passages are taken from the search by meaning.
const CANDIDATES: usize = 30;

/// The model and the sentences of one corpus.
pub struct Meaning {
    embedder: Arc<Builtin>,
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
    /// Embeds every sentence of `documents`, in order; `vector_of` gives the vectors of texts.
    pub fn build(
        embedder: Arc<Builtin>,
        documents: &[Document],
        vectors_of: impl FnOnce(&[String]) -> Vec<Vector>,
    ) -> Self {
        let mut texts = Vec::new();
        let mut rows = HashMap::new();
        for (d, document) in documents.iter().enumerate() {
            for (p, passage) in document.passages.iter().enumerate() {
                let first = texts.len();
                texts.extend(passage_texts(passage));
                let at = PassageAt {
                    document: d,
                    passage: p,
                };
                rows.insert(at, first..texts.len());
            }
        }
        let mut matrix = Matrix::with_capacity(texts.len(), 384);
        for vector in vectors_of(&texts) {
            matrix.push(&Rounded::new(&vector));
        }
        Self {
            embedder,
            matrix,
            rows,
        }
    }

    /// The vectors of questions, one batch.
    #[must_use]
    pub fn vectors(&self, questions: &[String]) -> Vec<Vector> {
        let texts: Vec<String> = questions.iter().map(|q| format!("query: {q}")).collect();
        self.embedder.embed(&texts)
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

/// What is embedded: every sentence, with the model's prefix for passages.
fn passage_texts(passage: &Passage) -> impl Iterator<Item = String> {
    passage
        .sentences
        .iter()
        .map(|sentence| format!("passage: {}", sentence.span.of(&passage.text)))
}
