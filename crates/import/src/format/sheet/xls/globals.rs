//! What all sheets of a workbook share ([MS-XLS], 2.1.7.20.3).

use std::{collections::HashMap, rc::Rc};

use super::{
    records::{Record, records, u16_at, u32_at},
    strings,
};
use crate::{
    error::ImportError,
    format::sheet::styles::{Style, Styles},
};

/// Version of the records since Excel 97.
const BIFF8: u16 = 0x0600;

/// A sheet as the workbook names it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Where its records begin in the stream.
    pub(super) at: usize,
}

/// What all sheets share.
#[derive(Debug, Default)]
pub(super) struct Globals {
    pub(super) sheets: Vec<Entry>,
    pub(super) strings: Vec<Rc<str>>,
    /// Dates count from 1904.
    pub(super) since_1904: bool,
    pub(super) styles: Styles,
}

impl Globals {
    /// Reads the records before the first sheet.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], [`ImportError::Locked`], [`ImportError::TooLarge`], and [`ImportError::Unsupported`] for files
    /// older than Excel 97.
    pub(super) fn read(stream: &[u8]) -> Result<Self, ImportError> {
        let mut globals = Self::default();
        let mut codes: HashMap<u32, String> = HashMap::new();
        let mut struck: Vec<bool> = Vec::new();
        let mut styles: Vec<Style> = Vec::new();
        for (n, record) in records(stream).enumerate() {
            let data = record.data();
            if n == 0 {
                check_version(&record)?;
                continue;
            }
            match record.kind {
                // FILEPASS
                0x2f => return Err(ImportError::Locked),
                // DATEMODE
                0x22 => globals.since_1904 = u16_at(data, 0) == Some(1),
                // FONT
                0x31 => struck.push(u16_at(data, 2).is_some_and(|flags| flags & 8 > 0)),
                // FORMAT
                0x41e => {
                    if let (Some(id), Some(code)) = (u16_at(data, 0), strings::text(&record, 2)) {
                        codes.insert(u32::from(id), code);
                    }
                }
                // XF
                0xe0 => {
                    let font = usize::from(u16_at(data, 0).unwrap_or(0));
                    // There is no font of the number 4.
                    let font = struck.get(font - usize::from(font > 4));
                    styles.push(Style {
                        format: u32::from(u16_at(data, 2).unwrap_or(0)),
                        struck: font == Some(&true),
                    });
                }
                // BOUNDSHEET
                0x85 => globals.sheets.extend(entry(data)),
                // SST
                0xfc => {
                    let strings = strings::shared(&record).into_iter();
                    globals.strings = strings.map(Rc::from).collect();
                }
                // EOF
                0x0a => break,
                _ => {}
            }
        }
        globals.styles = Styles::new(&styles, &codes)?;
        Ok(globals)
    }
}

fn check_version(record: &Record<'_>) -> Result<(), ImportError> {
    match (record.kind, u16_at(record.data(), 0)) {
        (0x809, Some(BIFF8)) => Ok(()),
        (0x809 | 0x09 | 0x209 | 0x409, _) => Err(ImportError::Unsupported {
            what: "Excel 95 或更早的表格",
            remedy: "请用 Excel 或 WPS 打开，另存为 .xlsx 再试",
        }),
        _ => Err(ImportError::Damaged("XLS")),
    }
}

/// A sheet of cells; there are also charts and macros.
fn entry(data: &[u8]) -> Option<Entry> {
    let is_sheet = *data.get(5)? == 0;
    is_sheet.then_some(Entry {
        at: u32_at(data, 0)? as usize,
        hidden: data.get(4)? & 3 > 0,
        name: strings::short(data, 6)?,
    })
}
