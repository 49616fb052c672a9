//! Elements of WordprocessingML.

use quick_xml::events::BytesStart;

use crate::{error::ImportError, format::xml};

pub(super) use crate::format::xml::attribute;

/// Calls `on` for every start tag (`true`), end tag (`false`) and text (`None`).
pub(super) fn walk(
    xml: &str,
    on: impl FnMut(Option<(&str, &BytesStart<'_>, bool)>, &str),
) -> Result<(), ImportError> {
    xml::walk("DOCX", xml, on)
}

/// True unless an on/off property is off.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !attribute(tag, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

/// Parses the `val` attribute of an element.
pub(super) fn number(tag: &BytesStart<'_>) -> Option<usize> {
    attribute(tag, "val")?.parse().ok()
}
