//! Reads PDFs with a text layer: lines by position on the page, joined into paragraphs.
//!
//! lopdf reads objects and font encodings; the drawing operations are interpreted here as far as text
//! needs it (ISO 32000-1, 9.4). Running heads, page numbers and line breaks are removed. Scans are
//! refused with advice: text that was guessed must not be quoted.

mod assemble;
mod columns;
mod continued;
mod fonts;
mod matrix;
mod order;
mod page;
mod path;
mod read;
mod ruled;
mod run;
mod table;

pub(super) use self::read::read;

#[cfg(test)]
mod tests;
