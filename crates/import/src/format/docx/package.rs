//! The parts of a document's archive: where they are.

use crate::{
    error::ImportError,
    format::archive::{Archive, relations},
};

/// Other files, by an entry of their archives, and what to do with them.
const OTHERS: [(&str, &str, &str); 2] = [
    (
        "ppt/",
        "演示文稿（.pptx）",
        "请把文字复制到 Word，另存为 .docx 再试",
    ),
    (
        "content.xml",
        "OpenDocument 文档（.odt、.ods）",
        "请用 WPS 或 LibreOffice 另存为 .docx 或 .xlsx 再试",
    ),
];

/// The archive of a document.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    /// Name of the main part: word/document.xml, but Word Online writes word/document2.xml.
    pub(super) main: String,
    /// Kinds and names of the parts that the main part names.
    parts: Vec<(String, String)>,
}

impl<'a> Package<'a> {
    /// Opens an archive and finds its main part.
    ///
    /// # Errors
    /// [`ImportError::Damaged`], [`ImportError::TooLarge`], and [`ImportError::NotWord`] or
    /// [`ImportError::Unsupported`] if it is no Word document.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let mut package = Self {
            archive: Archive::open(bytes, "DOCX")?,
            main: "word/document.xml".to_owned(),
            parts: Vec::new(),
        };
        if let Some(rels) = package.entry("_rels/.rels")? {
            let named = relations("DOCX", &rels, "")?.into_iter().find(|relation| {
                relation.kind == "officeDocument" && relation.name.starts_with("word/")
            });
            package.main = named.map_or(package.main, |relation| relation.name);
        }
        if !package.archive.has(&package.main) {
            let mut names = package.archive.names();
            let main =
                names.find(|name| name.starts_with("word/document") && name.ends_with(".xml"));
            drop(names);
            let Some(main) = main else {
                return Err(package.other());
            };
            package.main = main;
        }
        let file = package.main.rsplit('/').next().unwrap_or_default();
        if let Some(rels) = package.entry(&format!("word/_rels/{file}.rels"))? {
            let parts = relations("DOCX", &rels, "word/")?.into_iter();
            package.parts = parts.map(|part| (part.kind, part.name)).collect();
        }
        Ok(package)
    }

    /// What this archive is if no Word document.
    fn other(&self) -> ImportError {
        let holds = |start: &str| self.archive.names().any(|name| name.starts_with(start));
        OTHERS
            .iter()
            .find(|(start, _, _)| holds(start))
            .map_or(ImportError::NotWord, |(_, what, remedy)| {
                ImportError::Unsupported { what, remedy }
            })
    }

    /// The text of the part of this kind: `styles`, `numbering`, `footnotes`.
    pub(super) fn part(&mut self, kind: &str) -> Result<Option<String>, ImportError> {
        let named = self.parts.iter().find(|(named, _)| named == kind);
        let name = named.map_or_else(|| format!("word/{kind}.xml"), |(_, name)| name.clone());
        self.entry(&name)
    }

    /// The text of an entry, or `None` if there is no such entry.
    pub(super) fn entry(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        self.archive.entry(name)
    }
}
