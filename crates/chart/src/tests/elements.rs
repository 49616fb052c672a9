//! Reads a drawing back, as strictly as XML is read.

use std::collections::BTreeMap;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};

/// An element of a drawing.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    /// What it says, without what the elements inside it say.
    pub(super) text: String,
    /// The class of the group that it is in.
    pub(super) group: String,
}

impl Element {
    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> f64 {
        self.attributes[name].parse().expect("a number")
    }

    pub(super) fn class(&self) -> &str {
        self.attributes.get("class").map_or("", String::as_str)
    }
}

/// Every element in the order in which they begin. Panics when the drawing is no XML.
pub(super) fn elements(svg: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let text = match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                open.push(elements.len());
                elements.push(element(&tag, &open, &elements));
                continue;
            }
            Event::Empty(tag) => {
                elements.push(element(&tag, &open, &elements));
                continue;
            }
            Event::End(_) => {
                open.pop().expect("an element that is open");
                continue;
            }
            Event::Text(text) => text.xml_content(XmlVersion::Explicit1_0).into_owned(),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => c.to_string(),
                _ => resolve_xml_entity(&reference)
                    .expect("an entity of XML itself")
                    .to_owned(),
            },
            Event::Eof => break,
            other => panic!("{other:?} has no place in a drawing"),
        };
        match open.last() {
            Some(&inside) => elements[inside].text.push_str(&text),
            None => assert_eq!(text.trim(), "", "text outside the drawing"),
        }
    }
    assert!(open.is_empty(), "everything that begins ends");
    elements
}

fn element(tag: &BytesStart<'_>, open: &[usize], elements: &[Element]) -> Element {
    let name = |name: &str| name.to_owned();
    let mut around = open.iter().filter_map(|&at| elements.get(at));
    let group = around.rfind(|element| element.name == "g");
    Element {
        name: name(tag.name().as_ref()),
        attributes: tag
            .attributes()
            .map(|attribute| {
                let attribute = attribute.expect("a well-formed attribute");
                let value = attribute.normalized_value(XmlVersion::Explicit1_0);
                let value = value.expect("a value that can be read").into_owned();
                (name(attribute.key.as_ref()), value)
            })
            .collect(),
        text: String::new(),
        group: group.map_or("", |group| group.class()).to_owned(),
    }
}
