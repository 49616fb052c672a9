//! Combines headings, lists and glossary into the blocks of a report.

use wenzheng_document::BlockKind;

use super::{
    articles,
    glossary::{self, entries},
    heading::{self, Heading},
    lead::lead,
    livelihood::{self, Livelihood},
    questions, references, table,
};
use crate::{
    paragraph::{Paragraph, Row},
    titles::{is_annex, is_bare_annex, is_glossary, is_title},
};

/// A block and the paragraph it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Index of the paragraph.
    pub(crate) paragraph: usize,
}

/// Returns the blocks of `paragraphs` (clean text); a missing title is not added. The blocks hold all of
/// the text, except for the numbers of glossary entries and the marks that refer to them.
///
/// Returns the blocks, and the indices of paragraphs left out: sentences that a glossary quotes from
/// the report.
pub(crate) fn recognise(paragraphs: &[Paragraph], preamble: usize) -> (Vec<Block>, Vec<usize>) {
    let (body, annex) = glossary::range(paragraphs, preamble);
    let paragraphs = &references::without(paragraphs, body, annex)[..];
    let report = table::without_rows(&paragraphs[..body]);
    let outline = heading::outline(&report, preamble);
    let mut layout = Layout {
        paragraphs,
        ..Layout::default()
    };
    let mut at = 0;
    while at < body {
        layout.paragraph = at;
        if at >= preamble && paragraphs[at].mark.row != Row::None {
            at += layout.table(at, body);
        } else if at < preamble {
            layout.preamble(at);
            at += 1;
        } else {
            at += layout.body(outline[at], at, body);
        }
    }
    layout.glossary(body, annex);
    layout.annex(annex);
    (layout.blocks, layout.left_out)
}

/// Returns the blocks of a text that is divided into articles (第五条): what stands below the number of
/// an article belongs to it, conditions (（一）…) as well.
pub(super) fn recognise_articles(paragraphs: &[Paragraph]) -> Vec<Block> {
    let chapters = articles::has_chapters(paragraphs);
    let mut layout = Layout {
        paragraphs,
        ..Layout::default()
    };
    let mut at = 0;
    while at < paragraphs.len() {
        layout.paragraph = at;
        if paragraphs[at].mark.row == Row::None {
            layout.push(articles::block(&paragraphs[at].text, chapters));
            at += 1;
        } else {
            at += layout.table(at, paragraphs.len());
        }
    }
    layout.blocks
}

/// Returns the blocks of an FAQ: each paragraph that begins with one of `headings` has it as a heading, and all
/// others are text below.
pub(super) fn recognise_questions(
    paragraphs: &[Paragraph],
    headings: &[Option<questions::Heading>],
) -> Vec<Block> {
    let mut layout = Layout {
        paragraphs,
        ..Layout::default()
    };
    let mut at = 0;
    while at < paragraphs.len() {
        layout.paragraph = at;
        if paragraphs[at].mark.row != Row::None {
            at += layout.table(at, paragraphs.len());
            continue;
        }
        let text = paragraphs[at].text.as_str();
        let (heading, rest) = text.split_at(headings[at].map_or(0, |heading| heading.length));
        if let Some(question) = headings[at] {
            layout.push_heading(question.level, heading.trim_end());
        }
        if !rest.trim().is_empty() {
            layout.push_text(rest.trim_start(), 0, false);
        }
        at += 1;
    }
    layout.blocks
}

#[derive(Default)]
struct Layout<'a> {
    paragraphs: &'a [Paragraph],
    blocks: Vec<Block>,
    left_out: Vec<usize>,
    paragraph: usize,
}

