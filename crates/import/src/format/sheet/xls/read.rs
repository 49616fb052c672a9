//! Turns the records of a workbook into paragraphs.

use std::{
    io::{Cursor, Read as _},
    panic::{AssertUnwindSafe, catch_unwind},
};

use cfb::CompoundFile;

use super::{globals::Globals, worksheet};
use crate::{
    error::ImportError,
    format::sheet::{
        assemble::assemble,
        book::{Budget, Sheet},
    },
    limits::FILE_BYTES,
    split::Split,
};

/// Sheets of a workbook, at most.
const SHEETS: usize = 1_000;
/// Bytes that all sheets together may have; those of a sound file do not overlap.
const BYTES: usize = FILE_BYTES * 2;

/// Reads a workbook; `None` if the compound file holds none.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::Locked`], [`ImportError::TooLarge`], and
/// [`ImportError::Unsupported`] for files older than Excel 97.
pub(in super::super::super) fn read(bytes: &[u8]) -> Option<Result<Split, ImportError>> {
    // cfb and ssfmt are made for sound files; if one panics over another, the file is to blame.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let stream = match stream(bytes)? {
            Ok(stream) => stream,
            Err(error) => return Some(Err(error)),
        };
        Some(workbook(&stream))
    }));
    read.unwrap_or(Some(Err(ImportError::Damaged("XLS"))))
}

/// The stream of the workbook.
fn stream(bytes: &[u8]) -> Option<Result<Vec<u8>, ImportError>> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    // A package of today's formats, encrypted.
    if file.is_stream("/EncryptedPackage") {
        return Some(Err(ImportError::Locked));
    }
    let names = ["/Workbook", "/Book"];
    let name = names.into_iter().find(|name| file.is_stream(name))?;
    let stream = file.open_stream(name).ok()?;
    let mut data = Vec::new();
    let read = stream.take(bytes.len() as u64).read_to_end(&mut data);
    Some(read.map(|_| data).map_err(|_| ImportError::Damaged("XLS")))
}

fn workbook(stream: &[u8]) -> Result<Split, ImportError> {
    let globals = Globals::read(stream)?;
    if globals.sheets.len() > SHEETS {
        return Err(ImportError::TooLarge);
    }
    let mut starts: Vec<usize> = globals.sheets.iter().map(|entry| entry.at).collect();
    starts.sort_unstable();
    let mut left = BYTES;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for entry in &globals.sheets {
        let end = starts.get(starts.partition_point(|start| *start <= entry.at));
        let end = end.copied().unwrap_or(stream.len());
        let records = stream
            .get(entry.at..end)
            .ok_or(ImportError::Damaged("XLS"))?;
        left = left
            .checked_sub(records.len())
            .ok_or(ImportError::TooLarge)?;
        let mut sheet = Sheet {
            name: entry.name.clone(),
            hidden: entry.hidden,
            since_1904: globals.since_1904,
            ..Sheet::default()
        };
        worksheet::read(records, &mut sheet, &globals, &mut budget)?;
        sheets.push(sheet);
    }
    assemble(&sheets, "XLS")
}
