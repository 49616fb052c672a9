//! What a sheet shows: its visible rows and columns, merged cells in all their places.

use std::{collections::BTreeSet, rc::Rc};

use wenzheng_text::Pattern;

use super::book::Sheet;
use crate::{error::ImportError, format::grid::Cell, limits::TEXT_CHARS};

/// Places of all sheets, at most.
pub(super) const PLACES: usize = 1_000_000;

/// What an item of a list begins with: 1. （1） ① 一、
static ITEM: Pattern =
    Pattern::new(r"^(?:[（(]?[0-9]{1,2}[.．、）)]|[①-⑳]|[（(]?[一二三四五六七八九十]+[、）)])");

/// What stands in a place.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) text: Rc<str>,
    /// The area of merged cells it belongs to, counted from 1; 0 for none.
    merge: usize,
}

/// The visible rows and columns that show something.
#[derive(Debug)]
pub(super) struct View {
    /// Numbers of the rows, counted from 0.
    pub(super) rows: Vec<u32>,
    width: usize,
    places: Vec<Place>,
}

impl View {
    /// The view of a sheet; takes what it needs of the `places` that are left.
    ///
    /// # Errors
    /// [`ImportError::Damaged`] if merged cells overlap, [`ImportError::TooLarge`] if they repeat more
    /// text than a file may have.
    pub(super) fn of(
        sheet: &Sheet,
        format: &'static str,
        places: &mut usize,
    ) -> Result<Self, ImportError> {
        let mut rows = Vec::new();
        let mut used = BTreeSet::new();
        for (row, cells) in &sheet.rows {
            let columns = cells.keys().copied();
            let shown: Vec<u32> = columns.filter(|c| !sheet.hides_column(*c)).collect();
            if !shown.is_empty() && !sheet.hidden_rows.contains(row) {
                rows.push(*row);
                used.extend(shown);
            }
        }
        // Merged cells show their text even where its own row or column is hidden.
        for merge in &sheet.merges {
            let (row, column) = merge.first;
            let hidden = sheet.hidden_rows.contains(&row) || sheet.hides_column(column);
            if hidden && sheet.text(merge.first).is_some() {
                let mut columns = column..=merge.last.1;
                used.extend(columns.find(|column| !sheet.hides_column(*column)));
            }
        }
        let columns: Vec<u32> = used.into_iter().collect();
        let width = columns.len();
        let left = places.checked_sub(rows.len() * width);
        *places = left.ok_or(ImportError::TooLarge)?;
        let mut view = Self {
            places: vec![Place::default(); rows.len() * width],
            rows,
            width,
        };
        for (r, row) in view.rows.iter().enumerate() {
            for (column, text) in &sheet.rows[row] {
                if let Ok(c) = columns.binary_search(column) {
                    view.places[r * width + c].text = text.clone();
                }
            }
        }
        view.repeat_merged(sheet, &columns, format)?;
        Ok(view)
    }

    /// Repeats merged cells in all their places.
    fn repeat_merged(
        &mut self,
        sheet: &Sheet,
        columns: &[u32],
        format: &'static str,
    ) -> Result<(), ImportError> {
        let range = |numbers: &[u32], first: u32, last: u32| {
            let from = numbers.partition_point(|n| *n < first);
            from..numbers.partition_point(|n| *n <= last).max(from)
        };
        // Merged cells do not overlap, so that no place is covered twice.
        let mut places = self.places.len();
        let mut bytes = TEXT_CHARS * 3;
        for (n, merge) in sheet.merges.iter().enumerate() {
            let text = sheet.text(merge.first).cloned().unwrap_or_default();
            let across = range(columns, merge.first.1, merge.last.1);
            for r in range(&self.rows, merge.first.0, merge.last.0) {
                places = places
                    .checked_sub(across.len())
                    .ok_or(ImportError::Damaged(format))?;
                bytes = bytes
                    .checked_sub(across.len() * text.len())
                    .ok_or(ImportError::TooLarge)?;
                for c in across.clone() {
                    self.places[r * self.width + c] = Place {
                        text: text.clone(),
                        merge: n + 1,
                    };
                }
            }
        }
        Ok(())
    }

