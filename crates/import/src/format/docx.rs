//! Word documents (DOCX): paragraphs with their styles and the numbers that Word adds by itself.
//!
//! A DOCX is a ZIP of XML (ECMA-376). Nothing is unpacked to disk, no entry may grow beyond
//! [`LARGEST`] whatever its header says, document types (and with them entities) are refused, and
//! elements are read as a stream.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use crate::{error::ImportError, paragraph::Mark, split::Split};
use wenzheng_text::numerals;

/// Bytes that one entry may have when unpacked.
const LARGEST: u64 = 48 * 1024 * 1024;
/// Elements open at a time.
const DEEPEST: usize = 256;
/// Entries that an archive may have.
const ENTRIES: usize = 10_000;

/// How one level of a list numbers its paragraphs.
#[derive(Debug, Clone, Default)]
struct Numbering {
    /// decimal, chineseCountingThousand, …
    format: String,
    /// `%1、`
    text: String,
    start: usize,
}

/// What styles.xml says of a paragraph style.
#[derive(Debug, Clone, Default)]
struct Style {
    /// 1 to 6; 0 for text.
    heading: u8,
    based_on: Option<String>,
    list: Option<(String, usize)>,
}

/// The paragraphs of a document.
///
/// # Errors
/// [`ImportError::Damaged`] when the archive or its XML cannot be read, [`ImportError::TooLarge`]
/// when an entry is larger than any report.
pub(crate) fn read(bytes: &[u8]) -> Result<Split, ImportError> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Damaged("DOCX"))?;
    if archive.len() > ENTRIES {
        return Err(ImportError::TooLarge);
    }
    let styles = entry(&mut archive, "word/styles.xml")?
        .map_or_else(|| Ok(HashMap::new()), |xml| styles(&xml))?;
    let lists = entry(&mut archive, "word/numbering.xml")?
        .map_or_else(|| Ok(Lists::default()), |xml| Lists::read(&xml))?;
    let body = entry(&mut archive, "word/document.xml")?.ok_or(ImportError::NotWord)?;
    let mut split = Split::default();
    let mut document = Document {
        styles,
        lists,
        split: &mut split,
        paragraph: Paragraph::default(),
        number: 0,
        cells: Vec::new(),
        in_row: 0,
    };
    document.read(&body)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = entry(&mut archive, notes)? {
            document.notes(&xml)?;
        }
    }
    Ok(split)
}

fn entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<String>, ImportError> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| ImportError::Damaged("DOCX"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(ImportError::TooLarge);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Calls `on` for every start (true), end (false) and text (`None`) of an XML text.
fn walk(
    xml: &str,
    mut on: impl FnMut(Option<(&str, &BytesStart<'_>, bool)>, &str),
) -> Result<(), ImportError> {
    let damaged = |_| ImportError::Damaged("DOCX");
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(ImportError::Damaged("DOCX"));
                }
                on(Some((local(&tag), &tag, true)), "");
            }
            Event::Empty(tag) => {
                on(Some((local(&tag), &tag, true)), "");
                on(Some((local(&tag), &tag, false)), "");
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                let name = tag.local_name();
                let name: &str = name.as_ref();
                on(Some((name, &BytesStart::new(name.to_owned()), false)), "");
            }
            Event::Text(text) => on(None, &text.xml_content(XmlVersion::Explicit1_0)),
            Event::CData(text) => on(None, &text.xml_content(XmlVersion::Explicit1_0)),
            Event::GeneralRef(reference) => {
                if let Some(c) = resolve(&reference) {
                    on(None, c.encode_utf8(&mut [0; 4]));
                }
            }
            // Entities of the document's own are how small files become large.
            Event::DocType(_) => return Err(ImportError::Damaged("DOCX")),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match reference.xml_content(XmlVersion::Explicit1_0).as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn local<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    let name: &'a str = tag.name().0;
    name.rsplit(':').next().unwrap_or(name)
}

/// An attribute by its name without prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find_map(|attribute| {
        let key: &str = attribute.key.0;
        let key = key.rsplit(':').next().unwrap_or(key);
        (key == name)
            .then(|| attribute.normalized_value(XmlVersion::Explicit1_0).ok())
            .flatten()
            .map(|value| value.into_owned())
    })
}

/// True unless an on/off property is switched off.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !attribute(tag, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

fn number(tag: &BytesStart<'_>) -> Option<usize> {
    attribute(tag, "val")?.parse().ok()
}

