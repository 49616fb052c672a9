//! Tables of documents and pages: which of them hold data, and their rows.
//!
//! Many tables only place text on a page. A table of data has rows of short cells; merged cells are
//! repeated in every row and column they cover, so that each row can be read alone, and the rows of
//! its head become one. A row as wide as the table (a caption, a unit, a note) is a paragraph.

use std::rc::Rc;

use crate::paragraph::{Mark, Row, chars};

/// Longest cell of a table of data, in chars.
const LONGEST: usize = 600;
/// Longest cell of a head, in chars.
const HEAD: usize = 24;
/// Columns and rows a cell may span; more is a mistake of the file.
const SPAN: usize = 64;
/// Columns of a table of data.
const COLUMNS: usize = 64;
/// Places that the cells of a table may cover in all; hostile files have more.
const PLACES: usize = 1_000_000;

/// A paragraph, or a row of a table with its cells parted by tabs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) mark: Mark,
}

/// A cell as it stands in the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) pieces: Vec<Piece>,
    /// Columns that it covers; 0 is one.
    pub(crate) columns: usize,
    /// Rows that it covers; 0 is one.
    pub(crate) rows: usize,
    /// True if it is one with the cell above.
    pub(crate) continues: bool,
}

impl Cell {
    /// A cell that holds one line.
    pub(crate) fn of(text: &str) -> Self {
        let piece = Piece {
            text: text.trim().to_owned(),
            mark: Mark::default(),
        };
        let pieces = if piece.text.is_empty() {
            Vec::new()
        } else {
            vec![piece]
        };
        Self {
            pieces,
            ..Self::default()
        }
    }

    /// All of its text on one line.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            let ends = text.ends_with(|c: char| c.is_ascii_alphanumeric());
            let begins = piece.text.starts_with(|c: char| c.is_ascii_alphanumeric());
            if ends && begins {
                text.push(' ');
            }
            text.push_str(piece.text.trim());
        }
        text.replace(['\t', '\n', '\r'], " ").replace('|', "｜")
    }
}

/// The cells of a table, row by row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Rows of the head, if the file says.
    pub(crate) headers: usize,
}

/// A place of the table: the text, and the cell that it belongs to.
type Place = Option<(usize, Rc<str>)>;

impl Grid {
    /// The paragraphs and rows of the table, in order; `nested` tables stay text of the cell around
    /// them.
    pub(crate) fn pieces(self, nested: bool) -> Vec<Piece> {
        if nested || self.is_endless() {
            return self.rows.into_iter().flat_map(as_text).collect();
        }
        let places = self.places();
        if !self.is_data(&places) {
            return self.rows.into_iter().flat_map(as_text).collect();
        }
        let narrow: Vec<&Vec<Place>> = places.iter().filter(|row| whole(row).is_none()).collect();
        let headers = self.headers.max(self.covered_by_first(&places));
        let head = match headers {
            0 | 1 => usize::from(headers == 1 || looks_like_head(narrow[0])),
            more => more,
        };
        let mut pieces = Vec::new();
        let mut heads: Vec<&Vec<Place>> = Vec::new();
        let mut rows = 0;
        for row in &places {
            if let Some(text) = whole(row) {
                pieces.push(Piece {
                    text: text.to_owned(),
                    mark: Mark::default(),
                });
            } else if row.iter().all(|place| text_of(place).is_empty()) {
            } else if rows < head && !(rows > 0 && narrow.len() <= head) {
                heads.push(row);
                rows += 1;
                if rows == head {
                    pieces.push(row_piece(&joined(&heads), Row::Header));
                }
            } else {
                let kind = if head == 0 && rows == 0 {
                    Row::First
                } else {
                    Row::Body
                };
                rows += 1;
                let cells: Vec<String> = row.iter().map(|p| text_of(p).to_owned()).collect();
                pieces.push(row_piece(&cells, kind));
            }
        }
        pieces
    }

