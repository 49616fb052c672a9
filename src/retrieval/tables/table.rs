//! Tables as they stand in documents.

use std::collections::HashMap;

use crate::{
    corpus::{Facet, PassageAt},
    text::Span,
};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its number within the source, counted from 0.
    pub number: usize,
    /// As in the document.
    pub label: String,
    /// What tells its name from those of the others, folded, letters and figures only.
    pub name: String,
    /// The field that its name is the label of.
    pub facet: Option<Facet>,
    /// True when each of its cells is a figure: an amount, a share.
    pub is_figures: bool,
    /// True when each of its cells is a percentage.
    pub is_percent: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its passage.
    pub at: PassageAt,
    /// What the row is of, as written: 城市低保
    pub key: String,
    /// By the number of its column: bytes of the passage's text that are the name of the column with the cell, and
    /// what the cell says, folded.
    pub cells: Vec<(usize, Span, String)>,
}

impl Row {
    /// The cell in the column of this number.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&(usize, Span, String)> {
        self.cells.iter().find(|(number, ..)| *number == column)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Index of its document.
    pub document: usize,
    /// What its document is about, folded: the title without place and year.
    pub title: String,
    /// The column that says what a row is of.
    pub key: usize,
    /// Its name, folded.
    pub key_name: String,
    /// The other columns.
    pub columns: Vec<Column>,
    /// Its rows, in order; at least two.
    pub rows: Vec<Row>,
    /// The note below it (注：…), if there is one.
    pub note: Option<PassageAt>,
}

/// The tables of all policy documents.
#[derive(Debug, Default)]
pub struct TableIndex {
    by_document: HashMap<usize, Vec<Table>>,
}

impl TableIndex {
    pub(super) fn of(tables: Vec<Table>) -> Self {
        let mut by_document: HashMap<usize, Vec<Table>> = HashMap::new();
        for table in tables {
            by_document.entry(table.document).or_default().push(table);
        }
        Self { by_document }
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_document.is_empty()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Table> {
        self.by_document.values().flatten()
    }

    /// The tables of a document, in order.
    #[must_use]
    pub fn of_document(&self, document: usize) -> &[Table] {
        self.by_document.get(&document).map_or(&[], Vec::as_slice)
    }
}
