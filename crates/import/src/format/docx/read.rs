//! Turns an archive into paragraphs.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{document::Document, lists::Lists, styles::Styles};
use crate::{error::ImportError, split::Split};

/// Maximum unpacked size of an entry, in bytes.
const LARGEST: u64 = 48 * 1024 * 1024;
/// Maximum number of entries.
const ENTRIES: usize = 10_000;

/// Reads the paragraphs of a document.
///
/// # Errors
/// [`ImportError::Damaged`] if the archive or its XML cannot be read, [`ImportError::TooLarge`] if an
/// entry is larger than any report, [`ImportError::NotWord`] if there is no document in it.
pub(in super::super) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    let archive = ZipArchive::new(Cursor::new(bytes));
    let mut archive = archive.map_err(|_| ImportError::Damaged("DOCX"))?;
    if archive.len() > ENTRIES {
        return Err(ImportError::TooLarge);
    }
    let mut entry = |name| entry(&mut archive, name);
    let styles = entry("word/styles.xml")?.map(|xml| Styles::read(&xml));
    let styles = styles.transpose()?.unwrap_or_default();
    let lists = entry("word/numbering.xml")?.map(|xml| Lists::read(&xml));
    let lists = lists.transpose()?.unwrap_or_default();
    let body = entry("word/document.xml")?.ok_or(ImportError::NotWord)?;
    let mut document = Document::new(styles, lists);
    document.read(&body)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = entry(notes)? {
            document.notes(&xml)?;
        }
    }
    Ok(document.split)
}

/// Returns the text of an entry, or `None` if there is no such entry.
fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<String>, ImportError> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| ImportError::Damaged("DOCX"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(ImportError::TooLarge);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
