//! The formats of cells, by the numbers of their styles.

use std::{collections::HashMap, rc::Rc};

use super::{builtin, format::Format};
use crate::error::ImportError;

/// Styles of a workbook, at most; Excel allows 65,490.
const STYLES: usize = 100_000;
/// Formats of a workbook, at most; Excel allows 250 besides its own.
const FORMATS: usize = 2_000;

/// A style as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Style {
    /// Number of its format.
    pub(super) format: u32,
    /// True if its font is crossed out.
    pub(super) struck: bool,
}

/// The formats of all styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Rc<Format>>,
    general: Format,
}

impl Styles {
    /// The formats of `styles`; `codes` holds those that are not built in.
    ///
    /// # Errors
    /// [`ImportError::TooLarge`].
    pub(super) fn new(styles: &[Style], codes: &HashMap<u32, String>) -> Result<Self, ImportError> {
        if styles.len() > STYLES {
            return Err(ImportError::TooLarge);
        }
        let mut read: HashMap<Style, Rc<Format>> = HashMap::new();
        let mut formats = Vec::new();
        for style in styles {
            let format = read.entry(*style).or_insert_with(|| {
                let code = codes.get(&style.format).map(String::as_str);
                let code = code.or_else(|| builtin::code(style.format));
                Rc::new(Format::new(code.unwrap_or("General"), style.struck))
            });
            formats.push(Rc::clone(format));
            if read.len() > FORMATS {
                return Err(ImportError::TooLarge);
            }
        }
        Ok(Self {
            formats,
            general: Format::default(),
        })
    }

    /// The format of the style of this number.
    pub(super) fn get(&self, style: usize) -> &Format {
        self.formats.get(style).map_or(&self.general, Rc::as_ref)
    }
}
