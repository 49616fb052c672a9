//! The sheets of a workbook, and where its parts are.

use crate::{
    error::ImportError,
    format::{
        archive::{Archive, Relation, relations},
        xml::{attribute, prefixed_attribute, walk},
    },
};

/// Sheets of a workbook, at most.
const SHEETS: usize = 1_000;

/// A sheet as the workbook names it.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Its name in the archive.
    pub(super) part: String,
}

/// The main part of a workbook.
pub(super) struct Workbook {
    pub(super) sheets: Vec<Entry>,
    /// Dates count from 1904.
    pub(super) since_1904: bool,
    relations: Vec<Relation>,
}

impl Workbook {
    /// Reads xl/workbook.xml, or the part that the archive names instead.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], [`ImportError::TooLarge`], [`ImportError::Locked`] and
    /// [`ImportError::Unsupported`].
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, ImportError> {
        let named = match archive.entry("_rels/.rels")? {
            Some(rels) => {
                let mut relations = relations("XLSX", &rels, "")?.into_iter();
                relations.find(|relation| relation.kind == "officeDocument")
            }
            None => None,
        };
        let main = named.map(|relation| relation.name);
        let main = main.filter(|main| archive.has(main));
        let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        if main.ends_with(".bin") || archive.has("xl/workbook.bin") {
            return Err(ImportError::Unsupported {
                what: "二进制的 Excel 工作簿（.xlsb）",
                remedy: "请用 Excel 或 WPS 打开，另存为 .xlsx 再试",
            });
        }
        let xml = archive.entry(&main)?;
        let xml = xml.ok_or(ImportError::Damaged("XLSX"))?;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let relations = match archive.entry(&format!("{folder}_rels/{file}.rels"))? {
            Some(rels) => relations("XLSX", &rels, &folder)?,
            None => Vec::new(),
        };
        let mut workbook = Self {
            sheets: Vec::new(),
            since_1904: false,
            relations,
        };
        workbook.sheets(&xml)?;
        Ok(workbook)
    }

    fn sheets(&mut self, xml: &str) -> Result<(), ImportError> {
        let mut sheets = Vec::new();
        let mut since_1904 = false;
        walk("XLSX", xml, |tag, _| match tag {
            Some(("workbookPr", tag, true)) => {
                since_1904 = attribute(tag, "date1904").is_some_and(|on| on == "1" || on == "true");
            }
            Some(("sheet", tag, true)) if sheets.len() <= SHEETS => {
                // Both the number of the sheet and its relationship are called id.
                let id = prefixed_attribute(tag, "id").unwrap_or_default();
                let part = self.relations.iter().find(|relation| relation.id == id);
                let state = attribute(tag, "state");
                sheets.push(Entry {
                    name: attribute(tag, "name").unwrap_or_default(),
                    hidden: state.is_some_and(|state| state.to_lowercase().contains("hidden")),
                    part: part.map_or_else(
                        || format!("xl/worksheets/sheet{}.xml", sheets.len() + 1),
                        |part| part.name.clone(),
                    ),
                });
            }
            _ => {}
        })?;
        if sheets.len() > SHEETS {
            return Err(ImportError::TooLarge);
        }
        self.sheets = sheets;
        self.since_1904 = since_1904;
        Ok(())
    }

    /// The text of the part of this kind: `styles`, `sharedStrings`.
    pub(super) fn part(
        &self,
        archive: &mut Archive<'_>,
        kind: &str,
    ) -> Result<Option<String>, ImportError> {
        let named = self.relations.iter().find(|relation| relation.kind == kind);
        let name = named.map_or_else(|| format!("xl/{kind}.xml"), |named| named.name.clone());
        archive.entry(&name)
    }
}
