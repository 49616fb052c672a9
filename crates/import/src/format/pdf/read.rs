//! Loads the objects of a file within limits, and turns them into paragraphs.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
};

use lopdf::{Document, FilterFunc, LoadOptions, Object, ObjectId};
use wenzheng_text::han::is_han;

use super::{
    fonts::scopes,
    page::{Budget, Page},
};
use crate::{
    error::ImportError,
    format::placed::{Item, PageText, assemble},
    split::Split,
};

/// Maximum unpacked size of an object stream, in bytes: objects take fifty times their length.
const OBJECT_STREAM: usize = 2 * 1024 * 1024;
/// Maximum number of objects; a report has a few thousand.
const OBJECTS: usize = 150_000;

thread_local! {
    /// Remaining objects of the file being loaded.
    static OBJECTS_LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Maximum number of pages read; reports have about thirty.
const PAGES: usize = 2_000;
/// Chinese characters that a page must have on average; otherwise the file is a scan.
const LEAST: usize = 20;

/// Reads the paragraphs of a file.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::Locked`], [`ImportError::Scanned`] or
/// [`ImportError::TooLarge`].
pub(in super::super) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    // lopdf handles hostile files well; if it panics all the same, the file is to blame.
    catch_unwind(AssertUnwindSafe(|| paragraphs(bytes))).unwrap_or(Err(ImportError::Damaged("PDF")))
}

fn paragraphs(bytes: &[u8]) -> Result<Split, ImportError> {
    let document = load(bytes)?;
    if document.is_encrypted() {
        return Err(ImportError::Locked);
    }
    let mut budget = Budget::default();
    let mut pages: Vec<PageText> = Vec::new();
    let (mut unreadable, mut readable) = (0, 0);
    for page in document.page_iter().take(PAGES) {
        let scopes = scopes(&document, page);
        let mut reader = Page::new(&document, &scopes)?;
        reader.read(page, &mut budget)?;
        unreadable += reader.unreadable;
        let (items, across) = reader.items();
        let han: usize = items.iter().map(chinese).sum();
        readable += han;
        pages.push(PageText {
            items,
            across,
            scanned: han == 0 && scopes.iter().any(|scope| scope.pictures),
        });
    }
    if pages.is_empty() {
        return Err(ImportError::Damaged("PDF"));
    }
    // A page that is a picture is told; a file of such pages is a scan.
    let scanned = pages.iter().filter(|page| page.scanned).count();
    let written = pages.len() - scanned.min(pages.len() / 2);
    if readable < LEAST * written || unreadable > readable * 2 {
        return Err(ImportError::Scanned);
    }
    Ok(assemble(pages))
}

/// Number of Chinese characters.
fn chinese(item: &Item) -> usize {
    let han = |text: &str| text.chars().filter(|c| is_han(*c)).count();
    match item {
        Item::Line(line) => han(&line.text),
        Item::Table(table) => {
            let cells = table.grid.rows.iter().flatten();
            cells
                .flat_map(|cell| &cell.pieces)
                .map(|piece| han(&piece.text))
                .sum()
        }
    }
}

/// Loads a file of at most [`OBJECTS`] objects.
fn load(bytes: &[u8]) -> Result<Document, ImportError> {
    let document = load_filtered(bytes, Some(counted))?;
    if OBJECTS_LEFT.get() == 0 {
        return Err(ImportError::TooLarge);
    }
    // lopdf rebuilds a lost page tree only if no filter is set.
    if document.page_iter().next().is_none() && !document.is_encrypted() {
        return load_filtered(bytes, None);
    }
    Ok(document)
}

fn load_filtered(bytes: &[u8], filter: Option<FilterFunc>) -> Result<Document, ImportError> {
    OBJECTS_LEFT.set(OBJECTS);
    let options = LoadOptions {
        max_decompressed_size: Some(OBJECT_STREAM),
        filter,
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decompress(_) => ImportError::TooLarge,
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => ImportError::Locked,
        _ => ImportError::Damaged("PDF"),
    })
}

/// Filter that passes objects until the budget is used up.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = OBJECTS_LEFT.get();
    OBJECTS_LEFT.set(left.saturating_sub(1));
    (left > 0).then(|| (id, std::mem::replace(object, Object::Null)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert_eq!(read(b"%PDF-1.7\n").err(), Some(ImportError::Damaged("PDF")));
    }
}
