//! Turns a file into paragraphs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wenzheng_text::han::is_han;

use super::{
    assemble::assemble,
    fonts::fonts,
    load::load,
    page::{Budget, Page},
};
use crate::{error::ImportError, line_join::Line, split::Split};

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
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let mut unreadable = 0;
    for page in document.page_iter().take(PAGES) {
        let fonts = fonts(&document, page);
        let mut reader = Page::new(&document, &fonts)?;
        reader.read(&document, page, &mut budget)?;
        unreadable += reader.unreadable;
        pages.push(reader.lines());
    }
    let han = |line: &Line| line.text.chars().filter(|c| is_han(*c)).count();
    let readable: usize = pages.iter().flatten().map(han).sum();
    if pages.is_empty() {
        return Err(ImportError::Damaged("PDF"));
    }
    if readable < LEAST * pages.len() || unreadable > readable * 2 {
        return Err(ImportError::Scanned);
    }
    Ok(assemble(pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert_eq!(read(b"%PDF-1.7\n").err(), Some(ImportError::Damaged("PDF")));
    }
}
