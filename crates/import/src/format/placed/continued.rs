//! Tables that go on on the next page.

use wenzheng_text::Pattern;

use super::run::{Item, Table};
use crate::{format::grid::Cell, paragraph::chars};

/// How far apart, in points, the columns of one table may stand on two pages: between lines, and without
/// lines, where the widest cells of a page tell.
const RULED: f32 = 6.0;
const ALIGNED: f32 = 24.0;

/// Most rows of a head.
const HEAD: usize = 3;
/// Shortest cell, in chars, that a page break may part.
const PARTED: usize = 10;

/// What stands above the rest of a table: 续表, （续上表）.
static CONTINUED: Pattern = Pattern::new("^[（(]?(?:续上?表|接上[表页]|续)[0-9]{0,2}[）)]?[：:]?$");

/// Joins the tables of `items`, each with its page, that a page break parts. Returns what is no longer
/// among them: heads that are repeated and the word for it, each with its page.
pub(super) fn join(items: &mut Vec<(usize, Item)>) -> Vec<(usize, String)> {
    let mut left_out = Vec::new();
    let mut joined: Vec<(usize, Item)> = Vec::new();
    // The page on which the last table ends.
    let mut ends = 0;
    // A line above the rest of a table, while it is not known whether there is one.
    let mut said: Option<(usize, Item)> = None;
    for (page, item) in items.drain(..) {
        match item {
            Item::Line(line)
                if page == ends + 1
                    && said.is_none()
                    && CONTINUED.is_match(line.text.trim())
                    && matches!(joined.last(), Some((_, Item::Table(_)))) =>
            {
                said = Some((page, Item::Line(line)));
            }
            Item::Table(mut below) => {
                if let Some((_, Item::Table(above))) = joined.last_mut()
                    && page == ends + 1
                    && above.goes_on(&below)
                {
                    if let Some((page, Item::Line(line))) = said.take() {
                        left_out.push((page, line.text));
                    }
                    let head = above.take_head(&mut below);
                    left_out.extend(head.into_iter().map(|head| (page, head)));
                    above.append(below);
                } else {
                    joined.extend(said.take());
                    joined.push((page, Item::Table(below)));
                }
                ends = page;
            }
            Item::Line(line) => {
                joined.extend(said.take());
                joined.push((page, Item::Line(line)));
            }
        }
    }
    joined.extend(said);
    *items = joined;
    left_out
}

impl Table {
    /// True if `below`, the first thing on the next page, is the rest of this table.
    fn goes_on(&self, below: &Self) -> bool {
        let near = if self.ruled { RULED } else { ALIGNED };
        let from = |columns: &[f32]| columns.first().copied().unwrap_or(0.0);
        let shift = from(&below.columns) - from(&self.columns);
        let alike = self.ruled == below.ruled
            && self.columns.len() == below.columns.len()
            && self
                .columns
                .iter()
                .zip(&below.columns)
                .all(|(above, below)| (below - above - shift).abs() <= near);
        // Without lines another table may have its columns at the same places, but it has a head.
        let figure = |cell: &Cell| cell.text().starts_with(|c: char| c.is_ascii_digit());
        let row = below.grid.rows.first();
        let sure =
            self.ruled || self.repeated(below) > 0 || row.is_some_and(|row| row.iter().any(figure));
        alike && sure
    }

    /// Number of rows at the top of `below` that repeat the top of this table.
    fn repeated(&self, below: &Self) -> usize {
        let rows = self.grid.rows.iter().zip(&below.grid.rows);
        let same = |(above, below): &(&Vec<Cell>, &Vec<Cell>)| {
            above.len() == below.len()
                && above
                    .iter()
                    .zip(*below)
                    .all(|(above, below)| above.text() == below.text())
        };
        rows.take(HEAD).take_while(same).count()
    }

    /// Takes the rows that repeat the head of this table from `below`; returns them as text.
    fn take_head(&self, below: &mut Self) -> Vec<String> {
        let head = below.grid.rows.drain(..self.repeated(below));
        let text = |row: Vec<Cell>| {
            let cells: Vec<String> = row.iter().map(Cell::text).collect();
            format!("（下一页重复的表头）{}", cells.join(" "))
        };
        head.map(text).collect()
    }

    /// Adds the rows of `below`. Between lines, cells that are empty at the top of a page belong to those
    /// at the bottom of the page before.
    fn append(&mut self, below: Self) {
        let mut rows = below.grid.rows;
        if let (Some(last), Some(first)) = (self.grid.rows.last_mut(), rows.first_mut())
            && self.ruled
        {
            if let Some(at) = parted(last, first) {
                let text = std::mem::take(&mut first[at].pieces);
                last[at].pieces.extend(text);
                rows.remove(0);
            } else {
                let empty = |cell: &&mut Cell| cell.pieces.is_empty();
                for cell in first.iter_mut().take_while(empty) {
                    cell.continues = true;
                }
            }
        }
        self.grid.rows.extend(rows);
    }
}

