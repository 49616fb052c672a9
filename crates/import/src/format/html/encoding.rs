//! Recognises web pages and their encoding.

use encoding_rs::Encoding;

use super::super::decode::{self, Decoded};

/// True if `bytes` begin like a web page.
pub(in super::super) fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|start| head.starts_with(start))
        || (head.starts_with('<') && head.contains("<html"))
}

/// Decodes a page by its declared encoding if that is valid, else by guessing.
pub(in super::super) fn decode(bytes: &[u8]) -> Decoded {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match named {
        // Pages that say GB 2312 and hold UTF-8, or the other way round, are common.
        Some(encoding) if Encoding::for_bom(bytes).is_none() && !encoding.decode(bytes).2 => {
            Decoded {
                text: encoding.decode(bytes).0.into_owned(),
                encoding: encoding.name(),
            }
        }
        _ => decode::decode(bytes),
    }
}
