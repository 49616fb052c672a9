//! Reads PDFs with a text layer: lines by position on the page, joined into paragraphs.
//!
//! lopdf reads objects and font encodings; the drawing operations are interpreted here as far as text
//! needs it (ISO 32000-1, 9.4). Running heads, page numbers and line breaks are removed. Scans are
//! refused with advice: text that was guessed must not be quoted.

mod fonts;
mod page;
mod read;

pub(super) use self::read::read;

#[cfg(test)]
mod tests;
