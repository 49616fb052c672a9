//! Reads Word documents (DOCX), including paragraph styles and automatic numbering.
//!
//! A DOCX is a ZIP of XML (ECMA-376). Nothing is unpacked to disk, the unpacked size is limited whatever
//! the header says, document types (and with them entities) are refused, and elements are read as a
//! stream.

mod document;
mod lists;
mod notes;
mod numbers;
mod package;
mod read;
mod styles;
mod table;
mod xml;

pub(super) use self::read::read;

#[cfg(test)]
mod tests;
