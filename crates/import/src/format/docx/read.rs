//! Turns an archive into paragraphs.

use super::{document::Document, lists::Lists, package::Package, styles::Styles};
use crate::{error::ImportError, split::Split};

/// Reads the paragraphs of a document.
///
/// # Errors
/// [`ImportError::Damaged`] if the archive or its XML cannot be read, [`ImportError::TooLarge`] if an
/// entry is larger than any report, [`ImportError::NotWord`] or [`ImportError::Unsupported`] if there is
/// no document in it.
pub(in super::super) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    let mut package = Package::open(bytes)?;
    let styles = package.part("styles")?.map(|xml| Styles::read(&xml));
    let styles = styles.transpose()?.unwrap_or_default();
    let lists = package.part("numbering")?.map(|xml| Lists::read(&xml));
    let lists = lists.transpose()?.unwrap_or_default();
    let main = package.main.clone();
    let body = package.entry(&main)?.ok_or(ImportError::NotWord)?;
    let mut document = Document::new(styles, lists);
    document.read(&body)?;
    for notes in ["footnotes", "endnotes"] {
        if let Some(xml) = package.part(notes)? {
            document.notes(&xml)?;
        }
    }
    Ok(document.split)
}
