//! What is on a page: runs of text, and the lines and tables they make.

use crate::{
    format::{grid::Grid, raised::superscript},
    line_join::Line,
};

/// A run of text at its position.
#[derive(Debug, Clone)]
pub(in super::super) struct Run {
    pub(in super::super) x: f32,
    pub(in super::super) y: f32,
    pub(in super::super) size: f32,
    pub(in super::super) end: f32,
    pub(in super::super) bold: bool,
    /// Quarter turns to the left; `None` if it stands askew.
    pub(in super::super) quarters: Option<usize>,
    pub(in super::super) text: String,
}

/// A line of text, or a table.
#[derive(Debug)]
pub(in super::super) enum Item {
    /// A line.
    Line(Line),
    /// A table.
    Table(Table),
}

/// A table on a page, or over several.
#[derive(Debug)]
pub(in super::super) struct Table {
    pub(in super::super) grid: Grid,
    /// Left edges of its columns.
    pub(in super::super) columns: Vec<f32>,
    /// True if lines are drawn between its cells.
    pub(in super::super) ruled: bool,
}

/// Joins the runs of a row, or of a part of it. Small figures above the others are raised: 10 km², or the
/// number of a note.
pub(in super::super) fn line(row: &[Run]) -> Line {
    let size = row.iter().map(|run| run.size).fold(0.0, f32::max);
    let base = row
        .iter()
        .find(|run| run.size >= size)
        .map_or(0.0, |run| run.y);
    let raised = |run: &Run| run.size < size * 0.8 && run.y > base + size * 0.1;
    let mut text = String::new();
    let mut end = row[0].x;
    for run in row {
        if run.x - end > size * 1.5 && !text.is_empty() {
            text.push(' ');
        }
        if raised(run) {
            text.push_str(&superscript(&run.text));
        } else {
            text.push_str(&run.text);
        }
        end = end.max(run.end);
    }
    Line {
        x: row[0].x,
        end,
        size,
        bold: row.iter().all(|run| run.bold || run.text.trim().is_empty()),
        text: text.trim().to_owned(),
    }
}

#[cfg(test)]
pub(in super::super) fn run(x: f32, y: f32, text: &str) -> Run {
    Run {
        x,
        y,
        size: 10.0,
        end: x + text.chars().count() as f32 * 10.0,
        bold: false,
        quarters: Some(0),
        text: text.to_owned(),
    }
}