impl Layout<'_> {
    fn push(&mut self, kind: BlockKind) {
        self.blocks.push(Block {
            kind,
            paragraph: self.paragraph,
        });
    }

    fn push_text(&mut self, text: &str, lead: usize, continues: bool) {
        self.push(BlockKind::Paragraph {
            text: text.to_owned(),
            lead,
            continues,
            period: None,
        });
    }

    /// Adds the rows of the table that begins at `at`; returns their number. A table of livelihood
    /// projects is a list.
    fn table(&mut self, at: usize, end: usize) -> usize {
        let rows = table::rows(&self.paragraphs[at..end]);
        let items = self.opens_livelihood_table();
        if items && !matches!(self.blocks.last(), Some(block) if is_paragraph(block)) {
            let intro = table::intro(&self.paragraphs[at]);
            self.push_text(&intro, 0, false);
        }
        for n in 0..rows {
            self.paragraph = at + n;
            match table::read(&self.paragraphs[at..=at + n]) {
                Some(row) if items => self.push(BlockKind::LivelihoodItem {
                    text: table::item(&row),
                }),
                Some(row) => self.push(BlockKind::TableRow {
                    header: row.header,
                    cells: row.cells,
                }),
                None => {}
            }
        }
        rows
    }

    /// True if the line above a table, its caption or heading, announces livelihood projects.
    fn opens_livelihood_table(&self) -> bool {
        match self.blocks.last().map(|block| &block.kind) {
            Some(BlockKind::Heading { text, .. } | BlockKind::Paragraph { text, .. }) => {
                text.contains("实事") && text.chars().count() <= table::CAPTION
            }
            _ => false,
        }
    }

    fn push_heading(&mut self, level: u8, text: &str) {
        self.push(BlockKind::Heading {
            level,
            text: text.to_owned(),
            period: None,
        });
    }

    fn preamble(&mut self, n: usize) {
        let text = &self.paragraphs[n].text;
        let first = !self
            .blocks
            .iter()
            .any(|block| matches!(block.kind, BlockKind::Title(_)));
        if first && is_title(text) {
            self.push(BlockKind::Title(text.clone()));
        } else {
            self.push_text(text, 0, false);
        }
    }

    /// Reads paragraph `at` and the items of a list it opens; returns the number of paragraphs read.
    fn body(&mut self, heading: Option<Heading>, at: usize, end: usize) -> usize {
        let paragraph = &self.paragraphs[at];
        let text = paragraph.text.as_str();
        let Some(heading) = heading else {
            self.text(text, lead(paragraph));
            return 1 + self.list_lines(text, at, end);
        };
        let (name, rest) = text.split_at(heading.length);
        let rest = rest.trim_start();
        if rest.is_empty() {
            // A heading that kept its 。 would run into the next paragraph.
            let bare = name.trim_end_matches('。');
            self.push_heading(heading.level, bare);
            let intro = format!("{}：", bare.trim_end_matches(['：', ':']));
            return 1 + self.list_lines(&intro, at, end);
        }
        self.push_heading(heading.level, name);
        // The heading itself may open the list: （四）办好十件实事。一是…
        match livelihood::within(text).filter(|list| list.intro.len() == heading.length) {
            Some(list) => self.list(list),
            None => self.text(rest, 0),
        }
        1 + self.list_lines(rest, at, end)
    }

    fn text(&mut self, text: &str, lead: usize) {
        let Some(list) = livelihood::within(text) else {
            return self.push_text(text, lead, false);
        };
        self.push_text(list.intro, lead.min(list.intro.len()), false);
        self.list(list);
    }

    /// Pushes the items of a list, and what follows them in the same paragraph.
    fn list(&mut self, list: Livelihood<'_>) {
        for item in list.items {
            self.push(BlockKind::LivelihoodItem {
                text: item.to_owned(),
            });
        }
        if !list.rest.is_empty() {
            self.push_text(list.rest, 0, true);
        }
    }

    /// Reads the livelihood list, one item per line, that `intro` opens; returns its length.
    fn list_lines(&mut self, intro: &str, at: usize, end: usize) -> usize {
        let below: Vec<&str> = self.paragraphs[at + 1..end]
            .iter()
            .take(livelihood::MOST_LINES)
            .map(|paragraph| paragraph.text.as_str())
            .collect();
        let list = livelihood::below(intro, &below);
        for (n, text) in list.items {
            self.paragraph = at + 1 + n;
            self.push(BlockKind::LivelihoodItem { text });
        }
        list.length
    }

    fn glossary(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        self.paragraph = start;
        let heading = &self.paragraphs[start].text;
        let first = if is_glossary(heading) {
            self.push_heading(1, heading);
            start + 1
        } else if is_bare_annex(heading) {
            // A bare 附件 would not be recognised as a glossary when read back.
            let name = heading.trim_end_matches(['：', ':']);
            self.push_heading(1, &format!("{name}：名词解释"));
            start + 1
        } else {
            self.push_heading(1, "名词解释");
            start
        };
        for item in entries(&table::without_gaps(&self.paragraphs[first..end]), first) {
            self.paragraph = item.paragraph;
            match item.kind {
                Some(kind) => self.push(kind),
                None => self.left_out.push(item.paragraph),
            }
        }
    }

    /// Adds whatever follows the glossary.
    fn annex(&mut self, start: usize) {
        let mut at = start;
        while at < self.paragraphs.len() {
            let paragraph = &self.paragraphs[at];
            self.paragraph = at;
            if paragraph.mark.row != Row::None {
                at += self.table(at, self.paragraphs.len());
                continue;
            }
            if is_annex(&paragraph.text) {
                self.push_heading(1, &paragraph.text);
            } else {
                self.push_text(&paragraph.text, 0, false);
            }
            at += 1;
        }
    }
}

fn is_paragraph(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph { .. })
}
