//! Vectors, and many of them at a byte a number.
//!
//! A [`Matrix`] holds a row for every sentence: signed bytes and one scale, 388 bytes for 384
//! numbers, 78 MB for 200,000 sentences.

use std::ops::Range;

use crate::kernel::{self, ByteProducts};

/// The embedding of a text: a direction. Its length is 1, or 0 when nothing is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector(Box<[f32]>);

impl Vector {
    /// The direction of `numbers`.
    #[must_use]
    pub fn unit(mut numbers: Vec<f32>) -> Self {
        let length = kernel::dot(&numbers, &numbers).sqrt();
        let factor = if length.is_normal() {
            1.0 / length
        } else {
            0.0
        };
        for x in &mut numbers {
            *x = if x.is_finite() { *x * factor } else { 0.0 };
        }
        Self(numbers.into())
    }

    /// Its numbers, each between -1 and 1.
    #[must_use]
    pub fn numbers(&self) -> &[f32] {
        &self.0
    }

    /// The cosine between two vectors, -1 to 1.
    ///
    /// # Panics
    /// When they are of different models.
    #[must_use]
    pub fn dot(&self, other: &Self) -> f32 {
        assert_eq!(self.0.len(), other.0.len(), "vectors of one model");
        kernel::dot(&self.0, &other.0)
    }
}

/// A vector rounded to a byte a number. Its cosine with the vector is above 0.9999.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounded {
    /// What a byte of 1 stands for; ≥ 0.
    pub scale: f32,
    /// Its numbers, in units of `scale`.
    pub bytes: Box<[i8]>,
}

impl Rounded {
    /// Rounds `vector`.
    #[must_use]
    pub fn new(vector: &Vector) -> Self {
        let highest = vector.0.iter().fold(0f32, |most, x| most.max(x.abs()));
        let scale = highest / 127.0;
        let factor = if highest > 0.0 { 127.0 / highest } else { 0.0 };
        let bytes = vector.0.iter().map(|x| (x * factor).round() as i8);
        Self {
            scale,
            bytes: bytes.collect(),
        }
    }

    /// The vector of length 0, with `width` numbers.
    #[must_use]
    pub fn zero(width: usize) -> Self {
        Self {
            scale: 0.0,
            bytes: vec![0; width].into(),
        }
    }

    /// The vector, as precisely as the bytes have it.
    #[must_use]
    pub fn vector(&self) -> Vector {
        let numbers = self.bytes.iter().map(|&b| f32::from(b) * self.scale);
        Vector(numbers.collect())
    }
}

/// One row for each sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    width: usize,
    scales: Vec<f32>,
    bytes: Vec<i8>,
}

impl Matrix {
    /// An empty matrix with room for `rows`.
    #[must_use]
    pub fn with_capacity(rows: usize, width: usize) -> Self {
        Self {
            width,
            scales: Vec::with_capacity(rows),
            bytes: Vec::with_capacity(rows * width),
        }
    }

    /// Appends a row.
    ///
    /// # Panics
    /// When it is of another model than the rows before it.
    pub fn push(&mut self, row: &Rounded) {
        if self.is_empty() {
            self.width = row.bytes.len();
        }
        assert_eq!(row.bytes.len(), self.width, "rows of one model");
        self.scales.push(row.scale);
        self.bytes.extend_from_slice(&row.bytes);
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// True when there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// Numbers per row; 0 when there is no row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The direction of the sum of all rows.
    #[must_use]
    pub fn centroid(&self) -> Vector {
        let mut sum = vec![0.0_f32; self.width];
        if self.width > 0 {
            for (row, scale) in self.bytes.chunks(self.width).zip(&self.scales) {
                for (sum, byte) in sum.iter_mut().zip(row) {
                    *sum += f32::from(*byte) * scale;
                }
            }
        }
        Vector::unit(sum)
    }

    /// The cosine of `query` with every row, in order, -1 to 1 but for rounding; all 0 when
    /// `query` is of another model.
    #[must_use]
    pub fn nearest(&self, query: &Vector) -> Vec<f32> {
        self.nearest_of(query, 0..self.len())
    }

    /// The same for some rows.
    ///
    /// # Panics
    /// When there are no such rows.
    #[must_use]
    pub fn nearest_of(&self, query: &Vector, rows: Range<usize>) -> Vec<f32> {
        let mut scores = vec![0.0; rows.len()];
        if query.0.len() != self.width {
            return scores;
        }
        // Whole numbers as large as their products with bytes allow: sums over a row stay in i32.
        let most = (i32::MAX / 127 / self.width.max(1) as i32).min(i32::from(i16::MAX)) as f32;
        let highest = query.0.iter().fold(0f32, |most, x| most.max(x.abs()));
        if highest == 0.0 {
            return scores;
        }
        let whole: Vec<i16> = query
            .0
            .iter()
            .map(|x| (x / highest * most).round() as i16)
            .collect();
        let factor = highest / most;
        kernel::run(ByteProducts {
            query: &whole,
            bytes: &self.bytes[rows.start * self.width..rows.end * self.width],
            scales: &self.scales[rows],
            scores: &mut scores,
        });
        for score in &mut scores {
            *score *= factor;
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vector() -> impl Strategy<Value = Vector> {
        prop::collection::vec(-1f32..1.0, 384).prop_map(Vector::unit)
    }

    #[test]
    fn nothing_is_near_to_nothing() {
        let zero = Vector::unit(vec![0.0; 8]);
        let mut matrix = Matrix::default();
        matrix.push(&Rounded::new(&zero));
        assert_eq!(matrix.nearest(&zero), [0.0]);
        assert!(Matrix::default().nearest(&zero).is_empty());
        assert_eq!(Vector::unit(vec![f32::NAN, 1.0]).numbers(), [0.0, 0.0]);
    }

    #[test]
    fn a_query_of_another_model_scores_nothing() {
        let mut matrix = Matrix::default();
        matrix.push(&Rounded::new(&Vector::unit(vec![1.0; 8])));
        assert_eq!(matrix.nearest(&Vector::unit(vec![1.0; 9])), [0.0]);
    }

    #[test]
    fn the_centroid_lies_between_the_rows() {
        let mut matrix = Matrix::default();
        matrix.push(&Rounded::new(&Vector::unit(vec![1.0, 0.0])));
        matrix.push(&Rounded::new(&Vector::unit(vec![0.0, 1.0])));
        let centroid = matrix.centroid();
        assert!((centroid.numbers()[0] - centroid.numbers()[1]).abs() < 1e-3);
        assert!(Matrix::default().centroid().numbers().is_empty());
    }

    proptest! {
        #[test]
        fn rounding_keeps_the_direction(vector in vector()) {
            let back = Vector::unit(Rounded::new(&vector).vector().0.to_vec());
            prop_assert!(back.dot(&vector) > 0.9999);
        }

        #[test]
        fn scores_are_cosines(rows in prop::collection::vec(vector(), 1..5), query in vector()) {
            let mut matrix = Matrix::default();
            for row in &rows {
                matrix.push(&Rounded::new(row));
            }
            for (row, score) in rows.iter().zip(matrix.nearest(&query)) {
                prop_assert!((row.dot(&query) - score).abs() < 3e-3);
            }
        }
    }
}
