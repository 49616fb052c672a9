//! Fonts and their encodings.

use std::collections::HashMap;

use encoding_rs::GB18030;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

use crate::error::ImportError;

/// Maximum unpacked size of a stream, in bytes.
const STREAM: usize = 16 * 1024 * 1024;

/// Maximum number of forms on a page.
const SCOPES: usize = 200;

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

/// What the names in drawing operations stand for: on a page, or in a form that is drawn on it.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) fonts: Vec<FontFile>,
    /// Forms by name: the object, and the index of its scope.
    pub(super) forms: HashMap<Vec<u8>, (ObjectId, usize)>,
    /// True if there is a picture.
    pub(super) pictures: bool,
}

/// The scope of a page, and those of the forms drawn on it, at most [`SCOPES`].
pub(super) fn scopes(document: &Document, page: ObjectId) -> Vec<Scope> {
    let Ok((direct, referenced)) = document.get_page_resources(page) else {
        return vec![Scope::default()];
    };
    let referenced = referenced
        .iter()
        .filter_map(|id| document.get_dictionary(*id).ok());
    let mut resources: Vec<Vec<&Dictionary>> = vec![direct.into_iter().chain(referenced).collect()];
    let mut scopes: Vec<Scope> = Vec::new();
    let mut known: HashMap<ObjectId, usize> = HashMap::new();
    while let Some(own) = resources.get(scopes.len()).cloned() {
        let mut scope = Scope {
            fonts: fonts(document, &own),
            ..Scope::default()
        };
        for (name, object) in entries(document, &own, b"XObject") {
            let Ok((Some(id), Object::Stream(stream))) = document.dereference(object) else {
                continue;
            };
            match stream
                .dict
                .get_deref(b"Subtype", document)
                .and_then(Object::as_name)
            {
                Ok(b"Image") => scope.pictures = true,
                Ok(b"Form") if known.contains_key(&id) || resources.len() < SCOPES => {
                    let of = *known.entry(id).or_insert_with(|| {
                        let form = stream.dict.get_deref(b"Resources", document);
                        let form = form.and_then(Object::as_dict).ok();
                        // Old files leave it to the page to name what their forms use.
                        resources.push(form.map_or_else(|| own.clone(), |form| vec![form]));
                        resources.len() - 1
                    });
                    scope.forms.insert(name.clone(), (id, of));
                }
                _ => {}
            }
        }
        scopes.push(scope);
    }
    scopes
}

/// The entries of one category of resources; the nearest dictionary that has a name counts.
fn entries<'a>(
    document: &'a Document,
    resources: &[&'a Dictionary],
    category: &[u8],
) -> HashMap<&'a Vec<u8>, &'a Object> {
    let mut found = HashMap::new();
    for dictionary in resources {
        let named = dictionary
            .get_deref(category, document)
            .and_then(Object::as_dict);
        for (name, object) in named.into_iter().flat_map(Dictionary::iter) {
            found.entry(name).or_insert(object);
        }
    }
    found
}

/// The fonts among `resources`. `ToUnicode` maps take precedence over glyph names, since generated
/// fonts (Type 3) name their glyphs g1, g2, ….
fn fonts(document: &Document, resources: &[&Dictionary]) -> Vec<FontFile> {
    let found = entries(document, resources, b"Font");
    let found = found.into_iter().filter_map(|(name, font)| {
        let font = document.dereference(font).ok()?.1.as_dict().ok()?;
        Some((name.clone(), font))
    });
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
    found.map(font).collect()
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
