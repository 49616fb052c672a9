//! Reads a corpus file line by line.

use std::path::Path;

use super::{front_matter, table};
use crate::{
    model::{Block, BlockKind, Meta, Period},
    problem::{Fault, Problem},
};

/// A parsed corpus file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The front matter.
    pub meta: Meta,
    /// Its blocks in order.
    pub blocks: Vec<Block>,
}

/// Parses a corpus file; `file` is only used to locate problems.
///
/// Returns what could be read and every problem, warnings included; `None` if the front matter is
/// unusable.
#[must_use]
pub fn read(file: &Path, text: &str) -> (Option<Source>, Vec<Problem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut reader = Reader::default();
    let (meta, above) = front_matter::read(&lines, &mut reader.faults);
    for (n, line) in lines.iter().enumerate().skip(above) {
        reader.line(n + 1, line.trim());
    }
    reader.end_table();
    let blocks = reader.blocks;
    let source = meta.map(|meta| Source { meta, blocks });
    (source, Problem::all(file, reader.faults).collect())
}

#[derive(Default)]
struct Reader {
    /// What is wrong, each with its line.
    faults: Vec<(usize, Fault)>,
    blocks: Vec<Block>,
    pending_period: Option<Period>,
    pending_continues: bool,
    level: u8,
    /// The row, with its line, that is the head of a table if the next line says so.
    row: Option<(usize, String)>,
    /// Names of the columns of the table being read.
    header: Option<Vec<String>>,
}

impl Reader {
    fn complain(&mut self, line: usize, fault: Fault) {
        self.faults.push((line, fault));
    }

    fn line(&mut self, line: usize, text: &str) {
        let row = table::is_row(text);
        if !row {
            self.end_table();
        }
        if text.is_empty() {
            return;
        }
        if let Some(damage) = damaged(text) {
            self.complain(line, Fault::Damaged(damage));
        }
        if let Some(comment) = comment(text) {
            self.comment(line, comment);
        } else if text.starts_with('#') {
            self.heading(line, text);
        } else if let Some(item) = text.strip_prefix("- ") {
            self.item(line, item.trim());
        } else if row {
            self.row(line, text);
        } else {
            self.paragraph(line, text);
        }
    }

    /// Reads a row of a table, its head, or the line below its head.
    fn row(&mut self, line: usize, text: &str) {
        if let Some(header) = &self.header {
            let header = header.clone();
            let cells = table::cells(text, header.len());
            self.push(line, BlockKind::TableRow { header, cells });
        } else if let Some((_, head)) = self.row.take_if(|_| table::is_rule(text)) {
            self.header = Some(table::cells(&head, 0));
        } else {
            self.end_table();
            self.row = Some((line, text.to_owned()));
        }
    }

    /// Ends a table; a row without a line below it was a paragraph.
    fn end_table(&mut self) {
        self.header = None;
        if let Some((line, text)) = self.row.take() {
            self.paragraph(line, &text);
        }
    }

    fn push(&mut self, line: usize, kind: BlockKind) {
        self.blocks.push(Block { kind, line });
    }

    fn comment(&mut self, line: usize, comment: &str) {
        if comment == "接上段" {
            self.pending_continues = true;
        } else if let Some(written) = comment.strip_prefix("period:") {
            self.pending_period = self.period(line, written.trim());
        }
        // Other comments are the editors' own notes.
    }

    fn period(&mut self, line: usize, written: &str) -> Option<Period> {
        let (kind, year) = written.split_once(' ').unwrap_or((written, ""));
        let period = match (kind, year.trim().parse::<i32>()) {
            ("done", Ok(year)) => Some(Period::Done(year)),
            ("planned", Ok(year)) => Some(Period::Planned(year)),
            ("assessment", _) => Some(Period::Assessment),
            ("undated", _) => Some(Period::Undated),
            _ => None,
        };
        if period.is_none() {
            self.complain(line, Fault::BadPeriod(written.to_owned()));
        }
        period
    }

