//! Compares a question with the rows of the dense index.

use std::ops::Range;

use super::{
    dense::{DenseIndex, DocumentRows},
    retrieved::{PassageSimilarity, best},
};
use crate::{
    corpus::PassageAt,
    retrieval::understand::Scope,
    semantic::{Rows, Vector},
};

/// Rows that one question is compared with at most; with more, only what words found is compared.
const COMPARED: usize = 200_000;

/// Cosines of one question and the rows that it was compared with.
#[derive(Debug, Default)]
pub(crate) struct Similarities {
    /// In the order of rows, without overlap.
    ranges: Vec<RowRange>,
}

/// Neighbouring rows.
#[derive(Debug)]
struct RowRange {
    first: usize,
    cosines: Vec<f32>,
    /// As many as cosines.
    hubness: Vec<f32>,
}

impl Similarities {
    /// The rows among which `row` is, if it was compared.
    fn range_with(&self, row: usize) -> Option<&RowRange> {
        let after = self.ranges.partition_point(|range| range.first <= row);
        self.ranges.get(after.checked_sub(1)?)
    }
}

/// A [`PassageSimilarity`], borrowed.
struct Cosines<'a> {
    sentences: &'a [f32],
    passage: f32,
    hubness: &'a [f32],
    /// Of the passage's own title.
    title: Option<f32>,
}

impl Cosines<'_> {
    /// As similar as its best sentence, or as its title.
    fn best(&self) -> f32 {
        self.title.unwrap_or(f32::MIN).max(best(self.sentences))
    }
}

impl DenseIndex {
    /// Compares `question` with every sentence of the documents in `scope`; with those of the
    /// passages that words `found` when that would be too many.
    pub(crate) fn compare(
        &self,
        question: &Vector,
        scope: &Scope,
        found: impl Iterator<Item = PassageAt>,
    ) -> Similarities {
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
        let ranges = rows
            .into_iter()
            .filter_map(|rows| self.compare_rows(question, rows));
        Similarities {
            ranges: ranges.collect(),
        }
    }

    /// `None` when one of the rows cannot be read: their passages are searched by words.
    fn compare_rows(&self, question: &Vector, rows: Range<usize>) -> Option<RowRange> {
        let first = rows.start;
        let (cosines, hubness) = match &self.rows {
            Rows::Held(matrix) => {
                let hubness = self.hubness[rows.clone()].to_vec();
                (matrix.nearest_of(question, rows), hubness)
            }
            Rows::Kept(kept) => {
                let matrix = kept.read(rows)?;
                (matrix.nearest(question), matrix.nearest(&self.centroid))
            }
        };
        Some(RowRange {
            first,
            cosines,
            hubness,
        })
    }

    fn rows_of(&self, at: PassageAt) -> Option<Range<usize>> {
        self.documents.get(at.document)?.passage(at.passage)
    }

    /// The cosine of the title that is a passage's own.
    fn title_of(&self, similarities: &Similarities, at: PassageAt) -> Option<f32> {
        let row = self.documents.get(at.document)?.title(at.passage)?;
        let range = similarities.range_with(row)?;
        range.cosines.get(row - range.first).copied()
    }

    /// How similar a passage is; `None` when it was not compared.
    pub(crate) fn similarity(
        &self,
        similarities: &Similarities,
        at: PassageAt,
    ) -> Option<PassageSimilarity> {
        let cosines = self.cosines(similarities, at)?;
        // A sentence is read below its title: 换发签证 ▸ 损毁、遗失、被盗抢 … is as near to the question as the
        // title is.
        let title = cosines.title.unwrap_or(f32::MIN);
        let sentences = cosines.sentences.iter();
        Some(PassageSimilarity {
            sentences: sentences.map(|cosine| cosine.max(title)).collect(),
            passage: cosines.passage,
            hubness: cosines.hubness.to_vec(),
        })
    }

    fn cosines<'a>(&self, similarities: &'a Similarities, at: PassageAt) -> Option<Cosines<'a>> {
        let rows = self.rows_of(at)?;
        let range = similarities.range_with(rows.start)?;
        let rows = rows.start - range.first..rows.end - range.first;
        let cosines = range.cosines.get(rows.clone())?;
        let (passage, sentences) = match cosines {
            [] => return None,
            [only] => (*only, cosines),
            [sentences @ .., passage] => (*passage, sentences),
        };
        Some(Cosines {
            sentences,
            passage,
            hubness: range.hubness.get(rows)?.get(..sentences.len())?,
            title: self.title_of(similarities, at),
        })
    }

    /// The `limit` passages in `scope` with the most similar sentences and as many that are most
    /// similar as a whole, in no order.
    pub(crate) fn most_similar(
        &self,
        similarities: &Similarities,
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
                let cosines = self.cosines(similarities, at)?;
                Some((at, cosines.best(), cosines.passage))
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

#[cfg(test)]
mod tests;
