//! Reads body and notes of a document.

use quick_xml::events::BytesStart;

use super::{
    lists::Lists,
    notes::{self, References},
    styles::{Style, Styles},
    table::Table,
    xml::{attribute, is_on, number, walk},
};
use crate::{
    error::ImportError,
    format::{grid::Piece, raised::superscript},
    paragraph::{Mark, chars},
    split::Split,
};

/// The paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    bold: usize,
    not_bold: bool,
    run: Option<Run>,
    style: Option<String>,
    outline: u8,
    list: Option<String>,
    level: usize,
    /// True if the end of the paragraph is a deletion that somebody has yet to accept.
    joins_next: bool,
}

/// Formatting of a run of text.
#[derive(Debug, Default, Clone, Copy)]
struct Run {
    bold: bool,
    /// Crossed out.
    struck: bool,
    hidden: bool,
    raised: bool,
}

/// Text that is passed over, until the element at this depth ends.
struct Skipped {
    depth: usize,
    /// What to tell about its text; `None` if the same text stands elsewhere.
    reason: Option<&'static str>,
}

/// Collects the paragraphs of body and notes.
#[derive(Default)]
pub(super) struct Document {
    styles: Styles,
    lists: Lists,
    /// What was read.
    pub(super) split: Split,
    paragraph: Paragraph,
    /// Paragraphs around the text box being read.
    around: Vec<Paragraph>,
    /// Paragraphs of text boxes, which stand after the one they are anchored in.
    boxed: Vec<Piece>,
    number: usize,
    /// Tables being read, the outermost first.
    tables: Vec<Table>,
    /// Names of the open elements.
    open: Vec<String>,
    skipped: Option<Skipped>,
    /// Text left out of the current paragraph: what was deleted, crossed out or hidden.
    left_out: Vec<(&'static str, String)>,
    /// The notes that the text refers to.
    references: References,
    in_text: bool,
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
        walk(xml, |tag, text| match tag {
            None => self.characters(text),
            Some((name, tag, true)) => self.start(name, tag),
            Some((name, _, false)) => self.end(name),
        })
    }

    fn characters(&mut self, text: &str) {
        if !self.in_text {
            return;
        }
        match &self.skipped {
            None => self.text(text),
            Some(Skipped { reason, .. }) => {
                if let Some(reason) = *reason {
                    self.leave_out(reason, text);
                }
            }
        }
    }

    /// Records text that is no part of the paragraph, joined with what was left out just before it.
    fn leave_out(&mut self, reason: &'static str, text: &str) {
        match self.left_out.last_mut() {
            Some((last, left_out)) if *last == reason => left_out.push_str(text),
            _ => self.left_out.push((reason, text.to_owned())),
        }
    }