fn styles(xml: &str) -> Result<HashMap<String, Style>, ImportError> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    let mut style = Style::default();
    walk(xml, |tag, _| match tag {
        Some(("style", tag, true)) => {
            id = attribute(tag, "styleId").unwrap_or_default();
            style = Style::default();
        }
        Some(("style", _, false)) => {
            styles.insert(std::mem::take(&mut id), std::mem::take(&mut style));
        }
        Some(("name", tag, true)) => {
            let name = attribute(tag, "val").unwrap_or_default().to_lowercase();
            let level = name
                .strip_prefix("heading ")
                .or_else(|| name.strip_prefix("标题 "));
            if let Some(level) = level.and_then(|level| level.trim().parse::<u8>().ok()) {
                style.heading = level.min(6);
            }
        }
        Some(("outlineLvl", tag, true)) => {
            if let Some(level) = number(tag).filter(|level| *level < 6) {
                style.heading = u8::try_from(level + 1).unwrap_or(0);
            }
        }
        Some(("basedOn", tag, true)) => style.based_on = attribute(tag, "val"),
        Some(("numId", tag, true)) => {
            let level = style.list.as_ref().map_or(0, |(_, level)| *level);
            style.list = attribute(tag, "val").map(|list| (list, level));
        }
        Some(("ilvl", tag, true)) => {
            let list = style.list.take().map_or_else(String::new, |(list, _)| list);
            style.list = Some((list, number(tag).unwrap_or(0)));
        }
        _ => {}
    })?;
    Ok(styles)
}

/// The lists of numbering.xml and how far each has counted.
#[derive(Debug, Default)]
struct Lists {
    /// Levels of the abstract lists.
    levels: HashMap<String, Vec<Numbering>>,
    /// Which abstract list a list is.
    lists: HashMap<String, String>,
    counts: HashMap<String, Vec<usize>>,
}

impl Lists {
    fn read(xml: &str) -> Result<Self, ImportError> {
        let mut lists = Self::default();
        let (mut abstract_list, mut list) = (String::new(), String::new());
        let mut level = 0;
        walk(xml, |tag, _| match tag {
            Some(("abstractNum", tag, true)) => {
                abstract_list = attribute(tag, "abstractNumId").unwrap_or_default();
            }
            Some(("num", tag, true)) => list = attribute(tag, "numId").unwrap_or_default(),
            Some(("abstractNumId", tag, true)) => {
                let of = attribute(tag, "val").unwrap_or_default();
                lists.lists.insert(list.clone(), of);
            }
            Some(("lvl", tag, true)) => {
                level = attribute(tag, "ilvl")
                    .and_then(|l| l.parse().ok())
                    .unwrap_or(0)
                    .min(8);
                let levels = lists.levels.entry(abstract_list.clone()).or_default();
                if levels.len() <= level {
                    levels.resize(level + 1, Numbering::default());
                }
                levels[level].start = 1;
            }
            Some((name @ ("start" | "numFmt" | "lvlText"), tag, true)) => {
                let levels = lists.levels.entry(abstract_list.clone()).or_default();
                if let Some(numbering) = levels.get_mut(level) {
                    match name {
                        "start" => numbering.start = number(tag).unwrap_or(1),
                        "numFmt" => numbering.format = attribute(tag, "val").unwrap_or_default(),
                        _ => numbering.text = attribute(tag, "val").unwrap_or_default(),
                    }
                }
            }
            _ => {}
        })?;
        Ok(lists)
    }

    /// The number that the next paragraph of a list gets, as Word shows it.
    fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let of = self.lists.get(list)?;
        let levels = self.levels.get(of)?;
        let numbering = levels.get(level)?;
        let counts = self.counts.entry(of.clone()).or_default();
        if counts.len() <= level {
            counts.resize(level + 1, 0);
        }
        counts.truncate(level + 1);
        counts[level] = if counts[level] == 0 {
            numbering.start.max(1)
        } else {
            counts[level].saturating_add(1)
        };
        if numbering.format == "bullet" || numbering.format == "none" {
            return None;
        }
        let mut text = numbering.text.clone();
        for (n, count) in counts.iter().enumerate() {
            let format = levels
                .get(n)
                .map_or("decimal", |level| level.format.as_str());
            text = text.replace(&format!("%{}", n + 1), &written(*count, format));
        }
        Some(text)
    }
}

