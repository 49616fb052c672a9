//! The fonts of a page, and what their bytes mean.

use std::collections::BTreeMap;

use encoding_rs::GB18030;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use crate::error::ImportError;

/// Bytes that one stream of the file may have when unpacked.
const STREAM: usize = 16 * 1024 * 1024;

/// How bytes of a font become text.
pub(super) enum Font<'a> {
    /// By a table of its own.
    Encoding(Encoding<'a>),
    /// GBK-EUC-H and the like.
    Gbk,
    /// Not at all.
    Unreadable,
}

impl Font<'_> {
    /// The text that `bytes` show; `None` when the font does not tell.
    pub(super) fn decode(&self, bytes: &[u8]) -> Option<String> {
        match self {
            Font::Encoding(encoding) => encoding.bytes_to_string(bytes).ok(),
            Font::Gbk => Some(GB18030.decode_without_bom_handling(bytes).0.into_owned()),
            Font::Unreadable => None,
        }
    }
}

/// A font of a page.
pub(super) struct FontFile {
    /// As the page calls it.
    pub(super) name: Vec<u8>,
    /// Without `Encoding` where `ToUnicode` tells better.
    dictionary: Dictionary,
    pub(super) bold: bool,
    /// Names glyphs and nothing else.
    unreadable: bool,
}

/// The fonts of a page. What a font maps to Unicode goes before how it names its glyphs: fonts that
/// a printer made up (Type 3) name them g1, g2, ….
pub(super) fn fonts(document: &Document, page: ObjectId) -> Vec<FontFile> {
    let found: BTreeMap<Vec<u8>, &Dictionary> = document.get_page_fonts(page).unwrap_or_default();
    let font = |(name, font): (Vec<u8>, &Dictionary)| {
        let value = |key: &[u8]| {
            font.get_deref(key, document)
                .and_then(Object::as_name)
                .unwrap_or_default()
        };
        let base = String::from_utf8_lossy(value(b"BaseFont")).to_lowercase();
        let mapped = font
            .get_deref(b"ToUnicode", document)
            .is_ok_and(|map| map.as_stream().is_ok());
        let glyphs = value(b"Encoding").starts_with(b"Identity") || value(b"Subtype") == b"Type3";
        let mut dictionary = font.clone();
        if mapped {
            dictionary.remove(b"Encoding");
            dictionary.set("Type", Object::Name(b"Font".to_vec()));
        }
        FontFile {
            name,
            dictionary,
            bold: ["bold", "hei", "黑", "xiaobiaosong"]
                .iter()
                .any(|word| base.contains(word)),
            unreadable: glyphs && !mapped,
        }
    };
    found.into_iter().map(font).collect()
}

/// How to read a font's bytes.
pub(super) fn font_reader<'a>(
    document: &'a Document,
    font: &'a FontFile,
) -> Result<Font<'a>, ImportError> {
    if font.unreadable {
        return Ok(Font::Unreadable);
    }
    match font
        .dictionary
        .get_font_encoding_with_limit(document, STREAM)
    {
        Ok(Encoding::SimpleEncoding(name)) if is_gbk(name) => Ok(Font::Gbk),
        Ok(encoding) => Ok(Font::Encoding(encoding)),
        Err(lopdf::Error::Decompress(_)) => Err(ImportError::TooLarge),
        Err(_) => Ok(Font::Unreadable),
    }
}

fn is_gbk(name: &[u8]) -> bool {
    name.starts_with(b"GB") || name.starts_with(b"gb")
}
