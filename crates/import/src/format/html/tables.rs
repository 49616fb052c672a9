//! The tables of a page: rows, cells, and what they span.

use html5ever::tokenizer::{Tag, TagKind};

use super::lines::{Line, Place};
use crate::format::grid::{Cell, Grid, Piece};

/// Tables within tables that are told apart.
const DEEPEST: usize = 64;

/// A cell as its tag says.
struct Spans {
    columns: usize,
    rows: usize,
    head: bool,
}

/// All tables of a page, and where in them the reader is.
#[derive(Default)]
pub(super) struct Tables {
    tables: Vec<Vec<Vec<Spans>>>,
    /// Tables that hold other tables: they only place text.
    outer: Vec<usize>,
    /// Open tables, innermost last, each with whether a cell is open.
    open: Vec<(usize, bool)>,
    in_head: bool,
}

impl Tables {
    /// Follows the tag of a table, a row or a cell.
    pub(super) fn tag(&mut self, tag: &Tag) {
        let start = tag.kind == TagKind::StartTag;
        match (tag.name.as_ref(), start) {
            ("table", true) if self.open.len() < DEEPEST => {
                self.outer.extend(self.open.last().map(|(table, _)| *table));
                self.open.push((self.tables.len(), false));
                self.tables.push(Vec::new());
            }
            ("table", false) => {
                self.open.pop();
                self.in_head = false;
            }
            ("thead", start) => self.in_head = start,
            ("tr", true) => self.row(),
            ("tr" | "td" | "th", false) => {
                if let Some((_, in_cell)) = self.open.last_mut() {
                    *in_cell = false;
                }
            }
            ("td" | "th", true) => self.cell(tag),
            _ => {}
        }
    }

    fn row(&mut self) {
        if let Some((table, in_cell)) = self.open.last_mut() {
            *in_cell = false;
            self.tables[*table].push(Vec::new());
        }
    }

    fn cell(&mut self, tag: &Tag) {
        let span = |name: &str| {
            let named = tag.attrs.iter().find(|attr| &*attr.name.local == name);
            named
                .and_then(|attr| attr.value.trim().parse().ok())
                .unwrap_or(1)
        };
        let Some((table, in_cell)) = self.open.last_mut() else {
            return;
        };
        *in_cell = true;
        let rows = &mut self.tables[*table];
        if rows.is_empty() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.push(Spans {
                columns: span("colspan"),
                rows: span("rowspan"),
                head: self.in_head || &*tag.name == "th",
            });
        }
    }

    /// The open cell.
    pub(super) fn place(&self) -> Option<Place> {
        let (table, in_cell) = *self.open.last()?;
        let rows = &self.tables[table];
        let row = rows.len().checked_sub(1).filter(|_| in_cell)?;
        let column = rows[row].len().checked_sub(1)?;
        Some(Place { table, row, column })
    }

    /// The paragraphs and rows that the `lines` of one table hold.
    pub(super) fn pieces(&self, table: usize, lines: &[&Line]) -> Vec<Piece> {
        let spans = &self.tables[table];
        let cell = |spans: &Spans| Cell {
            columns: spans.columns,
            rows: spans.rows,
            ..Cell::default()
        };
        let mut grid = Grid {
            rows: spans
                .iter()
                .map(|row| row.iter().map(cell).collect())
                .collect(),
            headers: spans
                .iter()
                .take_while(|row| !row.is_empty() && row.iter().all(|cell| cell.head))
                .count(),
        };
        for line in lines {
            if let Some(place) = line.cell {
                grid.rows[place.row][place.column].pieces.push(Piece {
                    text: line.text.clone(),
                    mark: line.mark,
                });
            }
        }
        grid.pieces(self.outer.contains(&table))
    }
}