    fn heading(&mut self, line: usize, text: &str) {
        let hashes = text.chars().take_while(|c| *c == '#').count();
        let rest = text[hashes..].trim();
        let (rest, written) = match rest.split_once("<!--") {
            Some((rest, comment)) => {
                let comment = comment.trim_end_matches("-->").trim();
                (rest.trim(), comment.strip_prefix("period:"))
            }
            None => (rest, None),
        };
        let period = written.and_then(|written| self.period(line, written.trim()));
        if rest.is_empty() {
            self.complain(line, Fault::EmptyHeading);
            return;
        }
        let level = u8::try_from(hashes).unwrap_or(u8::MAX);
        if level == 1 {
            self.push(line, BlockKind::Title(rest.to_owned()));
            return;
        }
        let level = level - 1;
        if level > self.level + 1 || level > 3 {
            self.complain(line, Fault::HeadingSkips(rest.to_owned()));
        }
        self.level = level.min(3);
        self.push(
            line,
            BlockKind::Heading {
                level: self.level,
                text: rest.to_owned(),
                period,
            },
        );
    }

    fn item(&mut self, line: usize, item: &str) {
        let follows_text = match self.blocks.last().map(|block| &block.kind) {
            Some(BlockKind::Paragraph { .. } | BlockKind::LivelihoodItem { .. }) => true,
            Some(BlockKind::Heading { text, .. }) => names_livelihood(text),
            Some(BlockKind::Title(_) | BlockKind::Entry { .. } | BlockKind::TableRow { .. })
            | None => false,
        };
        let kind = match item.strip_prefix("**") {
            Some(entry) => read_entry(entry).ok_or(Fault::BadEntry),
            None if follows_text => Ok(BlockKind::LivelihoodItem {
                text: item.to_owned(),
            }),
            None => Err(Fault::ItemWithoutParagraph),
        };
        match kind {
            Ok(kind) => self.push(line, kind),
            Err(fault) => self.complain(line, fault),
        }
    }

    fn paragraph(&mut self, line: usize, text: &str) {
        let (text, lead) = match text.strip_prefix("**") {
            None => (text.to_owned(), 0),
            Some(rest) => match rest.split_once("**") {
                Some((lead, rest)) => (format!("{lead}{rest}"), lead.len()),
                None => {
                    self.complain(line, Fault::UnclosedLead);
                    (rest.to_owned(), 0)
                }
            },
        };
        let kind = BlockKind::Paragraph {
            text,
            lead,
            continues: std::mem::take(&mut self.pending_continues),
            period: self.pending_period.take(),
        };
        self.push(line, kind);
    }
}

fn comment(text: &str) -> Option<&str> {
    Some(text.strip_prefix("<!--")?.strip_suffix("-->")?.trim())
}

/// True for a heading that a livelihood list may stand below without a paragraph between: （四）办好十件
/// 民生实事.
fn names_livelihood(heading: &str) -> bool {
    ["实事", "民生", "惠民", "利民", "便民", "为民"]
        .iter()
        .any(|name| heading.contains(name))
}

/// `术语**：释义 <!-- 又称：甲、乙 -->` after the opening `**`.
fn read_entry(entry: &str) -> Option<BlockKind> {
    let (name, rest) = entry.split_once("**")?;
    let definition = rest.trim_start().strip_prefix(['：', ':'])?;
    let (definition, aliases) = match definition.split_once("<!--") {
        Some((definition, comment)) => {
            let names = comment.trim_end_matches("-->").trim();
            let names = names.strip_prefix("又称：").unwrap_or_default();
            let names = names
                .split('、')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            (definition, names.map(str::to_owned).collect())
        }
        None => (definition, Vec::new()),
    };
    let (name, definition) = (name.trim(), definition.trim());
    (!name.is_empty() && !definition.is_empty()).then(|| BlockKind::Entry {
        name: name.to_owned(),
        definition: definition.to_owned(),
        aliases,
    })
}

/// The first damaged spot with some context.
fn damaged(text: &str) -> Option<String> {
    let at = text.find(['□', '\u{fffd}']).or_else(|| text.find("??"))?;
    let before = text[..at].chars().rev().take(4).collect::<Vec<_>>();
    let around = before.into_iter().rev().chain(text[at..].chars().take(6));
    Some(around.collect())
}
