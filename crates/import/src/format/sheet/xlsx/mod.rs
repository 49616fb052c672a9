//! Workbooks as archives of XML (ECMA-376, SpreadsheetML).

mod read;
mod strings;
mod styles;
mod workbook;
mod worksheet;

pub(in super::super) use self::read::read;
