//! Reads OFD, the page format of Chinese offices (GB/T 33190-2016), by its text.
//!
//! An OFD is a ZIP of XML that places text on pages in millimetres. Fonts may hold glyphs alone; the
//! text is in Unicode. Lines, tables and paragraphs are found as in PDFs. Annotations, signatures and
//! attachments are not read.

mod page;
mod read;
mod text;

pub(super) use self::read::read;

#[cfg(test)]
mod tests;
