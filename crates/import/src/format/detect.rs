//! Detects the format of a file by its content; file names are unreliable.

use std::path::Path;

use super::{decode, docx, html, jsonl, pdf, text};
use crate::{error::ImportError, limits::TEXT_CHARS, split::Split};

/// First bytes of formats that hold no text.
const BINARY: [&[u8]; 8] = [
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\x7fELF",
    b"Rar!",
];
/// A file with more control characters per thousand is not text.
const CONTROLS: usize = 20;

/// Reads `bytes`; the name of `file` only decides where the content does not.
///
/// # Errors
/// As for [`import`](crate::import).
pub(crate) fn read(
    bytes: &[u8],
    file: Option<&Path>,
) -> Result<(Split, &'static str), ImportError> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok((pdf::read(bytes)?, "PDF"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok((docx::read(bytes)?, "DOCX"));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") || bytes.starts_with(b"{\\rtf") {
        return Err(ImportError::OldWord);
    }
    let named_text = file
        .and_then(Path::extension)
        .is_some_and(|ext| ext == "txt" || ext == "md");
    if !named_text && BINARY.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(ImportError::Binary);
    }
    if html::is_html(bytes) {
        let decoded = html::decode(bytes);
        return Ok((html::read(&decoded.text)?, decoded.encoding));
    }
    let decoded = decode::decode(bytes);
    if is_binary(&decoded.text) {
        return Err(ImportError::Binary);
    }
    if jsonl::is_jsonl(&decoded.text) {
        return Ok((jsonl::read(&decoded.text), decoded.encoding));
    }
    if decoded.text.chars().nth(TEXT_CHARS * 2).is_some() {
        return Err(ImportError::TooLarge);
    }
    Ok((text::read(&decoded.text), decoded.encoding))
}

/// True for content that is not text in any encoding.
fn is_binary(text: &str) -> bool {
    let (mut controls, mut all) = (0, 0);
    for c in text.chars().take(20_000) {
        all += 1;
        controls += usize::from(c.is_control() && !c.is_whitespace());
    }
    all > 200 && controls * 1000 > all * CONTROLS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_quoted_is_refused_with_advice() {
        let refused = |bytes: &[u8]| read(bytes, None).err();
        assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1"), Some(ImportError::OldWord));
        assert_eq!(refused(b"{\\rtf1"), Some(ImportError::OldWord));
        assert_eq!(refused(b"\x89PNG\r\n"), Some(ImportError::Binary));
        assert_eq!(refused(&[1; 300]), Some(ImportError::Binary));
        assert_eq!(refused(b"PK\x03\x04"), Some(ImportError::Damaged("DOCX")));
        assert_eq!(refused(b"%PDF-1.4"), Some(ImportError::Damaged("PDF")));
    }
}