/// The column in which a page break parts the text of one row, whose lines are `last` and `first`.
fn parted(last: &[Cell], first: &[Cell]) -> Option<usize> {
    let filled = |cell: &Cell| !cell.pieces.is_empty();
    let at = first.iter().position(filled).filter(|at| *at > 0)?;
    let alone = first[at + 1..].iter().all(|cell| !filled(cell));
    let plain = |row: &[Cell]| row.iter().all(|cell| cell.columns <= 1 && cell.rows <= 1);
    let text = last.get(at).map(Cell::text).unwrap_or_default();
    let open = chars(&text) >= PARTED && !text.ends_with('。');
    let alike = last.len() == first.len() && plain(last) && plain(first);
    (alone && alike && open && first.len() > 2).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{format::grid::Grid, line_join::Line, paragraph::Row};

    fn table(rows: &[&[&str]], columns: &[f32], ruled: bool) -> Item {
        let row = |cells: &&[&str]| cells.iter().map(|cell| Cell::of(cell)).collect();
        let rows = rows.iter().map(row).collect();
        Item::Table(Table {
            grid: Grid { rows, headers: 0 },
            columns: columns.to_vec(),
            ruled,
        })
    }

    fn line(text: &str) -> Item {
        Item::Line(Line {
            x: 0.0,
            end: 100.0,
            size: 10.0,
            bold: false,
            text: text.to_owned(),
        })
    }

    /// What becomes of items on pages of their own each, and what is left out.
    fn joined(items: Vec<Item>) -> (Vec<String>, Vec<String>) {
        let pages: Vec<usize> = items
            .iter()
            .scan(1, |page, item| {
                let at = *page;
                *page += usize::from(matches!(item, Item::Table(_)));
                Some(at)
            })
            .collect();
        let mut items: Vec<(usize, Item)> = pages.into_iter().zip(items).collect();
        let left_out = join(&mut items);
        let shown = |(_, item): (usize, Item)| match item {
            Item::Line(line) => vec![line.text],
            Item::Table(table) => {
                let pieces = table.grid.pieces(false).into_iter();
                let shown = pieces.map(|piece| match piece.mark.row {
                    Row::None => piece.text,
                    row => format!("{row:?} {}", piece.text.replace('\t', "|")),
                });
                shown.collect()
            }
        };
        (
            items.into_iter().flat_map(shown).collect(),
            left_out.into_iter().map(|(_, text)| text).collect(),
        )
    }

    const EDGES: [f32; 4] = [0.0, 100.0, 200.0, 300.0];

    #[test]
    fn a_repeated_head_is_told_and_rows_go_on() {
        let first = [
            &["类别", "项目", "标准"][..],
            &["社会救助", "城市低保", "730元"],
        ];
        let second = [
            &["类别", "项目", "标准"][..],
            &["", "农村低保", "510元"],
            &["老年福利", "高龄津贴", "96元"],
        ];
        let items = vec![
            table(&first, &EDGES, true),
            line("（续表）"),
            table(&second, &EDGES.map(|edge| edge + 20.0), true),
        ];
        let (rows, left_out) = joined(items);
        assert_eq!(
            rows,
            [
                "Header 类别|项目|标准",
                "Body 社会救助|城市低保|730元",
                "Body 社会救助|农村低保|510元",
                "Body 老年福利|高龄津贴|96元"
            ]
        );
        assert_eq!(left_out, ["（续表）", "（下一页重复的表头）类别 项目 标准"]);
    }

    #[test]
    fn a_cell_may_be_parted_by_the_page() {
        let first = [
            &["序号", "项目", "建设内容"][..],
            &["1", "农村饮水", "改造城关镇、马营镇管网"],
        ];
        let second = [
            &["", "", "40公里。"][..],
            &["2", "农村公路", "新建120公里。"],
        ];
        let (rows, _) = joined(vec![
            table(&first, &EDGES, true),
            table(&second, &EDGES, true),
        ]);
        assert_eq!(
            rows[1..],
            [
                "Body 1|农村饮水|改造城关镇、马营镇管网40公里。",
                "Body 2|农村公路|新建120公里。"
            ]
        );
    }

    #[test]
    fn another_table_is_none_that_goes_on() {
        let first = [
            &["项目", "标准"][..],
            &["城市低保", "730元"],
            &["农村低保", "510元"],
        ];
        let other = [
            &["区县", "人数"][..],
            &["城关区", "120人"],
            &["安宁区", "80人"],
        ];
        let names = |items: Vec<Item>| {
            let (rows, _) = joined(items);
            rows.into_iter()
                .filter(|row| row.starts_with("Header"))
                .count()
        };
        let (two, three) = ([0.0, 150.0], [0.0, 150.0, 300.0]);
        assert_eq!(
            names(vec![table(&first, &two, false), table(&other, &two, false)]),
            2
        );
        assert_eq!(
            names(vec![
                table(&first, &three, true),
                table(&other, &EDGES, true)
            ]),
            2
        );
        let between = line("各区县人数见下表。");
        let items = vec![
            table(&first, &three, true),
            between,
            table(&other, &three, true),
        ];
        assert_eq!(names(items), 2);
    }
}