    /// True unless the table only places text on a page.
    pub(crate) fn holds_data(&self) -> bool {
        !self.is_endless() && self.is_data(&self.places())
    }

    /// True if the table has more columns or places than any real one.
    fn is_endless(&self) -> bool {
        let covered = |cell: &Cell| cell.columns.clamp(1, SPAN) * cell.rows.clamp(1, SPAN);
        let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns.clamp(1, SPAN)).sum();
        let wide = self.rows.iter().map(width).max().unwrap_or(0) > COLUMNS;
        wide || self.rows.iter().flatten().map(covered).sum::<usize>() > PLACES
    }

    /// Every place of the table with what stands there, merged cells in all their places.
    fn places(&self) -> Vec<Vec<Place>> {
        let mut places: Vec<Vec<Place>> = vec![Vec::new(); self.rows.len()];
        let mut id = 0;
        for (r, row) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in row {
                while places[r].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                let above = r.checked_sub(1).and_then(|above| places[above].get(column));
                let place = match above {
                    Some(Some(above)) if cell.continues => above.clone(),
                    _ => {
                        id += 1;
                        (id, Rc::from(cell.text()))
                    }
                };
                let (columns, rows) = (cell.columns.clamp(1, SPAN), cell.rows.clamp(1, SPAN));
                let end = (r + rows).min(places.len());
                for covered in &mut places[r..end] {
                    if covered.len() < column + columns {
                        covered.resize(column + columns, None);
                    }
                    covered[column..column + columns].fill(Some(place.clone()));
                }
                column += columns;
            }
        }
        let width = places.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut places {
            row.resize(width, None);
        }
        places
    }

    fn is_data(&self, places: &[Vec<Place>]) -> bool {
        let long = self.rows.iter().flatten().any(|cell| {
            let length: usize = cell.pieces.iter().map(|piece| chars(&piece.text)).sum();
            length > LONGEST || cell.pieces.iter().any(|piece| piece.mark.heading > 0)
        });
        let narrow = places.iter().filter(|row| {
            let filled = row.iter().filter(|place| !text_of(place).is_empty());
            whole(row).is_none() && filled.count() > 1
        });
        !long && narrow.count() > 1
    }

    /// Rows of the head, by the deepest cell of the first row that is not as wide as the table.
    fn covered_by_first(&self, places: &[Vec<Place>]) -> usize {
        let Some(first) = places.iter().position(|row| whole(row).is_none()) else {
            return 0;
        };
        if !looks_like_head(&places[first]) {
            return 0;
        }
        let deepest = places[first].iter().enumerate().map(|(column, place)| {
            let below = places[first..].iter();
            let same = below.take_while(|row| id(&row[column]) == id(place) && place.is_some());
            same.count()
        });
        // Columns that are not merged downwards are parted further by the rows below.
        let wide = places[first]
            .windows(2)
            .any(|two| id(&two[0]) == id(&two[1]));
        if wide { deepest.max().unwrap_or(0) } else { 0 }
    }
}

fn id(place: &Place) -> Option<usize> {
    place.as_ref().map(|(id, _)| *id)
}

fn text_of(place: &Place) -> &str {
    place.as_ref().map_or("", |(_, text)| text)
}

/// The text of a row that is a single cell.
fn whole(row: &[Place]) -> Option<&str> {
    let first = row.first()?;
    let filled = !text_of(first).is_empty();
    let alone = row[1..]
        .iter()
        .all(|place| id(place) == id(first) || place.is_none());
    (filled && alone).then(|| text_of(first))
}

/// True for names of columns: short, and no figures but years.
fn looks_like_head(row: &[Place]) -> bool {
    row.iter().all(|place| {
        let text = text_of(place);
        let figures = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('年');
        chars(text) <= HEAD && !figures && !text.ends_with('。')
    })
}

