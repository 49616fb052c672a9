//! The parts of a document's archive: where they are and how they are encoded.

use std::io::{Cursor, Read as _};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use zip::ZipArchive;

use super::xml::{attribute, walk};
use crate::error::ImportError;

/// Maximum unpacked size of an entry, in bytes.
const LARGEST: u64 = 48 * 1024 * 1024;
/// Maximum number of entries.
const ENTRIES: usize = 10_000;
/// Other office files, by an entry of their archives, and what to do with them.
const OTHERS: [(&str, &str, &str); 4] = [
    (
        "xl/",
        "Excel 表格（.xlsx）",
        "请把需要的表复制到 Word，另存为 .docx 再试",
    ),
    (
        "ppt/",
        "演示文稿（.pptx）",
        "请把文字复制到 Word，另存为 .docx 再试",
    ),
    (
        "OFD.xml",
        "OFD 版式文件",
        "请用 OFD 阅读器转换为带文字层的 PDF 或 Word 文档（.docx）再试",
    ),
    (
        "content.xml",
        "OpenDocument 文档（.odt）",
        "请用 WPS 或 LibreOffice 另存为 .docx 再试",
    ),
];

/// The archive of a document.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
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
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|_| ImportError::Damaged("DOCX"))?;
        if archive.len() > ENTRIES {
            return Err(ImportError::TooLarge);
        }
        let mut package = Self {
            archive,
            main: "word/document.xml".to_owned(),
            parts: Vec::new(),
        };
        if let Some(rels) = package.entry("_rels/.rels")? {
            let named = relations(&rels, "")?
                .into_iter()
                .find(|(kind, name)| kind == "officeDocument" && name.starts_with("word/"));
            package.main = named.map_or(package.main, |(_, name)| name);
        }
        if package.archive.index_for_name(&package.main).is_none() {
            let mut names = package.archive.file_names().flatten();
            let main =
                names.find(|name| name.starts_with("word/document") && name.ends_with(".xml"));
            let Some(main) = main.map(|name| name.into_owned()) else {
                return Err(package.other());
            };
            package.main = main;
        }
        let file = package.main.rsplit('/').next().unwrap_or_default();
        if let Some(rels) = package.entry(&format!("word/_rels/{file}.rels"))? {
            package.parts = relations(&rels, "word/")?;
        }
        Ok(package)
    }

    /// What this archive is if no Word document.
    fn other(&self) -> ImportError {
        let holds = |start: &str| {
            let mut names = self.archive.file_names().flatten();
            names.any(|name| name.starts_with(start))
        };
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
        let Ok(file) = self.archive.by_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| ImportError::Damaged("DOCX"))?;
        if bytes.len() as u64 > LARGEST {
            return Err(ImportError::TooLarge);
        }
        Ok(Some(encoding(&bytes).decode(&bytes).0.into_owned()))
    }
}

/// The encoding of XML: that of its byte order mark or its first characters, else the one declared.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        _ => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).into_owned();
            let declared = head.split("?>").next().unwrap_or_default();
            let label = declared.split("encoding=").nth(1).unwrap_or_default();
            let label = label.trim_start_matches(['"', '\'']);
            let label = label.split(['"', '\'']).next().unwrap_or_default();
            // UTF-16 would have been seen above.
            Encoding::for_label(label.as_bytes())
                .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
                .unwrap_or(UTF_8)
        }
    }
}

/// Kinds and targets of relationships, targets made relative to the archive.
fn relations(xml: &str, folder: &str) -> Result<Vec<(String, String)>, ImportError> {
    let mut relations = Vec::new();
    walk(xml, |tag, _| {
        if let Some(("Relationship", tag, true)) = tag {
            let kind = attribute(tag, "Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = attribute(tag, "Target").unwrap_or_default();
            let name = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{target}"),
            };
            relations.push((kind, name));
        }
    })?;
    Ok(relations)
}
