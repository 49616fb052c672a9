//! The cells of a sheet.

use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::strings::{Text, unescape};
use crate::{
    error::ImportError,
    format::{
        sheet::{
            book::{At, Budget, Sheet, Value, position},
            styles::Styles,
        },
        xml::{attribute, walk},
    },
};

/// What the cells of a sheet refer to.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) strings: &'a [Rc<str>],
    pub(super) budget: &'a mut Budget,
}

/// The cell being read.
#[derive(Debug, Default)]
struct Cell {
    at: At,
    kind: String,
    style: usize,
    value: String,
    has_formula: bool,
    text: Text,
}

/// Reader of a sheet.
pub(super) struct Worksheet<'a> {
    sheet: Sheet,
    context: Context<'a>,
    /// Where the next row and cell stand unless they say.
    next: At,
    cell: Option<Cell>,
    in_value: bool,
    error: Option<ImportError>,
}

impl<'a> Worksheet<'a> {
    /// A reader that fills `sheet`.
    pub(super) fn new(sheet: Sheet, context: Context<'a>) -> Self {
        Self {
            sheet,
            context,
            next: (0, 0),
            cell: None,
            in_value: false,
            error: None,
        }
    }

    /// Reads the part of a sheet.
    ///
    /// # Errors
    /// [`ImportError::Damaged`] and [`ImportError::TooLarge`].
    pub(super) fn read(mut self, xml: &str) -> Result<Sheet, ImportError> {
        walk("XLSX", xml, |tag, text| {
            if self.error.is_some() {
                return;
            }
            match tag {
                None => self.characters(text),
                Some((name, tag, true)) => self.start(name, tag),
                Some((name, _, false)) => self.end(name),
            }
        })?;
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.sheet),
        }
    }

    fn characters(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            if self.in_value {
                cell.value.push_str(text);
            }
            cell.text.characters(text);
        }
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "row" => self.row(tag),
            "c" => self.cell(tag),
            "v" => self.in_value = true,
            "f" => {
                if let Some(cell) = &mut self.cell {
                    cell.has_formula = true;
                }
            }
            "col" => self.column(tag),
            "mergeCell" => self.merge(tag),
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.text.tag(name, true);
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "row" => self.next = (self.next.0.saturating_add(1), 0),
            "v" => self.in_value = false,
            "c" => {
                if let Some(cell) = self.cell.take() {
                    self.put(cell);
                }
            }
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.text.tag(name, false);
                }
            }
        }
    }

    fn row(&mut self, tag: &BytesStart<'_>) {
        let row = number(tag, "r").and_then(|row| row.checked_sub(1));
        self.next = (row.unwrap_or(self.next.0), 0);
        let flat = attribute(tag, "ht").and_then(|height| height.parse::<f64>().ok()) == Some(0.0);
        if flat || is_on(tag, "hidden") {
            self.sheet.hide_row(self.next.0);
        }
    }

    fn column(&mut self, tag: &BytesStart<'_>) {
        let flat = attribute(tag, "width").and_then(|width| width.parse::<f64>().ok()) == Some(0.0);
        if let (Some(first), Some(last)) = (number(tag, "min"), number(tag, "max"))
            && first > 0
            && (flat || is_on(tag, "hidden"))
        {
            self.sheet.hide_columns(first - 1, last.saturating_sub(1));
        }
    }

    fn merge(&mut self, tag: &BytesStart<'_>) {
        let area = attribute(tag, "ref").unwrap_or_default();
        let (first, last) = area.split_once(':').unwrap_or((&area, &area));
        if let (Some(first), Some(last)) = (position(first), position(last)) {
            self.error = self.sheet.merge(first, last).err();
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) {
        let named = attribute(tag, "r").and_then(|name| position(&name));
        let at = named.unwrap_or(self.next);
        self.next = (self.next.0, at.1.saturating_add(1));
        self.cell = Some(Cell {
            at,
            kind: attribute(tag, "t").unwrap_or_default(),
            style: number(tag, "s").unwrap_or(0) as usize,
            ..Cell::default()
        });
    }

    fn put(&mut self, mut cell: Cell) {
        let value = cell.value.trim();
        let value = match cell.kind.as_str() {
            "s" => {
                let string = value
                    .parse()
                    .ok()
                    .and_then(|n: usize| self.context.strings.get(n));
                string.cloned().map(Value::Text)
            }
            "inlineStr" => Some(Value::Text(cell.text.take().into())),
            // The result of a formula may be a text without characters.
            "str" => Some(Value::Text(unescape(&cell.value).into())),
            "b" => Some(Value::Bool(value == "1" || value == "true")),
            "e" => Some(Value::Error(value.to_owned())),
            "d" => Some(Value::Text(value.into())),
            _ if value.is_empty() && cell.has_formula => Some(Value::Missing),
            _ if value.is_empty() => None,
            _ => value.parse().ok().map(Value::Number),
        };
        if let Some(value) = value {
            let format = self.context.styles.get(cell.style);
            let put = self.sheet.put(cell.at, value, format, self.context.budget);
            self.error = put.err();
        }
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

fn is_on(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|on| on == "1" || on == "true")
}
