//! Tables between ruled lines: lines make a grid, the grid makes cells, and each piece of text stands
//! in the cell around it.
//!
//! Where a line between two places of the grid is missing, they are one cell. Lines that make no grid
//! of at least two columns and two rows frame or underline text, or belong to a drawing.

use super::{rule::Rule, run::Run};
use crate::format::grid::{Cell, Grid, Piece};

/// Distance, in points, at which lines meet or are one.
const NEAR: f32 = 3.0;
/// Most lines of a page after joining; what has more is a drawing.
const LINES: usize = 500;
/// Most places of the tables of a page; all pages are held in memory.
const PLACES: usize = 1_500;

/// A ruled table.
#[derive(Debug)]
pub(super) struct Ruled {
    /// Left edges of the columns, and the right edge of the last.
    pub(super) columns: Vec<f32>,
    /// Edges of the rows, from top to bottom.
    pub(super) rows: Vec<f32>,
    /// The cells, in the order of their upper left corners.
    places: Vec<Place>,
    /// Index of the cell at each place of the grid.
    cells: Vec<Vec<usize>>,
}

/// A cell, by the row in which it begins.
#[derive(Debug)]
struct Place {
    row: usize,
    columns: usize,
    rows: usize,
}

/// The tables that `rules` make, from top to bottom.
pub(super) fn tables(rules: Vec<Rule>) -> Vec<Ruled> {
    let rules = joined(rules);
    if rules.len() > LINES {
        return Vec::new();
    }
    let mut left = PLACES;
    let mut tables: Vec<Ruled> = connected(&rules)
        .iter()
        .filter_map(|of| table(of, &mut left))
        .collect();
    tables.sort_by(|a, b| b.rows[0].total_cmp(&a.rows[0]));
    tables
}

impl Ruled {
    /// True if the middle of a run stands in the table.
    pub(super) fn holds(&self, run: &Run) -> bool {
        let (x, y) = middle(run);
        between(&self.columns, x).is_some() && between_down(&self.rows, y).is_some()
    }

    /// The table with the text of `runs`, all of which stand in it; `lines` puts the runs of a cell
    /// in lines.
    pub(super) fn grid(&self, runs: Vec<Run>, lines: impl Fn(Vec<Run>) -> Vec<String>) -> Grid {
        let mut texts: Vec<Vec<Run>> = self.places.iter().map(|_| Vec::new()).collect();
        for run in runs {
            let (x, y) = middle(&run);
            let column = between(&self.columns, x).unwrap_or(0);
            let row = between_down(&self.rows, y).unwrap_or(0);
            texts[self.cells[row][column]].push(run);
        }
        let mut rows: Vec<Vec<Cell>> = (1..self.rows.len()).map(|_| Vec::new()).collect();
        for (place, runs) in self.places.iter().zip(texts) {
            let pieces = lines(runs).into_iter().map(|text| Piece {
                text,
                ..Piece::default()
            });
            rows[place.row].push(Cell {
                pieces: pieces.collect(),
                columns: place.columns,
                rows: place.rows,
                continues: false,
            });
        }
        Grid { rows, headers: 0 }
    }
}

/// Where a run stands, told by the middle of its characters.
fn middle(run: &Run) -> (f32, f32) {
    (f32::midpoint(run.x, run.end), run.y + run.size * 0.35)
}

/// The space between ascending `edges` that `at` stands in.
fn between(edges: &[f32], at: f32) -> Option<usize> {
    let next = edges.partition_point(|edge| *edge <= at);
    (next > 0 && next < edges.len()).then(|| next - 1)
}

/// The space between descending `edges` that `at` stands in.
fn between_down(edges: &[f32], at: f32) -> Option<usize> {
    let next = edges.partition_point(|edge| *edge >= at);
    (next > 0 && next < edges.len()).then(|| next - 1)
}

