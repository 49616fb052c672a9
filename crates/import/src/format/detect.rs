//! Detects the format of a file by its content; file names are unreliable.

use std::{borrow::Cow, path::Path};

use super::{
    archive::Archive, contents, decode, docx, html, jsonl, mime, ofd, pdf, sheet, text, unsupported,
};
use crate::{error::ImportError, limits::TEXT_CHARS, split::Split};

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
    let (mut split, encoding) = by_content(bytes, file)?;
    contents::leave_out(&mut split);
    Ok((split, encoding))
}

fn by_content(bytes: &[u8], file: Option<&Path>) -> Result<(Split, &'static str), ImportError> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok((pdf::read(bytes)?, "PDF"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0")
        && let Some(split) = sheet::read_xls(bytes)
    {
        return Ok((split?, "XLS"));
    }
    unsupported::check_bytes(bytes, file)?;
    if mime::is_mime(bytes) {
        let page = mime::page(bytes)?;
        let decoded = html::decode(&page.bytes, page.charset.as_deref());
        return Ok((html::read(&decoded.text)?, decoded.encoding));
    }
    let named_page = file.and_then(Path::extension).is_some_and(|ext| {
        ["html", "htm", "shtml", "xhtml"]
            .iter()
            .any(|page| ext == *page)
    });
    if html::is_html(bytes) || named_page && head.contains(&b'<') {
        let decoded = html::decode(bytes, None);
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
    unsupported::check_text(&decoded.text, file)?;
    Ok((text::read(&lines(&decoded.text)), decoded.encoding))
}

/// Reads an archive by what is in it.
fn archive(bytes: &[u8]) -> Result<(Split, &'static str), ImportError> {
    let archive = Archive::open(bytes, "DOCX")?;
    let holds = |start: &str| archive.names().any(|name| name.starts_with(start));
    if holds("word/") {
        Ok((docx::read(bytes)?, "DOCX"))
    } else if holds("OFD.xml") {
        Ok((ofd::read(bytes)?, "OFD"))
    } else if holds("xl/") {
        Ok((sheet::read_xlsx(bytes)?, "XLSX"))
    } else {
        Ok((docx::read(bytes)?, "DOCX"))
    }
}

/// Old Macs end lines with CR alone, and other programs with signs that no other ends them with.
fn lines(text: &str) -> Cow<'_, str> {
    const ENDS: [char; 5] = ['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];
    if text.contains(ENDS) {
        Cow::Owned(text.replace("\r\n", "\n").replace(ENDS, "\n"))
    } else {
        Cow::Borrowed(text)
    }
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
        assert!(matches!(
            refused(b"\x89PNG\r\n"),
            Some(ImportError::Unsupported { what: "图片", .. })
        ));
        assert_eq!(refused(&[1; 300]), Some(ImportError::Binary));
        assert_eq!(refused(b"PK\x03\x04"), Some(ImportError::Damaged("DOCX")));
        assert_eq!(refused(b"%PDF-1.4"), Some(ImportError::Damaged("PDF")));
    }

    #[test]
    fn office_files_are_told_by_what_is_in_them() {
        let told = |bytes: &[u8]| read(bytes, None).map(|(_, format)| format);
        let xlsx = include_bytes!("../../tests/sheets/openpyxl.xlsx");
        let xls = include_bytes!("../../tests/sheets/xlwt.xls");
        let locked = include_bytes!("../../tests/sheets/locked.xlsx");
        let ofd = include_bytes!("../../../../tests/fixtures/formats/ofdrw.ofd");
        let docx = include_bytes!("../../../../tests/fixtures/formats/word.docx");
        assert_eq!(told(xlsx), Ok("XLSX"));
        assert_eq!(told(xls), Ok("XLS"));
        assert_eq!(told(ofd), Ok("OFD"));
        assert_eq!(told(docx), Ok("DOCX"));
        assert_eq!(told(locked), Err(ImportError::Locked));
    }

    #[test]
    fn lines_end_as_in_every_system() {
        for end in ["\n", "\r\n", "\r", "\u{2028}"] {
            let text = format!("各位代表：{end}坚持不懈。{end}");
            let (split, _) = read(text.as_bytes(), None).expect("text");
            assert_eq!(split.paragraphs.len(), 2, "{end:?}");
            assert_eq!(split.paragraphs[1].line, 2, "{end:?}");
        }
    }
}
