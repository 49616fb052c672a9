//! Fonts and their encodings.

use std::collections::BTreeMap;

use encoding_rs::GB18030;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use crate::error::ImportError;

/// Maximum unpacked size of a stream, in bytes.
const STREAM: usize = 16 * 1024 * 1024;

/// Decoder of a font's bytes.
pub(super) enum Font<'a> {
    /// An encoding of its own.
    Encoding(Encoding<'a>),
    /// GBK-EUC-H and the like.
    Gbk,
    /// Cannot be decoded.
    Unreadable,
}

impl Font<'_> {
    /// Decodes `bytes`; `None` if the font does not allow it.
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
    /// Resource name on the page.
    pub(super) name: Vec<u8>,
    /// Without `Encoding` if there is a `ToUnicode` map.
    dictionary: Dictionary,
    pub(super) bold: bool,
    /// Maps to glyphs only.
    unreadable: bool,
}

/// Returns the fonts of a page. `ToUnicode` maps take precedence over glyph names, since generated
/// fonts (Type 3) name their glyphs g1, g2, ….
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

/// Returns the decoder of a font.
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