    /// The places of a row.
    fn row(&self, r: usize) -> &[Place] {
        &self.places[r * self.width..(r + 1) * self.width]
    }

    /// The texts of a row, merged cells once.
    pub(super) fn texts(&self, r: usize) -> Vec<Rc<str>> {
        let parts = self
            .row(r)
            .chunk_by(|one, other| one.merge > 0 && one.merge == other.merge);
        let texts = parts.map(|part| part[0].text.clone());
        texts.filter(|text| !text.trim().is_empty()).collect()
    }

    /// True for a row that is one cell.
    pub(super) fn is_one_cell(&self, r: usize) -> bool {
        let row = self.row(r);
        row[0].merge > 0 && row.iter().all(|place| place.merge == row[0].merge)
    }

    /// A row as cells of a table.
    pub(super) fn cells(&self, r: usize) -> Vec<Cell> {
        let row = self.row(r);
        let mut cells = Vec::new();
        let mut column = 0;
        for part in row.chunk_by(|one, other| one.merge > 0 && one.merge == other.merge) {
            let merge = part[0].merge;
            let above = r.checked_sub(1).map(|above| self.row(above)[column].merge);
            cells.push(Cell {
                pieces: Cell::of(&one_line(&part[0].text)).pieces,
                columns: part.len(),
                rows: 1,
                continues: merge > 0 && above == Some(merge),
            });
            column += part.len();
        }
        cells
    }
}

/// The lines of a cell as one; items of a list stay apart.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.lines().map(str::trim).filter(|part| !part.is_empty()) {
        let words = line.ends_with(|c: char| c.is_ascii_alphanumeric())
            && part.starts_with(|c: char| c.is_ascii_alphanumeric());
        if words || !line.is_empty() && ITEM.is_match(part) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(u32, u32, &str)]) -> Sheet {
        let mut sheet = Sheet::default();
        for (row, column, text) in cells {
            let row = sheet.rows.entry(*row).or_default();
            row.insert(*column, Rc::from(*text));
        }
        sheet
    }

    #[test]
    fn merged_cells_show_in_all_visible_places() {
        let mut sheet = sheet(&[
            (0, 0, "城市低保"),
            (0, 1, "1"),
            (1, 1, "2"),
            (2, 1, "3"),
            (3, 3, "4"),
        ]);
        sheet.merge((0, 0), (2, 0)).expect("few");
        sheet.hide_row(0);
        sheet.hide_columns(3, 3);
        let view = View::of(&sheet, "XLSX", &mut 100).expect("sound");
        assert_eq!(view.rows, [1, 2]);
        let texts = |r| {
            view.texts(r)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (texts(0), texts(1)),
            (
                vec!["城市低保".into(), "2".into()],
                vec!["城市低保".into(), "3".to_owned()]
            )
        );
        assert!(!view.cells(0)[0].continues && view.cells(1)[0].continues);
    }

    #[test]
    fn lines_of_a_cell_are_one() {
        assert_eq!(one_line("责任\n单位"), "责任单位");
        assert_eq!(
            one_line("1.身份证\r\n 2.户口簿\n\n（3）照片"),
            "1.身份证 2.户口簿 （3）照片"
        );
    }

    #[test]
    fn merges_that_overlap_or_repeat_too_much_are_refused() {
        let mut overlapping = sheet(&[(0, 0, "甲"), (9, 9, "乙")]);
        for _ in 0..3 {
            overlapping.merge((0, 0), (9, 9)).expect("few");
        }
        assert_eq!(
            View::of(&overlapping, "XLS", &mut 100).err(),
            Some(ImportError::Damaged("XLS"))
        );
        let long = "长".repeat(30_000);
        let rows: Vec<(u32, u32, &str)> = (0..500)
            .map(|n| (n, 1, "甲"))
            .chain([(0, 0, long.as_str())])
            .collect();
        let mut repeated = sheet(&rows);
        repeated.merge((0, 0), (499, 0)).expect("few");
        assert_eq!(
            View::of(&repeated, "XLS", &mut 1000).err(),
            Some(ImportError::TooLarge)
        );
    }
}
