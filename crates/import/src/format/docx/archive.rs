//! The entries of the archive, unpacked within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::ImportError;

/// Bytes that one entry may have when unpacked.
const LARGEST: u64 = 48 * 1024 * 1024;
/// Entries that an archive may have.
const ENTRIES: usize = 10_000;

/// The archive of a document.
pub(super) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    /// Opens the archive in `bytes`.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], or [`ImportError::TooLarge`] when it has too many entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged("DOCX"))?;
        if archive.len() > ENTRIES {
            return Err(ImportError::TooLarge);
        }
        Ok(Self(archive))
    }

    /// The text of an entry; `None` when there is none of that name.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], or [`ImportError::TooLarge`] when it grows beyond [`LARGEST`].
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