/// A count as Word writes it in a format.
fn written(count: usize, format: &str) -> String {
    let chinese =
        format.contains("chinese") || format.contains("japanese") || format.contains("ideograph");
    if chinese && count < 100 {
        numerals::write(count)
    } else if format.contains("EnclosedCircle") && (1..=20).contains(&count) {
        let mark = u32::try_from(count)
            .ok()
            .and_then(|n| char::from_u32(0x245f + n));
        mark.map_or_else(|| count.to_string(), String::from)
    } else {
        count.to_string()
    }
}

/// The paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    bold: usize,
    not_bold: bool,
    run_bold: bool,
    style: Option<String>,
    outline: u8,
    list: Option<String>,
    level: usize,
}

struct Document<'a> {
    styles: HashMap<String, Style>,
    lists: Lists,
    split: &'a mut Split,
    paragraph: Paragraph,
    number: usize,
    /// Cells of the table row being read.
    cells: Vec<String>,
    in_row: usize,
}

impl Document<'_> {
    fn read(&mut self, xml: &str) -> Result<(), ImportError> {
        let (mut in_text, mut in_run, mut deleted) = (false, false, 0_usize);
        walk(xml, |tag, text| match tag {
            None if in_text && deleted == 0 => self.text(text),
            None => {}
            Some(("t", _, start)) => in_text = start,
            Some(("r", _, start)) => {
                in_run = start;
                self.paragraph.run_bold = false;
            }
            Some(("del" | "moveFrom" | "txbxContent", _, start)) => {
                deleted = if start {
                    deleted + 1
                } else {
                    deleted.saturating_sub(1)
                };
            }
            Some(("b", tag, true)) if in_run => self.paragraph.run_bold = is_on(tag),
            Some(("tab", _, true)) if in_run => self.text("\t"),
            Some(("br" | "cr", _, true)) if in_run => {
                self.end_paragraph(true);
            }
            Some(("pStyle", tag, true)) => self.paragraph.style = attribute(tag, "val"),
            Some(("outlineLvl", tag, true)) => {
                let level = number(tag).filter(|level| *level < 6);
                self.paragraph.outline = level.and_then(|l| u8::try_from(l + 1).ok()).unwrap_or(0);
            }
            Some(("numId", tag, true)) => self.paragraph.list = attribute(tag, "val"),
            Some(("ilvl", tag, true)) => self.paragraph.level = number(tag).unwrap_or(0).min(8),
            Some(("p", _, false)) if deleted == 0 => self.end_paragraph(false),
            Some(("tr", _, true)) => self.in_row += 1,
            Some(("tr", _, false)) => self.end_row(),
            _ => {}
        })
    }

    fn text(&mut self, text: &str) {
        self.paragraph.text.push_str(text);
        if self.paragraph.run_bold && !self.paragraph.not_bold {
            self.paragraph.bold += text.chars().count();
        } else if !text.trim().is_empty() {
            self.paragraph.not_bold = true;
        }
    }

    /// Heading level and list of a style, by what it is based on.
    fn style(&self, id: &str) -> Style {
        let mut out = Style::default();
        let mut next = Some(id.to_owned());
        // Styles may be based on each other in a circle.
        for _ in 0..10 {
            let Some(style) = next.take().and_then(|id| self.styles.get(&id)) else {
                break;
            };
            if out.heading == 0 {
                out.heading = style.heading;
            }
            out.list = out.list.take().or_else(|| style.list.clone());
            next.clone_from(&style.based_on);
        }
        out
    }

    /// Ends a paragraph; a line break inside keeps its properties for the rest.
    fn end_paragraph(&mut self, line_break: bool) {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        if line_break {
            self.paragraph.run_bold = paragraph.run_bold;
        }
        if self.in_row > 0 {
            let text = paragraph.text.trim();
            if !text.is_empty() {
                self.cells.push(text.to_owned());
            }
            return;
        }
        if paragraph.text.trim().is_empty() {
            return;
        }
        self.number += 1;
        let style = paragraph
            .style
            .as_deref()
            .map(|id| self.style(id))
            .unwrap_or_default();
        let list = paragraph
            .list
            .take()
            .map(|list| (list, paragraph.level))
            .or(style.list)
            .filter(|(list, _)| list != "0");
        let mut text = paragraph.text;
        let leading = text.chars().take_while(|c| c.is_whitespace()).count();
        let mut bold = paragraph.bold.saturating_sub(leading);
        if let Some(number) = list.and_then(|(list, level)| self.lists.next(&list, level)) {
            if bold > 0 {
                bold += number.chars().count();
            }
            text = format!("{number}{}", text.trim_start());
        }
        let heading = if paragraph.outline > 0 {
            paragraph.outline
        } else {
            style.heading
        };
        let bold = bold.min(text.trim().chars().count());
        self.split
            .add_line(self.number, &text, Mark { heading, bold });
    }

    fn end_row(&mut self) {
        self.in_row = self.in_row.saturating_sub(1);
        if self.in_row == 0 && !self.cells.is_empty() {
            self.number += 1;
            let row = std::mem::take(&mut self.cells).join("\t");
            self.split.add_line(self.number, &row, Mark::default());
        }
    }

    /// Footnotes, which often are the glossary, as numbered paragraphs after the text.
    fn notes(&mut self, xml: &str) -> Result<(), ImportError> {
        let mut notes: Vec<String> = Vec::new();
        let (mut note, mut in_text, mut in_note) = (String::new(), false, false);
        walk(xml, |tag, text| match tag {
            None if in_text && in_note => note.push_str(text),
            None => {}
            Some(("t", _, start)) => in_text = start,
            Some(("footnote" | "endnote", tag, true)) => in_note = attribute(tag, "type").is_none(),
            Some(("footnote" | "endnote", _, false)) => {
                if !note.trim().is_empty() {
                    notes.push(std::mem::take(&mut note));
                }
                in_note = false;
            }
            _ => {}
        })?;
        if !notes.is_empty() {
            self.number += 1;
            self.split.add_line(self.number, "注释：", Mark::default());
        }
        for (n, note) in notes.iter().enumerate() {
            self.number += 1;
            self.split.add_line(
                self.number,
                &format!("[{}]{}", n + 1, note.trim()),
                Mark::default(),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn docx(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            zip.start_file(*name, SimpleFileOptions::default())
                .expect("a new entry");
            zip.write_all(text.as_bytes()).expect("in memory");
        }
        zip.finish().expect("in memory").into_inner()
    }

    const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="3"><w:basedOn w:val="2"/></w:style></w:styles>"#;
    const NUMBERS: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
    const BODY: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="3"/></w:pPr><w:r><w:t>2023年工作回顾</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>经济稳中有进。</w:t></w:r><w:r><w:t>增长7% &amp; 更多。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>农业</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>工业</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>民生改善。</w:t></w:r><w:del><w:r><w:t>删去</w:t></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>三抓三促</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>指抓学习。</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;

    #[test]
    fn styles_and_the_numbers_that_word_adds_are_read() {
        let bytes = docx(&[
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", NUMBERS),
            ("word/document.xml", BODY),
        ]);
        let split = read(&bytes).expect("a sound document");
        let shown: Vec<String> = split
            .paragraphs
            .iter()
            .map(|p| {
                format!(
                    "{} {} {}",
                    p.mark.heading,
                    p.mark.bold,
                    p.text.replace('\t', "|")
                )
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        2 0 2023年工作回顾
        0 9 一、经济稳中有进。增长7% & 更多。
        0 0 （一）农业
        0 0 （二）工业
        0 0 二、民生改善。
        0 0 1|三抓三促|指抓学习。
        ");
    }

    #[test]
    fn hostile_documents_are_refused() {
        let bomb = " ".repeat(64 * 1024 * 1024);
        let entities =
            r#"<!DOCTYPE a [<!ENTITY b "&c;&c;">]><w:document xmlns:w="w">&b;</w:document>"#;
        let deep = format!("<w:document xmlns:w=\"w\">{}", "<w:p>".repeat(100_000));
        let refused = |body: &str| read(&docx(&[("word/document.xml", body)])).err();
        assert_eq!(refused(&bomb), Some(ImportError::TooLarge));
        assert_eq!(refused(entities), Some(ImportError::Damaged("DOCX")));
        assert_eq!(refused(&deep), Some(ImportError::Damaged("DOCX")));
        let outside = docx(&[("../../etc/passwd", "root"), ("word/document.xml", BODY)]);
        assert!(read(&outside).is_ok());
        assert_eq!(
            read(&docx(&[("a.txt", "甲")])).err(),
            Some(ImportError::NotWord)
        );
        assert_eq!(
            read(b"PK\x03\x04").err(),
            Some(ImportError::Damaged("DOCX"))
        );
    }
}
