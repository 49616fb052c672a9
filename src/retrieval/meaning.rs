//! Search by meaning: the sentences and passages of the corpus as vectors.

use std::{collections::HashMap, ops::Range};

use super::index::PassageAt;
use crate::{
    corpus::{Document, Passage},
    semantic::{self, Embedder, EndpointError, Matrix, Vector, VectorCache},
};

/// The model and the sentences of one corpus.
pub struct Meaning {
    embedder: Embedder,
    matrix: Matrix,
    rows: HashMap<PassageAt, Rows>,
    /// Cosine of each row with the middle of all rows.
    hubs: Vec<f32>,
}

/// Rows of the matrix that belong to one passage.
#[derive(Debug, Clone)]
struct Rows {
    /// One a sentence.
    sentences: Range<usize>,
    /// The passage as a whole; a passage of one sentence has one row for both.
    whole: usize,
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
    /// Embeds every text of `documents` ([`texts_of`]) that `cache` does not know; `progress` is told how many
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
                let at = PassageAt {
                    document: d,
                    passage: p,
                };
                let first = texts.len();
                texts.extend(texts_of(passage));
                let sentences = first..first + passage.sentences.len();
                let whole = texts.len() - 1;
                rows.insert(at, Rows { sentences, whole });
            }
        }
        let matrix = semantic::index(&embedder, cache, &texts, progress)?;
        let hubs = matrix.nearest(&matrix.middle());
        Ok(Self {
            embedder,
            matrix,
            rows,
            hubs,
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

    /// How near a passage is; `None` when it is not among those embedded.
    pub(super) fn of<'a>(&'a self, nearness: &'a Nearness, at: PassageAt) -> Option<Cosines<'a>> {
        let rows = self.rows.get(&at)?;
        Some(Cosines {
            sentences: nearness.cosines.get(rows.sentences.clone())?,
            whole: *nearness.cosines.get(rows.whole)?,
            hubs: self.hubs.get(rows.sentences.clone())?,
        })
    }

    /// The `limit` passages with the nearest sentences and as many that are nearest as a whole, in
    /// no order.
    pub(super) fn candidates(&self, nearness: &Nearness, limit: usize) -> Vec<PassageAt> {
        let mut near: Vec<(PassageAt, f32, f32)> = self
            .rows
            .keys()
            .filter_map(|at| {
                let cosines = self.of(nearness, *at)?;
                Some((*at, cosines.best(), cosines.whole))
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

/// What is embedded of a passage: its sentences, then all of it unless it is one sentence.
pub fn texts_of(passage: &Passage) -> impl Iterator<Item = &str> {
    let sentences = passage.sentences.iter();
    let whole = (passage.sentences.len() != 1).then_some(passage.text.as_str());
    sentences.map(|s| s.span.of(&passage.text)).chain(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_corpus_has_its_vectors() {
        let loaded = crate::corpus::embedded().unwrap();
        let passages = loaded.corpus.documents.iter().flat_map(|d| &d.passages);
        let folder = tempfile::tempdir().unwrap();
        let embedder = Embedder::builtin().unwrap();
        let cache = VectorCache::open(folder.path(), embedder.id(), semantic::BUNDLED);
        let missing = passages
            .flat_map(texts_of)
            .find(|text| cache.get(text).is_none());
        assert_eq!(
            missing, None,
            "write it anew: wenzheng embed --anew --bundle corpus/bundled.vectors"
        );
        assert!(semantic::BUNDLED.len() < 1_000_000);
    }
}
