//! Unpacks entries of the archive within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::ImportError;

/// Maximum unpacked size of an entry, in bytes.
const LARGEST: u64 = 48 * 1024 * 1024;
/// Maximum number of entries.
const ENTRIES: usize = 10_000;

/// An open archive.
pub(super) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    /// Opens the archive in `bytes`.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], or [`ImportError::TooLarge`] if there are too many entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged("DOCX"))?;
        if archive.len() > ENTRIES {
            return Err(ImportError::TooLarge);
        }
        Ok(Self(archive))
    }

    /// Returns the text of an entry, or `None` if there is no such entry.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], or [`ImportError::TooLarge`] if it exceeds [`LARGEST`].
    pub(super) fn entry(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let Ok(file) = self.0.by_name(name) else {
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
}
