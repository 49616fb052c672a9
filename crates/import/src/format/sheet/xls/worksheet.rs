//! The cells of a sheet ([MS-XLS], 2.1.7.20.6).

use super::{
    globals::Globals,
    records::{Record, f64_at, records, u16_at, u32_at},
    strings,
};
use crate::{
    error::ImportError,
    format::sheet::book::{At, Budget, Sheet, Value},
};

/// Begin and end of a sheet; charts within it have their own.
const BEGIN: u16 = 0x809;
const END: u16 = 0x0a;

/// Reads the records of a sheet into `sheet`.
///
/// # Errors
/// [`ImportError::TooLarge`].
pub(super) fn read(
    stream: &[u8],
    sheet: &mut Sheet,
    globals: &Globals,
    budget: &mut Budget,
) -> Result<(), ImportError> {
    let mut reader = Reader {
        sheet,
        globals,
        budget,
        formula: None,
    };
    let mut depth = 0_usize;
    for record in records(stream) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth == 1 => reader.record(&record)?,
            _ => {}
        }
    }
    Ok(())
}

struct Reader<'a> {
    sheet: &'a mut Sheet,
    globals: &'a Globals,
    budget: &'a mut Budget,
    /// Where a formula stands whose text follows, and its style.
    formula: Option<(At, u16)>,
}

impl Reader<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<(), ImportError> {
        let data = record.data();
        match record.kind {
            // ROW
            0x208 => {
                let hidden = data.get(12).is_some_and(|flags| flags & 0x20 > 0);
                if let Some(row) = u16_at(data, 0).filter(|_| hidden) {
                    self.sheet.hide_row(u32::from(row));
                }
                Ok(())
            }
            // COLINFO
            0x7d => {
                self.columns(data);
                Ok(())
            }
            // MERGEDCELLS
            0xe5 => self.merges(data),
            // MULRK
            0xbd => self.row_of_numbers(data),
            // STRING
            0x207 => match self.formula.take() {
                Some((at, style)) => self.put(at, style, text(record, 0)),
                None => Ok(()),
            },
            _ => match cell(data) {
                Some((at, style)) => {
                    let value = self.value(record, at, style);
                    self.put(at, style, value)
                }
                None => Ok(()),
            },
        }
    }

    /// The value of a record that is a cell; `None` for other records, and where the value follows.
    fn value(&mut self, record: &Record<'_>, at: At, style: u16) -> Option<Value> {
        let data = record.data();
        match record.kind {
            // LABELSST
            0xfd => {
                let n = usize::try_from(u32_at(data, 6)?).ok()?;
                self.globals.strings.get(n).cloned().map(Value::Text)
            }
            // LABEL, RSTRING
            0x204 | 0xd6 => text(record, 6),
            // NUMBER
            0x203 => f64_at(data, 6).map(Value::Number),
            // RK
            0x27e => u32_at(data, 6).map(|rk| Value::Number(number(rk))),
            // BOOLERR
            0x205 if data.get(7) == Some(&1) => data.get(6).map(|value| error(*value)),
            0x205 => data.get(6).map(|value| boolean(*value)),
            // FORMULA
            0x06 => self.result(at, style, data),
            _ => None,
        }
    }

    fn put(&mut self, at: At, style: u16, value: Option<Value>) -> Result<(), ImportError> {
        match value {
            Some(value) => {
                let format = self.globals.styles.get(usize::from(style));
                self.sheet.put(at, value, format, self.budget)
            }
            None => Ok(()),
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let numbers = [0, 2, 4, 8].map(|at| u16_at(data, at));
        if let [Some(first), Some(last), Some(width), Some(flags)] = numbers
            && (width == 0 || flags & 1 > 0)
        {
            self.sheet.hide_columns(u32::from(first), u32::from(last));
        }
    }

    fn merges(&mut self, data: &[u8]) -> Result<(), ImportError> {
        let areas = data.get(2..).unwrap_or_default().chunks_exact(8);
        for area in areas.take(usize::from(u16_at(data, 0).unwrap_or(0))) {
            let numbers = [0, 2, 4, 6].map(|at| u16_at(area, at).map(u32::from));
            if let [Some(top), Some(bottom), Some(left), Some(right)] = numbers {
                self.sheet.merge((top, left), (bottom, right))?;
            }
        }
        Ok(())
    }

    /// Numbers side by side, each with its style.
    fn row_of_numbers(&mut self, data: &[u8]) -> Result<(), ImportError> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
            return Ok(());
        };
        // The last two bytes are the number of the last column.
        let numbers = data
            .get(4..data.len().saturating_sub(2))
            .unwrap_or_default();
        for (column, cell) in (u32::from(first)..).zip(numbers.chunks_exact(6)) {
            if let (Some(style), Some(rk)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                let value = Value::Number(number(rk));
                self.put((u32::from(row), column), style, Some(value))?;
            }
        }
        Ok(())
    }

    /// The stored result of a formula; that of a text follows.
    fn result(&mut self, at: At, style: u16, data: &[u8]) -> Option<Value> {
        self.formula = None;
        if u16_at(data, 12)? != 0xffff {
            return f64_at(data, 6).map(Value::Number);
        }
        let value = *data.get(8)?;
        match data.get(6)? {
            0 => {
                self.formula = Some((at, style));
                None
            }
            1 => Some(boolean(value)),
            2 => Some(error(value)),
            _ => None,
        }
    }
}

fn text(record: &Record<'_>, at: usize) -> Option<Value> {
    strings::text(record, at).map(|text| Value::Text(text.into()))
}

/// Where a cell stands, and its style.
fn cell(data: &[u8]) -> Option<(At, u16)> {
    let (row, column) = (u16_at(data, 0)?, u16_at(data, 2)?);
    Some(((u32::from(row), u32::from(column)), u16_at(data, 4)?))
}

/// A number in four bytes (2.5.217): the upper half of a double or an integer, perhaps a hundredfold.
fn number(rk: u32) -> f64 {
    let value = if rk & 2 > 0 {
        // The sign is kept.
        f64::from(rk.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(rk & !3) << 32)
    };
    if rk & 1 > 0 { value / 100.0 } else { value }
}

const fn boolean(value: u8) -> Value {
    Value::Bool(value != 0)
}

/// An error by its number (2.5.10).
fn error(value: u8) -> Value {
    let name = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Value::Error(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_read() {
        // 0.075 does not fit; 7.5 and 730 do, as a hundredfold integer, an integer and a double.
        assert_eq!(number((750 << 2) | 3), 7.5);
        assert_eq!(number((730 << 2) | 2), 730.0);
        assert_eq!(number((((-5_i32) << 2) | 2).cast_unsigned()), -5.0);
        assert_eq!(number((0.75_f64.to_bits() >> 32) as u32), 0.75);
    }
}
