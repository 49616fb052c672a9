//! Rows too many for memory.

use std::{fs::File, ops::Range, sync::Arc};

use wenzheng_encoder::{Matrix, Rounded, Vector};

use super::record::read_record;

/// Rows that stay on disk.
#[derive(Debug)]
pub struct KeptRows {
    file: Arc<File>,
    width: usize,
    /// Where the record of each row starts.
    at: Vec<u64>,
}

impl KeptRows {
    /// The rows whose records start at the bytes `at` of `file`.
    pub(super) const fn new(file: Arc<File>, width: usize, at: Vec<u64>) -> Self {
        Self { file, width, at }
    }

    /// Number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.at.len()
    }

    /// True when there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Reads rows from disk; one that cannot be read is all zeros, so that its cosine is 0.
    ///
    /// # Panics
    /// When there are no such rows.
    #[must_use]
    pub fn read(&self, rows: Range<usize>) -> Matrix {
        let mut matrix = Matrix::with_capacity(rows.len(), self.width);
        for at in &self.at[rows] {
            let row = read_record(&self.file, *at, self.width).map(|(_, row)| row);
            matrix.push(&row.unwrap_or_else(|| Rounded::zero(self.width)));
        }
        matrix
    }

    /// Approximately the direction of the sum of all rows, from a sample spread evenly over them.
    #[must_use]
    pub fn centroid(&self) -> Vector {
        const SAMPLE: usize = 20_000;
        let step = self.len().div_ceil(SAMPLE).max(1);
        let mut sample = Matrix::with_capacity(self.len().div_ceil(step), self.width);
        for at in self.at.iter().step_by(step) {
            if let Some((_, row)) = read_record(&self.file, *at, self.width) {
                sample.push(&row);
            }
        }
        sample.centroid()
    }
}