/// The rows of a head as one: 2024年 over 完成数 is 2024年完成数.
fn joined(heads: &[&Vec<Place>]) -> Vec<String> {
    let width = heads.first().map_or(0, |row| row.len());
    let name = |column: usize| {
        let mut name = String::new();
        let mut last = None;
        for row in heads {
            if id(&row[column]) != last {
                name.push_str(text_of(&row[column]));
            }
            last = id(&row[column]);
        }
        name
    };
    (0..width).map(name).collect()
}

fn row_piece(cells: &[String], row: Row) -> Piece {
    Piece {
        text: cells.join("\t"),
        mark: Mark {
            row,
            ..Mark::default()
        },
    }
}

/// A row of a table that holds no data: short cells on one line, long ones as paragraphs.
fn as_text(row: Vec<Cell>) -> Vec<Piece> {
    let row: Vec<Cell> = row
        .into_iter()
        .filter(|cell| !cell.pieces.is_empty())
        .collect();
    let short = |cell: &Cell| cell.pieces.len() == 1 && chars(&cell.pieces[0].text) <= LONGEST;
    if row.len() > 1 && row.iter().all(short) {
        let texts: Vec<&str> = row
            .iter()
            .map(|cell| cell.pieces[0].text.as_str())
            .collect();
        return vec![Piece {
            text: texts.join("\t"),
            mark: Mark::default(),
        }];
    }
    row.into_iter().flat_map(|cell| cell.pieces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[(&str, usize, usize)]]) -> Grid {
        let cell = |(text, columns, rows): &(&str, usize, usize)| Cell {
            columns: *columns,
            rows: *rows,
            ..Cell::of(text)
        };
        Grid {
            rows: rows
                .iter()
                .map(|row| row.iter().map(cell).collect())
                .collect(),
            headers: 0,
        }
    }

    fn shown(grid: Grid) -> Vec<String> {
        let shown = |piece: Piece| match piece.mark.row {
            Row::None => piece.text,
            row => format!("{row:?} {}", piece.text.replace('\t', "|")),
        };
        grid.pieces(false).into_iter().map(shown).collect()
    }

    #[test]
    fn merged_cells_are_repeated_and_rows_as_wide_as_the_table_are_paragraphs() {
        let grid = grid(&[
            &[("单位：元", 3, 1)],
            &[("类别", 1, 1), ("项目", 1, 1), ("标准", 1, 1)],
            &[("社会救助", 1, 2), ("城市低保", 1, 1), ("730", 1, 1)],
            &[("农村低保", 1, 1), ("", 1, 1)],
        ]);
        assert_eq!(
            shown(grid),
            [
                "单位：元",
                "Header 类别|项目|标准",
                "Body 社会救助|城市低保|730",
                "Body 社会救助|农村低保|",
            ]
        );
    }

    #[test]
    fn a_head_of_two_rows_becomes_one() {
        let grid = grid(&[
            &[("学校", 1, 2), ("学生数", 2, 1)],
            &[("2023年", 1, 1), ("2024年", 1, 1)],
            &[("城关小学", 1, 1), ("300", 1, 1), ("800", 1, 1)],
        ]);
        assert_eq!(
            shown(grid),
            [
                "Header 学校|学生数2023年|学生数2024年",
                "Body 城关小学|300|800"
            ]
        );
    }

    #[test]
    fn a_table_that_only_places_text_is_text() {
        let long = "坚持稳中求进工作总基调。".repeat(60);
        let placed = grid(&[
            &[("目录", 1, 1), (&long, 1, 1)],
            &[("甲", 1, 1), ("乙", 1, 1)],
        ]);
        assert_eq!(shown(placed), ["目录", &long, "甲\t乙"]);
        assert_eq!(
            shown(grid(&[&[("甲", 1, 1)], &[("乙", 1, 1)]])),
            ["甲", "乙"]
        );
        let first = grid(&[
            &[("城市低保", 1, 1), ("730", 1, 1)],
            &[("农村低保", 1, 1), ("510", 1, 1)],
        ]);
        assert_eq!(shown(first), ["First 城市低保|730", "Body 农村低保|510"]);
    }
}
