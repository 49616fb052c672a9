//! Styles of cells: number formats, and which fonts are crossed out.

use std::collections::HashMap;

use crate::{
    error::ImportError,
    format::{
        sheet::styles::{Style, Styles},
        xml::{attribute, walk},
    },
};

/// Reads styles.xml.
///
/// # Errors
/// [`ImportError::Damaged`] and [`ImportError::TooLarge`].
pub(super) fn read(xml: &str) -> Result<Styles, ImportError> {
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut struck: Vec<bool> = Vec::new();
    let mut styles: Vec<Style> = Vec::new();
    // The styles of cells stand in cellXfs; other lists of xf hold styles with names.
    let (mut in_cells, mut in_fonts) = (false, false);
    walk("XLSX", xml, |tag, _| {
        let Some((name, tag, starts)) = tag else {
            return;
        };
        let number = |name: &str| attribute(tag, name).and_then(|n| n.parse::<u32>().ok());
        match name {
            "cellXfs" => in_cells = starts,
            "fonts" => in_fonts = starts,
            "numFmt" if starts => {
                if let (Some(id), Some(code)) = (number("numFmtId"), attribute(tag, "formatCode")) {
                    codes.insert(id, code);
                }
            }
            "font" if starts && in_fonts => struck.push(false),
            "strike" if starts && in_fonts => {
                let off = attribute(tag, "val").is_some_and(|on| on == "0" || on == "false");
                if let Some(font) = struck.last_mut() {
                    *font = !off;
                }
            }
            "xf" if starts && in_cells => {
                let font = number("fontId").and_then(|font| struck.get(font as usize));
                styles.push(Style {
                    format: number("numFmtId").unwrap_or(0),
                    struck: font == Some(&true),
                });
            }
            _ => {}
        }
    })?;
    Styles::new(&styles, &codes)
}