    fn is_within(&self, name: &str) -> bool {
        self.open.iter().rev().any(|open| open == name)
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        let parent = self.open.last().map_or("", String::as_str).to_owned();
        self.open.push(name.to_owned());
        if matches!(name, "t" | "delText") {
            self.in_text = true;
        }
        if matches!(name, "footnoteReference" | "endnoteReference") {
            let deleted = matches!(
                self.skipped,
                Some(Skipped {
                    reason: Some(_),
                    ..
                })
            );
            if deleted || self.skipped.is_none() {
                self.references.add(name, tag, deleted);
            }
        }
        if self.skipped.is_some() {
            return;
        }
        match name {
            // Within properties, the mark that ends a paragraph or the row of a table was deleted.
            "del" | "moveFrom" if parent == "rPr" => self.paragraph.joins_next = true,
            "del" if parent == "trPr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.delete_row();
                }
            }
            "del" => self.skip(Some("修订中删去的")),
            "moveFrom" => self.skip(None),
            // How things were formatted before, readings above characters, and copies for old programs.
            "pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "tblPrChange"
            | "sectPrChange" | "numberingChange" | "rt" | "Fallback" => self.skip(None),
            "txbxContent" => self.around.push(std::mem::take(&mut self.paragraph)),
            "r" => self.paragraph.run = Some(Run::default()),
            "tab" if parent == "r" => self.text("\t"),
            "br" | "cr" if parent == "r" => {
                let page = attribute(tag, "type").is_some_and(|kind| kind != "textWrapping");
                if !page || !self.paragraph.text.trim().is_empty() {
                    self.end_paragraph(true);
                }
            }
            "noBreakHyphen" => self.text("-"),
            "sym" => self.symbol(tag),
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.table(Table::start_row),
            "tc" => self.table(Table::start_cell),
            _ => self.property(name, tag),
        }
    }

    fn skip(&mut self, reason: Option<&'static str>) {
        let depth = self.open.len();
        self.skipped = Some(Skipped { depth, reason });
    }

    fn table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    /// Reads a property of a run, a paragraph or a cell.
    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        if let Some(run) = &mut self.paragraph.run {
            match name {
                "b" => run.bold = is_on(tag),
                "strike" | "dstrike" => run.struck = is_on(tag),
                "vanish" => run.hidden = is_on(tag),
                "vertAlign" => {
                    run.raised = attribute(tag, "val").is_some_and(|val| val == "superscript");
                }
                "rStyle" => {
                    let style = self.styles.get(&attribute(tag, "val").unwrap_or_default());
                    run.struck |= style.struck.unwrap_or(false);
                    run.hidden |= style.hidden.unwrap_or(false);
                }
                _ => {}
            }
            return;
        }
        match name {
            "pStyle" => self.paragraph.style = attribute(tag, "val"),
            "outlineLvl" => {
                let level = number(tag).filter(|level| *level < 6);
                self.paragraph.outline = level.and_then(|l| u8::try_from(l + 1).ok()).unwrap_or(0);
            }
            "numId" => self.paragraph.list = attribute(tag, "val"),
            "ilvl" => self.paragraph.level = number(tag).unwrap_or(0).min(8),
            "gridSpan" => {
                let columns = number(tag).unwrap_or(1);
                self.table(|table| table.span(columns));
            }
            "vMerge" => {
                let restarts = attribute(tag, "val").is_some_and(|val| val == "restart");
                self.table(|table| table.merge(restarts));
            }
            "tblHeader" if is_on(tag) => self.table(Table::mark_header),
            _ => {}
        }
    }

    /// Checkmarks of symbol fonts; other symbols are decoration.
    fn symbol(&mut self, tag: &BytesStart<'_>) {
        match attribute(tag, "char")
            .unwrap_or_default()
            .to_uppercase()
            .as_str()
        {
            "F0FC" | "F052" | "F0FE" => self.text("✓"),
            "F0FB" | "F0FD" => self.text("✗"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let depth = self.open.len();
        self.open.pop();
        if matches!(name, "t" | "delText") {
            self.in_text = false;
        }
        if let Some(skipped) = &self.skipped {
            if skipped.depth == depth {
                self.skipped = None;
            }
            return;
        }
        match name {
            "r" => self.paragraph.run = None,
            "p" if self.paragraph.joins_next => self.paragraph.joins_next = false,
            "p" => self.end_paragraph(false),
            "txbxContent" => {
                self.end_paragraph(false);
                self.paragraph = self.around.pop().unwrap_or_default();
            }
            "tc" => {
                self.end_paragraph(false);
                self.table(Table::end_cell);
            }
            "tbl" => self.end_table(),
            "body" => self.end_paragraph(false),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let run = self.paragraph.run.unwrap_or_default();
        let style = self
            .paragraph
            .style
            .as_deref()
            .map(|id| self.styles.get(id));
        let (struck, hidden) = style.map_or((false, false), |style| {
            (style.struck.unwrap_or(false), style.hidden.unwrap_or(false))
        });
        if run.struck || struck {
            return self.leave_out("划掉的", text);
        }
        if run.hidden || hidden {
            return self.leave_out("隐藏的", text);
        }
        let raised = run.raised.then(|| superscript(text));
        let text = raised.as_deref().unwrap_or(text);
        self.paragraph.text.push_str(text);
        if run.bold && !self.paragraph.not_bold {
            self.paragraph.bold += chars(text);
        } else if !text.trim().is_empty() {
            self.paragraph.not_bold = true;
        }
    }

    /// Ends a paragraph; after a line break, the rest keeps the run's formatting.
    fn end_paragraph(&mut self, line_break: bool) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if line_break {
            self.paragraph.run = paragraph.run;
            self.paragraph.style.clone_from(&paragraph.style);
        }
        for (what, text) in std::mem::take(&mut self.left_out) {
            if !text.trim().is_empty() {
                let text = format!("（{what}文字）{}", text.trim());
                self.split.leave_out(self.number + 1, &text);
            }
        }
        let style = paragraph
            .style
            .as_deref()
            .map(|id| self.styles.get(id))
            .unwrap_or_default();
        if paragraph.text.trim().is_empty() {
            return self.place_boxes();
        }
        if style.contents || self.is_within("sdt") && is_contents_line(&paragraph.text) {
            self.number += 1;
            self.split.leave_out(self.number, paragraph.text.trim());
            return;
        }
        let piece = self.numbered(paragraph, style);
        if self.around.is_empty() {
            self.place(piece);
            self.place_boxes();
        } else {
            // What stands in a box beside the text is no heading of the text.
            let mark = Mark::default();
            self.boxed.push(Piece { mark, ..piece });
        }
    }

    /// The paragraph with the number of its list before it, as Word shows it.
    fn numbered(&mut self, paragraph: Paragraph, style: Style) -> Piece {
        let list = paragraph
            .list
            .map(|list| (list, paragraph.level))
            .or_else(|| {
                let (list, level) = style.list?;
                let id = paragraph.style.as_deref().unwrap_or_default();
                let level = level.or_else(|| self.lists.level_of_style(&list, id));
                Some((list, level.unwrap_or(0)))
            })
            .filter(|(list, _)| list != "0");
        let mut text = paragraph.text;
        let leading = text.chars().take_while(|c| c.is_whitespace()).count();
        let mut bold = paragraph.bold.saturating_sub(leading);
        if let Some(number) = list.and_then(|(list, level)| self.lists.next(&list, level)) {
            if bold > 0 {
                bold += chars(&number);
            }
            text = format!("{number}{}", text.trim_start());
        }
        let heading = match paragraph.outline {
            0 => style.heading,
            outline => outline,
        };
        let bold = bold.min(chars(text.trim()));
        Piece {
            text: text.trim().to_owned(),
            mark: Mark {
                heading,
                bold,
                ..Mark::default()
            },
        }
    }

    /// Adds the paragraphs of the text boxes of the paragraph that has ended.
    fn place_boxes(&mut self) {
        if self.around.is_empty() {
            for piece in std::mem::take(&mut self.boxed) {
                self.place(piece);
            }
        }
    }

    fn place(&mut self, piece: Piece) {
        match self.tables.last_mut() {
            Some(table) if table.has_cell() => table.add(piece),
            _ => self.add(&piece.text, piece.mark),
        }
    }

    /// Adds a paragraph of the text, a row of a table or a note.
    fn add(&mut self, text: &str, mark: Mark) {
        self.number += 1;
        self.split.add_line(self.number, text, mark);
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        let nested = !self.tables.is_empty();
        for piece in table.pieces(nested) {
            self.place(piece);
        }
    }

    /// Adds footnotes or endnotes, which are often the glossary, as numbered paragraphs at the end.
    pub(super) fn notes(&mut self, xml: &str) -> Result<(), ImportError> {
        let ordered = self.references.order(notes::read(xml)?);
        if !ordered.kept.is_empty() {
            self.add("注释：", Mark::default());
        }
        for (n, note) in ordered.kept.iter().enumerate() {
            self.add(&format!("[{}]{note}", n + 1), Mark::default());
        }
        for note in ordered.deleted {
            let text = format!("（修订中删去的文字）{note}");
            self.split.leave_out(self.number + 1, &text);
        }
        Ok(())
    }
}

/// True for a line of a table of contents: it ends in the number of a page.
fn is_contents_line(text: &str) -> bool {
    let line = text.trim();
    let name = line.trim_end_matches(|c: char| c.is_ascii_digit());
    name.len() < line.len() && name.ends_with(['\t', '…', '.', '·'])
        || line.replace(['\u{3000}', ' '], "") == "目录"
}
