//! Word documents (DOCX): paragraphs with their styles and the numbers that Word adds by itself.
//!
//! A DOCX is a ZIP of XML (ECMA-376). Nothing is unpacked to disk, no entry may grow beyond
//! a fixed size whatever its header says, document types (and with them entities) are refused, and
//! elements are read as a stream.

mod archive;
mod document;
mod lists;
mod read;
mod styles;
mod xml;

pub(super) use self::read::read;

#[cfg(test)]
mod tests;
