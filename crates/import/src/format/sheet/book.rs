//! A workbook as it was read: the cells that show something, and what is hidden.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    rc::Rc,
};

use super::format::Format;
use crate::{
    error::ImportError,
    limits::{FILE_LINES, TEXT_CHARS},
};

/// Rows and columns of a sheet, at most.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;
/// Cells with a value in all sheets, at most.
const CELLS: usize = 1_000_000;
/// Merged areas of a sheet, at most.
const MERGES: usize = 100_000;
/// Remarks on the cells of a sheet, at most.
const REMARKS: usize = 100;

/// Row and column, counted from 0.
pub(super) type At = (u32, u32);

/// The value of a cell.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Number(f64),
    Text(Rc<str>),
    Bool(bool),
    /// `#N/A`.
    Error(String),
    /// A formula whose result is not stored.
    Missing,
}

/// Cells that are one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Merge {
    pub(super) first: At,
    pub(super) last: At,
}

/// What may still be read of a workbook.
#[derive(Debug)]
pub(super) struct Budget {
    cells: usize,
    rows: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            cells: CELLS,
            rows: FILE_LINES,
            bytes: TEXT_CHARS * 4,
        }
    }
}

impl Budget {
    /// Takes a cell with a text of so many bytes.
    fn take(&mut self, bytes: usize) -> Result<(), ImportError> {
        self.cells = left(self.cells, 1)?;
        self.bytes = left(self.bytes, bytes)?;
        Ok(())
    }

    /// Takes a row.
    fn take_row(&mut self) -> Result<(), ImportError> {
        self.rows = left(self.rows, 1)?;
        Ok(())
    }
}

fn left(have: usize, need: usize) -> Result<usize, ImportError> {
    have.checked_sub(need).ok_or(ImportError::TooLarge)
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// The texts of its cells by row, in the order of the columns.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, Rc<str>>>,
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Whether each column is hidden, as far as any is.
    pub(super) hidden_columns: Vec<bool>,
    pub(super) merges: Vec<Merge>,
    /// What is to be told of its cells, each with its row.
    pub(super) remarks: Vec<(u32, String)>,
    /// How much more there would be to tell.
    pub(super) more_remarks: usize,
    /// Dates count from 1904.
    pub(super) since_1904: bool,
}

impl Sheet {
    /// Adds a cell in this format.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`] if there are too many.
    pub(super) fn put(
        &mut self,
        at: At,
        value: Value,
        format: &Format,
        budget: &mut Budget,
    ) -> Result<(), ImportError> {
        if at.0 >= ROWS || at.1 >= COLUMNS {
            return Ok(());
        }
        let text: Rc<str> = match value {
            Value::Text(text) => match format.text(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(text) => text.into(),
            },
            Value::Number(number) => match format.number(number, self.since_1904) {
                Some(text) => text.into(),
                None => {
                    let code = format.code();
                    self.remark(at, &format!("的数字格式（{code}）无法按原样显示，已留空"));
                    return budget.take(0);
                }
            },
            Value::Bool(value) => if value { "TRUE" } else { "FALSE" }.into(),
            Value::Error(error) => {
                self.remark(at, &format!("是错误值 {error}，已留空"));
                return budget.take(0);
            }
            Value::Missing => {
                let what =
                    "是公式，文件里没有存下结果，已留空；请用 Excel 或 WPS 打开并保存一次再试";
                self.remark(at, what);
                return budget.take(0);
            }
        };
        budget.take(text.len())?;
        if format.struck && !text.trim().is_empty() {
            self.remark(at, &format!("是划掉的文字，已留空：{}", short(&text)));
        } else if !text.trim().is_empty() {
            let row = match self.rows.entry(at.0) {
                Entry::Occupied(row) => row.into_mut(),
                Entry::Vacant(row) => {
                    budget.take_row()?;
                    row.insert(BTreeMap::new())
                }
            };
            row.insert(at.1, text);
        }
        Ok(())
    }

    /// Adds an area of merged cells.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`] if there are too many.
    pub(super) fn merge(&mut self, first: At, last: At) -> Result<(), ImportError> {
        if self.merges.len() >= MERGES {
            return Err(ImportError::TooLarge);
        }
        if first.0 <= last.0 && first.1 <= last.1 && first != last {
            self.merges.push(Merge { first, last });
        }
        Ok(())
    }

    /// Hides a row.
    pub(super) fn hide_row(&mut self, row: u32) {
        if row < ROWS {
            self.hidden_rows.insert(row);
        }
    }

    /// Hides the columns from `first` to `last`.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        let (first, end) = (first as usize, last.min(COLUMNS - 1) as usize + 1);
        if first < end {
            let length = self.hidden_columns.len().max(end);
            self.hidden_columns.resize(length, false);
            self.hidden_columns[first..end].fill(true);
        }
    }

    /// True if the column is hidden.
    pub(super) fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.get(column as usize) == Some(&true)
    }

    /// The text of a cell, if it shows any.
    pub(super) fn text(&self, at: At) -> Option<&Rc<str>> {
        self.rows.get(&at.0)?.get(&at.1)
    }

    /// Notes what is to be told of a cell.
    fn remark(&mut self, at: At, what: &str) {
        if self.remarks.len() >= REMARKS {
            self.more_remarks += 1;
            return;
        }
        let cell = format!("{}{}", column_name(at.1), at.0 + 1);
        let text = format!("工作表《{}》的单元格 {cell} {what}", self.name);
        self.remarks.push((at.0, text));
    }
}

/// The first 60 characters of a text, on one line.
pub(super) fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LENGTH) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// A to Z, AA to XFD.
pub(super) fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        // The remainder is below 26.
        name.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    name.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// Row and column of `B3`; `$` may stand before each.
pub(super) fn position(name: &str) -> Option<At> {
    let name = name.replace('$', "");
    let letters = name.len()
        - name
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .len();
    let mut column = 0_u32;
    for letter in name[..letters].bytes() {
        let value = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    let row: u32 = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names() {
        for (name, at) in [
            ("A1", (0, 0)),
            ("Z2", (1, 25)),
            ("AA3", (2, 26)),
            ("XFD10", (9, 16_383)),
        ] {
            assert_eq!(position(name), Some(at), "{name}");
            assert_eq!(format!("{}{}", column_name(at.1), at.0 + 1), name);
        }
        assert_eq!(position("$B$3"), Some((2, 1)));
        for broken in ["", "A", "1", "A0", "甲1", "ZZZZZZZZ1"] {
            assert_eq!(position(broken), None, "{broken}");
        }
    }

    #[test]
    fn errors_and_crossed_out_cells_are_empty_and_told() {
        let mut sheet = Sheet {
            name: "标准".to_owned(),
            ..Sheet::default()
        };
        let mut budget = Budget::default();
        let plain = Format::default();
        let struck = Format::new("0.0%", true);
        for (column, value, format) in [
            (0, Value::Error("#N/A".to_owned()), &plain),
            (1, Value::Number(0.075), &struck),
            (2, Value::Missing, &plain),
            (3, Value::Bool(true), &plain),
        ] {
            let put = sheet.put((4, column), value, format, &mut budget);
            assert_eq!(put, Ok(()));
        }
        assert_eq!(sheet.rows[&4].len(), 1);
        let told: Vec<&str> = sheet
            .remarks
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(told[0], "工作表《标准》的单元格 A5 是错误值 #N/A，已留空");
        assert_eq!(
            told[1],
            "工作表《标准》的单元格 B5 是划掉的文字，已留空：7.5%"
        );
        assert!(told[2].contains("C5") && told[2].contains("没有存下结果"));
    }
}
