//! Web pages saved as one file (MHT), which browsers and Word write, Word also as .doc.
//!
//! Such a file is a mail (RFC 2557): parts between boundaries, the page among them, its bytes as
//! quoted-printable or base64.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::error::ImportError;

/// Parts within parts that are followed.
const DEEPEST: usize = 4;
/// Maximum number of parts.
const PARTS: usize = 2_000;
/// Bytes that the headers of a part may take.
const HEADERS: usize = 64 * 1024;

/// The page of a file, and the encoding that the mail names.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    pub(super) charset: Option<String>,
}

/// True if `bytes` begin with the headers of a mail.
pub(super) fn is_mime(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', '\r', '\n']);
    let first = head.split([':', '\n', ' ']).next().unwrap_or_default();
    let named = first.len() > 2 && first.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    let names = |line: &str| line.starts_with("mime-version:") || line.starts_with("content-type:");
    named && head.lines().take_while(|line| !line.is_empty()).any(names)
}

/// The page of a saved file.
///
/// # Errors
/// [`ImportError::Unsupported`] for a mail without a page.
pub(super) fn page(bytes: &[u8]) -> Result<Page, ImportError> {
    let mut parts = PARTS;
    find(bytes, 0, &mut parts).ok_or(ImportError::Unsupported {
        what: "邮件或没有网页的 MHT 文件",
        remedy: "请打开它，把正文另存为网页（.html）、文本（.txt）或 .docx 再试",
    })
}

fn find(part: &[u8], depth: usize, parts: &mut usize) -> Option<Page> {
    *parts = parts.checked_sub(1)?;
    let (headers, body) = headers(part);
    let kind = value(&headers, "content-type");
    let lower = kind.to_lowercase();
    if lower.starts_with("multipart/") && depth < DEEPEST {
        let boundary = format!("--{}", parameter(&kind, "boundary")?);
        return split(body, boundary.as_bytes())
            .into_iter()
            .find_map(|part| find(part, depth + 1, parts));
    }
    lower.starts_with("text/html").then(|| Page {
        bytes: decoded(
            body,
            &value(&headers, "content-transfer-encoding").to_lowercase(),
        ),
        charset: parameter(&kind, "charset"),
    })
}

/// The header lines of a part, folded ones joined, and what stands below them.
fn headers(part: &[u8]) -> (Vec<String>, &[u8]) {
    let mut headers: Vec<String> = Vec::new();
    let mut at = 0;
    while at < part.len().min(HEADERS) {
        let end = part[at..].iter().position(|byte| *byte == b'\n');
        let end = end.map_or(part.len(), |end| at + end + 1);
        let line = String::from_utf8_lossy(&part[at..end]);
        let line = line.trim_end();
        at = end;
        if line.is_empty() {
            if headers.is_empty() {
                continue;
            }
            break;
        }
        match headers.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line.trim_start()),
            _ => headers.push(line.to_owned()),
        }
    }
    (headers, &part[at..])
}

fn value(headers: &[String], name: &str) -> String {
    let mut named = headers.iter().filter_map(|header| header.split_once(':'));
    named
        .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
        .map_or_else(String::new, |(_, value)| value.trim().to_owned())
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let named = key.trim().eq_ignore_ascii_case(name);
        named.then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// The parts of a body between lines that begin with `boundary`.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() {
        let end = body[at..].iter().position(|byte| *byte == b'\n');
        let end = end.map_or(body.len(), |end| at + end + 1);
        if body[at..end].starts_with(boundary) {
            parts.extend(start.map(|start| &body[start..at]));
            start = Some(end);
        }
        at = end;
    }
    parts.extend(start.map(|start| &body[start..]));
    parts
}

fn decoded(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding {
        "quoted-printable" => quoted_printable(body),
        "base64" => {
            let packed: Vec<u8> = body
                .iter()
                .copied()
                .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
                .collect();
            STANDARD.decode(packed).unwrap_or_default()
        }
        _ => body.to_owned(),
    }
}

/// Decodes `=E4=BD=8E`, and joins lines that end in `=` (RFC 2045, 6.7).
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        let rest = &body[at + 1..];
        at += 1;
        if *byte != b'=' {
            out.push(*byte);
        } else if rest.starts_with(b"\r\n") {
            at += 2;
        } else if rest.starts_with(b"\n") {
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(rest.first()), digit(rest.get(1))) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 2;
        } else {
            out.push(b'=');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MHT: &str = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n----b\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><p title=3D\"a\">=E4=BD=8E=E4=\r\n=BF=9D</p></html>\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n----b--\r\n";

    #[test]
    fn the_page_is_found_among_the_parts() {
        assert!(is_mime(MHT.as_bytes()));
        let page = page(MHT.as_bytes()).expect("there is one");
        let text = String::from_utf8_lossy(&page.bytes);
        assert_eq!(text.trim(), "<html><p title=\"a\">低保</p></html>");
        assert_eq!(page.charset.as_deref(), Some("utf-8"));
    }

    #[test]
    fn a_mail_without_a_page_is_named() {
        let mail = b"MIME-Version: 1.0\nContent-Type: text/plain\n\n\xe5\x90\x84";
        assert!(is_mime(mail));
        assert!(matches!(page(mail), Err(ImportError::Unsupported { .. })));
        assert!(!is_mime("各位代表：\nContent-Type: 甲".as_bytes()));
        assert!(!is_mime("Note: 甲\n\nMIME-Version: 1.0".as_bytes()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_are_decoded(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = page(&bytes);
            let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'=').collect();
            prop_assert_eq!(quoted_printable(&plain), plain);
        }
    }
}