/// Joins lines that lie on each other or continue each other: many programs draw a line cell by cell,
/// or as dots.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| {
        let order = a.level.cmp(&b.level).then(a.at.total_cmp(&b.at));
        order.then(a.from.total_cmp(&b.from))
    });
    // Lines that are near each other lie at one place.
    let mut at = None;
    for rule in &mut rules {
        match at {
            Some((level, place)) if level == rule.level && rule.at - place <= NEAR => {
                rule.at = place;
            }
            _ => at = Some((rule.level, rule.at)),
        }
    }
    rules.sort_by(|a, b| {
        let order = a.level.cmp(&b.level).then(a.at.total_cmp(&b.at));
        order.then(a.from.total_cmp(&b.from))
    });
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        match joined.last_mut() {
            Some(last)
                if last.level == rule.level
                    && last.at == rule.at
                    && rule.from <= last.to + NEAR =>
            {
                last.to = last.to.max(rule.to);
            }
            _ => joined.push(rule),
        }
    }
    joined.retain(|rule| rule.to - rule.from > NEAR);
    joined
}

/// Groups of lines that meet.
fn connected(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let meet = |a: &Rule, b: &Rule| {
        let spans = |rule: &Rule, at: f32| at >= rule.from - NEAR && at <= rule.to + NEAR;
        a.level != b.level && spans(a, b.at) && spans(b, a.at)
    };
    let mut left: Vec<Rule> = rules.to_vec();
    let mut groups = Vec::new();
    while let Some(first) = left.pop() {
        let mut group = vec![first];
        let mut at = 0;
        while at < group.len() {
            let rule = group[at];
            group.extend(left.extract_if(.., |other| meet(&rule, other)));
            at += 1;
        }
        groups.push(group);
    }
    groups
}

/// The table that a group of lines makes, if it has two columns and two rows, and no more than `left`
/// places, which it takes.
fn table(rules: &[Rule], left: &mut usize) -> Option<Ruled> {
    let edges = |level: bool| -> Vec<f32> {
        let mut edges: Vec<f32> = rules
            .iter()
            .filter(|rule| rule.level == level)
            .map(|rule| rule.at)
            .collect();
        // The outermost lines may be missing; then the others end where they would be.
        let across = || rules.iter().filter(move |rule| rule.level != level);
        let from = across().map(|rule| rule.from).reduce(f32::min);
        let to = across().map(|rule| rule.to).reduce(f32::max);
        edges.extend(from.into_iter().chain(to));
        edges.sort_by(f32::total_cmp);
        edges.dedup_by(|b, a| *b - *a <= NEAR);
        edges
    };
    let (columns, mut rows) = (edges(false), edges(true));
    rows.reverse();
    if columns.len() < 3 || rows.len() < 3 {
        return None;
    }
    *left = left.checked_sub((columns.len() - 1) * (rows.len() - 1))?;
    let (places, cells) = places(rules, &columns, &rows);
    Some(Ruled {
        columns,
        rows,
        places,
        cells,
    })
}

/// The cells of a grid whose edges are at `columns` and `rows`, and for each place, row by row, the
/// index of its cell.
fn places(rules: &[Rule], columns: &[f32], rows: &[f32]) -> (Vec<Place>, Vec<Vec<usize>>) {
    let (width, height) = (columns.len() - 1, rows.len() - 1);
    let upright = drawn(rules, false, columns, rows);
    let level = drawn(rules, true, rows, columns);
    let mut taken: Vec<Vec<Option<usize>>> = vec![vec![None; width]; height];
    let mut places = Vec::new();
    for row in 0..height {
        for column in 0..width {
            if taken[row][column].is_some() {
                continue;
            }
            let open = |next: &usize| taken[row][*next].is_none() && !upright[*next][row];
            let right = (column + 1..width).take_while(open).count() + 1;
            let open = |next: &usize| !level[*next][column..column + right].contains(&true);
            let down = (row + 1..height).take_while(open).count() + 1;
            for covered in &mut taken[row..row + down] {
                covered[column..column + right].fill(Some(places.len()));
            }
            places.push(Place {
                row,
                columns: right,
                rows: down,
            });
        }
    }
    let taken = taken
        .into_iter()
        .map(|row| row.into_iter().flatten().collect());
    (places, taken.collect())
}

