//! Reads body and notes of a document.

use super::{
    lists::Lists,
    styles::Styles,
    xml::{attribute, is_on, number, walk},
};
use crate::{error::ImportError, paragraph::Mark, split::Split};

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

/// Collects the paragraphs of body and notes.
#[derive(Default)]
pub(super) struct Document {
    styles: Styles,
    lists: Lists,
    /// What was read.
    pub(super) split: Split,
    paragraph: Paragraph,
    number: usize,
    /// Cells of the table row being read.
    cells: Vec<String>,
    in_row: usize,
}

impl Document {
    /// An empty document.
    pub(super) fn new(styles: Styles, lists: Lists) -> Self {
        Self {
            styles,
            lists,
            ..Self::default()
        }
    }

    /// Reads document.xml.
    pub(super) fn read(&mut self, xml: &str) -> Result<(), ImportError> {
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
            Some(("br" | "cr", _, true)) if in_run => self.end_paragraph(true),
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

    /// Ends a paragraph; after a line break, the rest keeps the run's formatting.
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
        let style = paragraph
            .style
            .as_deref()
            .map(|id| self.styles.get(id))
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
        let heading = match paragraph.outline {
            0 => style.heading,
            outline => outline,
        };
        let bold = bold.min(text.trim().chars().count());
        self.add(&text, Mark { heading, bold });
    }

    /// Adds a paragraph of the text, a row of a table or a note.
    fn add(&mut self, text: &str, mark: Mark) {
        self.number += 1;
        self.split.add_line(self.number, text, mark);
    }

    fn end_row(&mut self) {
        self.in_row = self.in_row.saturating_sub(1);
        if self.in_row == 0 && !self.cells.is_empty() {
            let row = std::mem::take(&mut self.cells).join("\t");
            self.add(&row, Mark::default());
        }
    }

    /// Adds footnotes, which are often the glossary, as numbered paragraphs at the end.
    pub(super) fn notes(&mut self, xml: &str) -> Result<(), ImportError> {
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
            self.add("注释：", Mark::default());
        }
        for (n, note) in notes.iter().enumerate() {
            let note = format!("[{}]{}", n + 1, note.trim());
            self.add(&note, Mark::default());
        }
        Ok(())
    }
}
