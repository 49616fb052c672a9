//! Turns the archive of a workbook into paragraphs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    strings, styles,
    workbook::Workbook,
    worksheet::{Context, Worksheet},
};
use crate::{
    error::ImportError,
    format::{
        archive::Archive,
        sheet::{
            assemble::assemble,
            book::{Budget, Sheet},
            styles::Styles,
        },
    },
    split::Split,
};

/// Reads a workbook.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::TooLarge`], [`ImportError::Locked`], and
/// [`ImportError::Unsupported`] for binary workbooks (XLSB).
pub(in super::super::super) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    // ssfmt is made for sound formats; if it panics over others, the file is to blame.
    catch_unwind(AssertUnwindSafe(|| workbook(bytes))).unwrap_or(Err(ImportError::Damaged("XLSX")))
}

fn workbook(bytes: &[u8]) -> Result<Split, ImportError> {
    let mut archive = Archive::open(bytes, "XLSX")?;
    let workbook = Workbook::read(&mut archive)?;
    let styles = match workbook.part(&mut archive, "styles")? {
        Some(xml) => styles::read(&xml)?,
        None => Styles::default(),
    };
    let strings = match workbook.part(&mut archive, "sharedStrings")? {
        Some(xml) => strings::read(&xml)?,
        None => Vec::new(),
    };
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for entry in &workbook.sheets {
        // Charts are sheets as well, without cells.
        let Some(xml) = archive.entry(&entry.part)? else {
            continue;
        };
        let sheet = Sheet {
            name: entry.name.clone(),
            hidden: entry.hidden,
            since_1904: workbook.since_1904,
            ..Sheet::default()
        };
        let context = Context {
            styles: &styles,
            strings: &strings,
            budget: &mut budget,
        };
        sheets.push(Worksheet::new(sheet, context).read(&xml)?);
    }
    assemble(&sheets, "XLSX")
}
