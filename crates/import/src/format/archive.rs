//! Archives of XML, which most formats of today are: DOCX, XLSX, OFD.

use std::io::{Cursor, Read as _};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use zip::{ZipArchive, result::ZipError};

use super::xml::{attribute, walk};
use crate::error::ImportError;

/// Maximum unpacked size of an entry, in bytes.
const LARGEST: u64 = 48 * 1024 * 1024;
/// Maximum unpacked size of all entries that are read, in bytes.
const ALL: u64 = 128 * 1024 * 1024;
/// Maximum number of entries.
const ENTRIES: usize = 10_000;

/// An archive, of which no more is unpacked than [`ALL`].
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What is told if it is damaged.
    format: &'static str,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive of a file of this `format`.
    ///
    /// # Errors
    /// [`ImportError::Damaged`] and [`ImportError::TooLarge`].
    pub(super) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes));
        let zip = zip.map_err(|_| ImportError::Damaged(format))?;
        if zip.len() > ENTRIES {
            return Err(ImportError::TooLarge);
        }
        Ok(Self {
            zip,
            format,
            left: ALL,
        })
    }

    /// The names of all entries.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let names = self.zip.file_names().flatten();
        names.map(|name| name.into_owned())
    }

    /// True if there is an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The text of an entry, or `None` if there is no such entry.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], [`ImportError::Locked`] and [`ImportError::TooLarge`].
    pub(super) fn entry(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ImportError::Locked);
            }
            Err(_) => return Ok(None),
        };
        let limit = LARGEST.min(self.left);
        let mut bytes = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| ImportError::Damaged(self.format))?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(ImportError::TooLarge);
        }
        self.left -= length;
        Ok(Some(encoding(&bytes).decode(&bytes).0.into_owned()))
    }
}

/// The encoding of XML: that of its byte order mark or its first characters, else the one declared.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        _ => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).into_owned();
            let declared = head.split("?>").next().unwrap_or_default();
            let label = declared.split("encoding=").nth(1).unwrap_or_default();
            let label = label.trim_start_matches(['"', '\'']);
            let label = label.split(['"', '\'']).next().unwrap_or_default();
            // UTF-16 would have been seen above.
            Encoding::for_label(label.as_bytes())
                .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
                .unwrap_or(UTF_8)
        }
    }
}

/// How a part of an office file is related to another.
pub(super) struct Relation {
    /// The name by which the part refers to it.
    pub(super) id: String,
    /// The last word of its type: `worksheet`.
    pub(super) kind: String,
    /// Its name in the archive.
    pub(super) name: String,
}

/// The relationships of a part (ECMA-376 part 2, 9.3).
///
/// # Errors
/// As for [`walk`].
pub(super) fn relations(
    format: &'static str,
    xml: &str,
    folder: &str,
) -> Result<Vec<Relation>, ImportError> {
    let mut relations = Vec::new();
    walk(format, xml, |tag, _| {
        if let Some(("Relationship", tag, true)) = tag {
            let kind = attribute(tag, "Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = attribute(tag, "Target").unwrap_or_default();
            let name = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{target}"),
            };
            relations.push(Relation {
                id: attribute(tag, "Id").unwrap_or_default(),
                kind,
                name,
            });
        }
    })?;
    Ok(relations)
}
