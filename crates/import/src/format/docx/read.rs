//! Turns an archive into paragraphs.

use super::{archive::Archive, document::Document, lists::Lists, styles::Styles};
use crate::{error::ImportError, split::Split};

/// Reads the paragraphs of a document.
///
/// # Errors
/// [`ImportError::Damaged`] if the archive or its XML cannot be read, [`ImportError::TooLarge`] if an
/// entry is larger than any report, [`ImportError::NotWord`] if there is no document in it.
pub(in super::super) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let styles = archive
        .entry("word/styles.xml")?
        .map_or_else(|| Ok(Styles::default()), |xml| Styles::read(&xml))?;
    let lists = archive
        .entry("word/numbering.xml")?
        .map_or_else(|| Ok(Lists::default()), |xml| Lists::read(&xml))?;
    let body = archive
        .entry("word/document.xml")?
        .ok_or(ImportError::NotWord)?;
    let mut document = Document::new(styles, lists);
    document.read(&body)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = archive.entry(notes)? {
            document.notes(&xml)?;
        }
    }
    Ok(document.finish())
}
