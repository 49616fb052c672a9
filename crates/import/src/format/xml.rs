//! Streams XML element by element.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use crate::error::ImportError;

/// Maximum nesting.
const DEEPEST: usize = 256;

/// Calls `on` for every start tag (`true`), end tag (`false`) and text (`None`) of a file of this
/// `format`.
///
/// # Errors
/// [`ImportError::Damaged`] if it is not well-formed, nested too deeply, or has a document type.
pub(super) fn walk(
    format: &'static str,
    xml: &str,
    mut on: impl FnMut(Option<(&str, &BytesStart<'_>, bool)>, &str),
) -> Result<(), ImportError> {
    let damaged = |_| ImportError::Damaged(format);
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(ImportError::Damaged(format));
                }
                on(Some((local(&tag), &tag, true)), "");
            }
            Event::Empty(tag) => {
                on(Some((local(&tag), &tag, true)), "");
                on(Some((local(&tag), &tag, false)), "");
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                let name = tag.local_name();
                let name: &str = name.as_ref();
                on(Some((name, &BytesStart::new(name.to_owned()), false)), "");
            }
            Event::Text(text) => on(None, &text.xml_content(XmlVersion::Explicit1_0)),
            Event::CData(text) => on(None, &text.xml_content(XmlVersion::Explicit1_0)),
            Event::GeneralRef(reference) => {
                if let Some(c) = resolve(&reference) {
                    on(None, c.encode_utf8(&mut [0; 4]));
                }
            }
            // Custom entities are how small files become large.
            Event::DocType(_) => return Err(ImportError::Damaged(format)),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match reference.xml_content(XmlVersion::Explicit1_0).as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn local<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    let name: &'a str = tag.name().0;
    name.rsplit(':').next().unwrap_or(name)
}

/// Returns an attribute by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    find(tag, |key| key.rsplit(':').next() == Some(name))
}

/// Returns an attribute whose name has a prefix: `r:id` beside `id`.
pub(super) fn prefixed_attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    find(tag, |key| {
        key.split_once(':').is_some_and(|(_, local)| local == name)
    })
}

fn find(tag: &BytesStart<'_>, matches: impl Fn(&str) -> bool) -> Option<String> {
    // To look for doubles would take a time that grows with the square of their number.
    let mut attributes = tag.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .find_map(|attribute| {
            let key: &str = attribute.key.0;
            matches(key)
                .then(|| attribute.normalized_value(XmlVersion::Explicit1_0).ok())
                .flatten()
                .map(|value| value.into_owned())
        })
}
