//! The XML of WeChat and WeCom: one element with fields as its children.
//!
//! ```xml
//! <xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[低保]]></Content></xml>
//! ```
//!
//! Parsed defensively: no document type (so no custom entities), no entities but the five
//! predefined ones, limited depth. The size is limited where the body is read.

use std::collections::HashMap;

use quick_xml::{Reader, escape::resolve_xml_entity, events::Event};

/// Maximum nesting depth; real messages have at most four levels (locations, scanned codes).
const DEPTH: usize = 16;

/// Why a body is not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum XmlError {
    /// Not UTF-8, not well-formed, truncated, or not an `<xml>` element.
    #[error("not a message in XML")]
    Malformed,
    /// A document type declaration, which real messages never contain.
    #[error("a document type declaration is not accepted")]
    DocType,
    /// An entity that XML does not predefine.
    #[error("an unknown entity")]
    Entity,
    /// Elements nested more deeply than in any real message.
    #[error("nested too deeply")]
    TooDeep,
}

/// The fields of a message: the children of `<xml>`, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// The text of a field; `None` if there is no such field. The first of several.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The trimmed text of a field; `None` if it is missing or blank.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }
}

/// Parses the fields of a message.
///
/// # Errors
/// [`XmlError`] if it is not a message.
pub(super) fn read(body: &[u8]) -> Result<Fields, XmlError> {
    let text = std::str::from_utf8(body).map_err(|_| XmlError::Malformed)?;
    let mut reader = Reader::from_str(text);
    let mut fields = Fields::default();
    let mut depth = 0;
    let mut closed = false;
    // The current field; text outside of fields is ignored.
    let mut field: Option<(String, String)> = None;
    loop {
        let event = reader.read_event().map_err(|_| XmlError::Malformed)?;
        let text = match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(XmlError::TooDeep);
                }
                if depth == 1 && (closed || tag.name().as_ref() != "xml") {
                    return Err(XmlError::Malformed);
                }
                if depth == 2 {
                    field = Some((tag.name().as_ref().to_owned(), String::new()));
                }
                continue;
            }
            Event::End(_) => {
                if depth == 2
                    && let Some((name, text)) = field.take()
                {
                    fields.0.entry(name).or_insert(text);
                }
                depth -= 1;
                closed |= depth == 0;
                continue;
            }
            Event::Empty(tag) => {
                if depth == 1 {
                    let name = tag.name().as_ref().to_owned();
                    fields.0.entry(name).or_default();
                }
                continue;
            }
            Event::DocType(_) => return Err(XmlError::DocType),
            Event::Eof if closed => return Ok(fields),
            Event::Eof => return Err(XmlError::Malformed),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(char)) => char.to_string(),
                Ok(None) => resolve_xml_entity(&reference)
                    .ok_or(XmlError::Entity)?
                    .to_owned(),
                Err(_) => return Err(XmlError::Entity),
            },
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::CData(text) => text.xml10_content().into_owned(),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
        };
        match &mut field {
            Some((_, content)) if depth == 2 => content.push_str(&text),
            _ if depth == 0 && !text.trim().is_empty() => return Err(XmlError::Malformed),
            _ => {}
        }
    }
}

/// Encodes any `text` as character data: `]]>` is split over two sections, and characters that XML
/// 1.0 forbids are removed.
pub(super) fn cdata(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| is_xml(*c)).collect();
    format!("<![CDATA[{}]]>", allowed.replace("]]>", "]]]]><![CDATA[>"))
}

/// XML 1.0, production 2.
const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn field(xml: &str, name: &str) -> Option<String> {
        let fields = read(xml.as_bytes()).expect(xml);
        fields.get(name).map(str::to_owned)
    }

    #[test]
    fn fields_are_read_however_they_are_written() {
        let xml = "<?xml version=\"1.0\"?>\n<xml>\n <A><![CDATA[低保]]></A><B>7</B><C/>\
            <D>1 &lt; 2 &amp;&#33;</D><E><F>inner</F></E><A>second</A></xml>\n";
        assert_eq!(field(xml, "A").as_deref(), Some("低保"));
        assert_eq!(field(xml, "B").as_deref(), Some("7"));
        assert_eq!(field(xml, "C").as_deref(), Some(""));
        assert_eq!(field(xml, "D").as_deref(), Some("1 < 2 &!"));
        assert_eq!(field(xml, "E").as_deref(), Some(""));
        assert_eq!(field(xml, "F"), None);
        assert_eq!(field(xml, "G"), None);
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for (xml, error) in [
            ("", XmlError::Malformed),
            ("{}", XmlError::Malformed),
            ("<xml><A>te", XmlError::Malformed),
            ("<xml><A></B></xml>", XmlError::Malformed),
            ("<html></html>", XmlError::Malformed),
            ("<xml></xml><xml></xml>", XmlError::Malformed),
            ("<xml></xml>more", XmlError::Malformed),
            ("<!DOCTYPE xml><xml></xml>", XmlError::DocType),
            ("<xml><A>&nbsp;</A></xml>", XmlError::Entity),
            ("<xml><A>&#x110000;</A></xml>", XmlError::Entity),
        ] {
            assert_eq!(read(xml.as_bytes()), Err(error), "{xml}");
        }
        assert_eq!(read(b"<xml><A>\xff</A></xml>"), Err(XmlError::Malformed));
    }

    #[test]
    fn attacks_are_refused_at_once() {
        let deep = format!(
            "<xml>{}{}</xml>",
            "<a>".repeat(50_000),
            "</a>".repeat(50_000)
        );
        assert_eq!(read(deep.as_bytes()), Err(XmlError::TooDeep));
        let bomb =
            "<!DOCTYPE xml [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><xml><A>&b;</A></xml>";
        assert_eq!(read(bomb.as_bytes()), Err(XmlError::DocType));
        let file = "<!DOCTYPE xml [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><xml>&f;</xml>";
        assert_eq!(read(file.as_bytes()), Err(XmlError::DocType));
    }

    proptest! {
        #[test]
        fn character_data_comes_back_as_it_was(text in "[a县\\]>&<\n]{0,40}") {
            let xml = format!("<xml><A>{}</A></xml>", cdata(&text));
            prop_assert_eq!(field(&xml, "A"), Some(text));
        }

        #[test]
        fn no_input_panics(body in prop::collection::vec(any::<u8>(), 0..200), text in "[<>/xml!\\[\\]&;a ]{0,60}") {
            let _ = read(&body);
            let _ = read(text.as_bytes());
            let _ = read(format!("<xml>{text}</xml>").as_bytes());
        }

        #[test]
        fn character_data_is_always_well_formed(text in any::<String>()) {
            let xml = format!("<xml><A>{}</A></xml>", cdata(&text));
            prop_assert!(read(xml.as_bytes()).is_ok());
        }
    }
}
