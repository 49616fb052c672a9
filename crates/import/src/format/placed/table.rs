//! Tables without lines, by cells that stand below each other.

use super::run::{Item, Run, Table, line};
use crate::{
    format::grid::{Cell, Grid},
    line_join::Line,
};

/// A gap of so many times the height of a character parts cells.
const GAP: f32 = 1.5;
/// Longest cell, in chars.
const LONGEST: usize = 60;

/// Adds lines and tables from top to bottom.
pub(super) fn items(rows: &[Vec<Run>], items: &mut Vec<Item>) {
    let cells: Vec<Vec<Line>> = rows.iter().map(|row| cells(row)).collect();
    let mut at = 0;
    while at < rows.len() {
        let Some((table, length)) = table(&cells[at..]) else {
            items.push(Item::Line(line(&rows[at])));
            at += 1;
            continue;
        };
        items.push(Item::Table(table));
        at += length;
    }
}

/// The parts of a row between wide gaps.
fn cells(row: &[Run]) -> Vec<Line> {
    let mut cells = Vec::new();
    let (mut start, mut end) = (0, row[0].end);
    for (n, run) in row.iter().enumerate().skip(1) {
        if run.x - end > run.size.max(row[0].size) * GAP {
            cells.push(line(&row[start..n]));
            start = n;
        }
        end = end.max(run.end);
    }
    cells.push(line(&row[start..]));
    cells.retain(|cell| !cell.text.is_empty());
    cells
}

/// The table that `rows` begin with, and its number of rows.
fn table(rows: &[Vec<Line>]) -> Option<(Table, usize)> {
    let short = |row: &&Vec<Line>| {
        row.len() > 1 && row.iter().all(|cell| cell.text.chars().count() <= LONGEST)
    };
    let mut length = rows.iter().take_while(short).count();
    let columns = rows[..length].iter().max_by_key(|row| row.len())?;
    let fitting = rows[..length]
        .iter()
        .take_while(|row| fit(row, columns).is_some());
    length = fitting.count();
    let rows: Vec<Vec<Cell>> = rows[..length]
        .iter()
        .filter_map(|row| {
            let places = fit(row, columns)?;
            let mut cells = vec![Cell::default(); columns.len()];
            for (cell, place) in row.iter().zip(places) {
                cells[place] = Cell::of(&cell.text);
            }
            Some(cells)
        })
        .collect();
    // Two lines with a gap each may be anything.
    let enough = length >= 3 || length == 2 && columns.len() >= 3;
    let table = Table {
        columns: columns.iter().map(|column| column.x).collect(),
        grid: Grid { rows, headers: 0 },
        ruled: false,
    };
    enough.then_some((table, length))
}

/// The column of each cell of a row: they begin or end or have their middle at the same place.
fn fit(row: &[Line], columns: &[Line]) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for cell in row {
        let from = places.last().map_or(0, |last| last + 1);
        let near = |column: &Line| {
            let middle = |line: &Line| f32::midpoint(line.x, line.end);
            let size = cell.size.max(column.size);
            (cell.x - column.x).abs() < size
                || (cell.end - column.end).abs() < size
                || (middle(cell) - middle(column)).abs() < size
        };
        let place = columns[from.min(columns.len())..].iter().position(near)?;
        places.push(from + place);
    }
    Some(places)
}