/// For each of the `edges`, whether a line is drawn there along each space between the edges `across`.
fn drawn(rules: &[Rule], level: bool, edges: &[f32], across: &[f32]) -> Vec<Vec<bool>> {
    let mut drawn = vec![vec![false; across.len() - 1]; edges.len()];
    for rule in rules.iter().filter(|rule| rule.level == level) {
        let at = edges.iter().position(|edge| (edge - rule.at).abs() <= NEAR);
        let Some(along) = at.and_then(|at| drawn.get_mut(at)) else {
            continue;
        };
        for (space, ends) in along.iter_mut().zip(across.windows(2)) {
            let middle = f32::midpoint(ends[0], ends[1]);
            *space |= rule.from <= middle && rule.to >= middle;
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::{super::run::run, *};
    use crate::paragraph::Row;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            level: true,
            at,
            from,
            to,
        }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            level: false,
            at,
            from,
            to,
        }
    }

    /// The rows of the only table, cells parted by |.
    fn rows(rules: Vec<Rule>, runs: Vec<Run>) -> Vec<String> {
        let tables = tables(rules);
        let [table] = tables.as_slice() else {
            panic!("{tables:?}");
        };
        assert!(runs.iter().all(|run| table.holds(run)));
        let lines = |runs: Vec<Run>| runs.into_iter().map(|run| run.text).collect();
        let pieces = table.grid(runs, lines).pieces(false);
        let rows = pieces.into_iter();
        rows.map(|piece| match piece.mark.row {
            Row::None => piece.text,
            row => format!("{row:?} {}", piece.text.replace('\t', "|")),
        })
        .collect()
    }

    /// Lines of a table with three columns and three rows, but for those within merged cells.
    fn lines() -> Vec<Rule> {
        vec![
            level(90.0, 0.0, 300.0),
            level(70.0, 0.0, 300.0),
            // 社会救助 covers two rows.
            level(40.0, 100.0, 300.0),
            level(20.0, 0.0, 300.0),
            upright(0.0, 20.0, 90.0),
            upright(100.0, 20.0, 90.0),
            upright(200.0, 20.0, 90.0),
            upright(300.0, 20.0, 90.0),
        ]
    }

    fn texts() -> Vec<Run> {
        vec![
            run(10.0, 75.0, "类别"),
            run(110.0, 75.0, "项目"),
            run(210.0, 75.0, "标准"),
            run(10.0, 42.0, "社会救助"),
            run(110.0, 60.0, "城市居民最低"),
            run(110.0, 45.0, "生活保障"),
            run(210.0, 52.0, "730元"),
            run(110.0, 25.0, "农村低保"),
            run(210.0, 25.0, "510元"),
        ]
    }

    const TABLE: [&str; 3] = [
        "Header 类别|项目|标准",
        "Body 社会救助|城市居民最低生活保障|730元",
        "Body 社会救助|农村低保|510元",
    ];

    #[test]
    fn cells_hold_several_lines_and_cover_several_rows() {
        assert_eq!(rows(lines(), texts()), TABLE);
    }

    #[test]
    fn lines_may_be_drawn_cell_by_cell_or_as_dots_and_the_outermost_be_missing() {
        let pieces = |rule: Rule| {
            (0..20_u8).map(move |n| {
                let length = (rule.to - rule.from) / 20.0;
                let from = rule.from + length * f32::from(n);
                Rule {
                    at: rule.at + f32::from(n % 2),
                    from,
                    to: from + length * 0.9,
                    ..rule
                }
            })
        };
        let dotted = lines().into_iter().flat_map(pieces).collect();
        assert_eq!(rows(dotted, texts()), TABLE);
        let sides = |rule: &Rule| rule.level || (1.0..299.0).contains(&rule.at);
        let open = lines().into_iter().filter(sides).collect();
        assert_eq!(rows(open, texts()), TABLE);
    }

    #[test]
    fn a_cell_may_cover_columns() {
        let mut rules = lines();
        rules.retain(|rule| rule.level || !(1.0..299.0).contains(&rule.at));
        rules.extend([upright(100.0, 20.0, 70.0), upright(200.0, 20.0, 70.0)]);
        let mut runs = texts().split_off(3);
        runs.push(run(110.0, 75.0, "单位：元"));
        assert_eq!(rows(rules, runs)[0], "单位：元");
    }

    #[test]
    fn frames_and_underlines_are_no_tables() {
        let frame = vec![
            level(90.0, 0.0, 300.0),
            level(20.0, 0.0, 300.0),
            upright(0.0, 20.0, 90.0),
            upright(300.0, 20.0, 90.0),
        ];
        assert!(tables(frame).is_empty());
        assert!(tables(vec![level(90.0, 0.0, 300.0), level(70.0, 0.0, 80.0)]).is_empty());
    }
}
