//! Rows too many for memory.

use std::{
    fs::File,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use wenzheng_encoder::{Matrix, Rounded, Vector};

use super::record::read_record;

/// Rows that stay on disk.
#[derive(Debug)]
pub struct KeptRows {
    file: Arc<File>,
    width: usize,
    /// Where the record of each row starts.
    at: Vec<u64>,
    /// Whether the log says already that a row cannot be read.
    told: AtomicBool,
}

impl KeptRows {
    /// The rows whose records start at the bytes `at` of `file`.
    pub(super) const fn new(file: Arc<File>, width: usize, at: Vec<u64>) -> Self {
        let told = AtomicBool::new(false);
        Self {
            file,
            width,
            at,
            told,
        }
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

    /// Reads rows from disk; `None` when one of them cannot be read, which the log says once.
    ///
    /// # Panics
    /// When there are no such rows.
    #[must_use]
    pub fn read(&self, rows: Range<usize>) -> Option<Matrix> {
        let mut matrix = Matrix::with_capacity(rows.len(), self.width);
        for at in &self.at[rows] {
            matrix.push(&self.row(*at)?);
        }
        Some(matrix)
    }

    fn row(&self, at: u64) -> Option<Rounded> {
        let row = read_record(&self.file, at, self.width).inspect_err(|error| {
            if !self.told.swap(true, Ordering::Relaxed) {
                tracing::error!(%error, at, "vectors not readable: their passages are searched by words");
            }
        });
        row.ok().map(|(_, row)| row)
    }

    /// Approximately the direction of the sum of all rows, from a sample spread evenly over them.
    #[must_use]
    pub fn centroid(&self) -> Vector {
        const SAMPLE: usize = 20_000;
        let step = self.len().div_ceil(SAMPLE).max(1);
        let mut sample = Matrix::with_capacity(self.len().div_ceil(step), self.width);
        for row in self.at.iter().step_by(step).filter_map(|at| self.row(*at)) {
            sample.push(&row);
        }
        sample.centroid()
    }
}
