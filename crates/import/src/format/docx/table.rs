//! The table that a document's XML is in the middle of.

use crate::format::grid::{Cell, Grid, Piece};

/// A table being read. Cells of one merged column repeat what stands above them.
#[derive(Debug, Default)]
pub(super) struct Table {
    grid: Grid,
    cell: Option<Cell>,
    /// True if the cell belongs to the one above it.
    continues: bool,
    deleted: bool,
}

impl Table {
    pub(super) fn start_row(&mut self) {
        self.end_row();
        self.grid.rows.push(Vec::new());
    }

    /// Drops the row that somebody deleted, without a trace of its cells.
    pub(super) fn delete_row(&mut self) {
        self.deleted = true;
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.deleted) {
            self.grid.rows.pop();
        }
    }

    pub(super) fn start_cell(&mut self) {
        self.cell = Some(Cell::default());
        self.continues = false;
    }

    pub(super) fn has_cell(&self) -> bool {
        self.cell.is_some()
    }

    pub(super) fn add(&mut self, piece: Piece) {
        if let Some(cell) = &mut self.cell {
            cell.pieces.push(piece);
        }
    }

    /// The cell is as wide as so many columns.
    pub(super) fn span(&mut self, columns: usize) {
        if let Some(cell) = &mut self.cell {
            cell.columns = columns;
        }
    }

    /// The cell is one with the cell above it, unless it begins such a column.
    pub(super) fn merge(&mut self, restarts: bool) {
        self.continues = !restarts;
    }

    pub(super) fn mark_header(&mut self) {
        self.grid.headers = self.grid.rows.len();
    }

    pub(super) fn end_cell(&mut self) {
        let Some(mut cell) = self.cell.take() else {
            return;
        };
        cell.continues = self.continues;
        if let Some(row) = self.grid.rows.last_mut() {
            row.push(cell);
        }
    }

    /// The paragraphs and rows of the table.
    pub(super) fn pieces(mut self, nested: bool) -> Vec<Piece> {
        self.end_row();
        self.grid.pieces(nested)
    }
}
