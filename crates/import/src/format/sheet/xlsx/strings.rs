//! Texts of cells: plain, or in several formats.

use std::rc::Rc;

use crate::{error::ImportError, format::xml::walk};

/// Texts of a workbook, at most.
const STRINGS: usize = 1_000_000;

/// Reads sharedStrings.xml, in the order in which cells refer to it.
///
/// # Errors
/// [`ImportError::Damaged`] and [`ImportError::TooLarge`].
pub(super) fn read(xml: &str) -> Result<Vec<Rc<str>>, ImportError> {
    let mut strings = Vec::new();
    let mut text = Text::default();
    walk("XLSX", xml, |tag, characters| match tag {
        None => text.characters(characters),
        Some(("si", _, true)) => text = Text::default(),
        Some(("si", _, false)) if strings.len() <= STRINGS => {
            strings.push(Rc::from(text.take()));
        }
        Some((name, _, starts)) => text.tag(name, starts),
    })?;
    if strings.len() > STRINGS {
        return Err(ImportError::TooLarge);
    }
    Ok(strings)
}

/// A text that is being read.
#[derive(Debug, Default)]
pub(super) struct Text {
    text: String,
    /// Within `t`.
    open: bool,
    /// Within the readings above characters.
    phonetic: bool,
}

impl Text {
    /// Reads a start tag or an end tag within the text.
    pub(super) fn tag(&mut self, name: &str, starts: bool) {
        match name {
            "t" => self.open = starts,
            "rPh" => self.phonetic = starts,
            _ => {}
        }
    }

    /// Reads characters.
    pub(super) fn characters(&mut self, characters: &str) {
        if self.open && !self.phonetic {
            self.text.push_str(characters);
        }
    }

    /// The text that was read.
    pub(super) fn take(&mut self) -> String {
        unescape(&std::mem::take(&mut self.text))
    }
}

/// A text without the escapes of characters that XML cannot hold: `_x000D_`.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..7).and_then(|code| code.strip_suffix('_'));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()) {
            Some(code) => {
                // Half a surrogate pair is no character.
                plain.extend(char::from_u32(code).filter(|c| *c != '\r'));
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_of_rich_and_phonetic_runs_is_read() {
        let xml = "<sst><si><t>低保</t></si><si><r><rPr><b/></rPr><t>城市</t></r><r><t xml:space=\"preserve\">低保 </t></r><rPh sb=\"0\" eb=\"2\"><t>chengshi</t></rPh></si><si/></sst>";
        let strings = read(xml).expect("sound");
        let strings: Vec<&str> = strings.iter().map(AsRef::as_ref).collect();
        assert_eq!(strings, ["低保", "城市低保 ", ""]);
    }

    #[test]
    fn escapes_are_characters() {
        assert_eq!(unescape("甲_x000D_\n乙_x005F_"), "甲\n乙_");
        assert_eq!(unescape("_x_xyz_x12_x000甲"), "_x_xyz_x12_x000甲");
    }
}
