//! What a corpus file holds: bytes, their hash, their text.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{Fault, Problem};

/// The SHA-256 of a file's bytes.
pub type ContentHash = [u8; 32];

/// What names the content of a file.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> ContentHash {
    Sha256::digest(bytes).into()
}

/// The text that the bytes of the file at `path` are.
pub(super) fn decoded(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        Problem::new(path, line, Fault::NotUtf8)
    })
}
