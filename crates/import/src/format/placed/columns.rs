//! Pages that are set in two columns.

use super::run::{Run, line};
use crate::line_join::Line;

/// Fewest rows with text in both columns.
const ROWS: usize = 5;
/// Chars that a row has in each column on average: the cells of tables are shorter.
const CHARS: usize = 8;

/// How a row lies to a gutter.
enum Row {
    /// So many runs to the left of it, the others to the right.
    Parted(usize),
    /// Text runs across.
    Across,
}

/// Where the gutter between two columns of prose is; `None` on other pages.
pub(super) fn gutter(rows: &[Vec<Run>]) -> Option<f32> {
    let runs = || rows.iter().flatten();
    let left = runs().map(|run| run.x).fold(f32::MAX, f32::min);
    let right = runs().map(|run| run.end).fold(f32::MIN, f32::max);
    let width = right - left;
    if rows.len() < ROWS || width.is_nan() || width <= 0.0 {
        return None;
    }
    let steps = (0..=80_u8).map(|step| left + width * (0.3 + 0.005 * f32::from(step)));
    let rated = steps.filter_map(|at| Some((parted(rows, at)?, at)));
    // The middle of equally good places.
    let rated: Vec<(usize, f32)> = rated.collect();
    let best = rated.iter().map(|(parted, _)| *parted).max()?;
    let places: Vec<f32> = rated
        .iter()
        .filter(|(n, _)| *n == best)
        .map(|(_, at)| *at)
        .collect();
    places.get(places.len() / 2).copied()
}

/// Rows with text on both sides of `at`, if that is a gutter.
fn parted(rows: &[Vec<Run>], at: f32) -> Option<usize> {
    let (mut both, mut across) = (0, 0);
    let mut sides: [Vec<(f32, usize)>; 2] = [Vec::new(), Vec::new()];
    for row in rows {
        match lie(row, at) {
            Row::Across => across += 1,
            Row::Parted(n) => {
                both += usize::from(n > 0 && n < row.len());
                for (side, runs) in sides.iter_mut().zip([&row[..n], &row[n..]]) {
                    if let Some(end) = runs.iter().map(|run| run.end).reduce(f32::max) {
                        let chars = runs.iter().map(|run| run.text.chars().count()).sum();
                        side.push((end, chars));
                    }
                }
            }
        }
    }
    let size = rows
        .iter()
        .flatten()
        .map(|run| run.size)
        .fold(0.0, f32::max);
    let prose = |side: &Vec<(f32, usize)>| {
        let chars: usize = side.iter().map(|(_, chars)| chars).sum();
        let margin = side.iter().map(|(end, _)| *end).fold(f32::MIN, f32::max);
        let full = side
            .iter()
            .filter(|(end, _)| *end > margin - size * 3.0)
            .count();
        side.len() >= ROWS && chars >= side.len() * CHARS && full * 3 >= side.len()
    };
    (both >= ROWS && across * 3 <= both && sides.iter().all(prose)).then_some(both)
}

fn lie(row: &[Run], at: f32) -> Row {
    let left = row.iter().take_while(|run| run.x < at).count();
    let end = row[..left].iter().map(|run| run.end).reduce(f32::max);
    let next = row.get(left).map(|run| run.x);
    match (end, next) {
        (Some(end), _) if end > at => Row::Across,
        // Letters of one line may be runs of their own, without a gap between them.
        (Some(end), Some(next)) if next - end < row[0].size * 0.5 => Row::Across,
        _ => Row::Parted(left),
    }
}

/// The lines of a page in columns: down the left one, then the right one, between rows that run across.
pub(super) fn in_order(rows: Vec<Vec<Run>>, gutter: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut sides: [Vec<Line>; 2] = [Vec::new(), Vec::new()];
    for row in rows {
        match lie(&row, gutter) {
            Row::Across => {
                flush(&mut sides, &mut lines);
                lines.push(line(&row));
            }
            Row::Parted(n) => {
                for (side, runs) in sides.iter_mut().zip([&row[..n], &row[n..]]) {
                    if !runs.is_empty() {
                        side.push(line(runs));
                    }
                }
            }
        }
    }
    flush(&mut sides, &mut lines);
    lines
}

/// Adds the left column and the right one, the latter moved to the margins of the former.
fn flush([left, right]: &mut [Vec<Line>; 2], lines: &mut Vec<Line>) {
    let margin = |side: &[Line]| side.iter().map(|line| line.x).fold(f32::MAX, f32::min);
    let moved = if left.is_empty() || right.is_empty() {
        0.0
    } else {
        margin(right) - margin(left)
    };
    lines.append(left);
    lines.extend(right.drain(..).map(|line| Line {
        x: line.x - moved,
        end: line.end - moved,
        ..line
    }));
}
