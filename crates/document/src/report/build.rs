//! Builds a document from the blocks of a corpus file: sections, passages and terms, block by block.

use std::{collections::HashSet, path::Path};

use wenzheng_text::{Pattern, Span};

use super::{ids::PassageIds, label, sentences, table::Above, terms};
use crate::{
    markdown::Source,
    model::{
        Block, BlockKind, Cell, Document, DocumentId, DocumentKind, Meta, Passage, PassageKind,
        Period, Section, Term,
    },
    problem::{Fault, Problem},
    tense::{self, Tense},
};

/// The number of an article.
static ARTICLE: Pattern =
    Pattern::new("^第[〇零一二三四五六七八九十百0-9]{1,6}条(之[一二三四五六七八九十]{1,2})?$");
/// The address that ends a section.
const ADDRESS: &str = "各位代表！";
/// A line that consists of an office only.
static OFFICE: Pattern = Pattern::new("^[^，。：！、]{2,20}(县长|市长|省长|州长|区长|主席)$");

/// Builds a document from a parsed corpus file and adds the problems of its layout to `problems`.
#[must_use]
pub fn build(
    id: DocumentId,
    key: u64,
    file: &Path,
    source: Source,
    problems: &mut Vec<Problem>,
) -> Document {
    let Source { meta, blocks } = source;
    let mut builder = Builder::new(&id, &meta);
    for (n, block) in blocks.iter().enumerate() {
        if meta.kind == DocumentKind::Policy {
            builder.begin_table(&blocks, n);
        }
        builder.block(block, is_closing(&blocks, n));
    }
    builder.close();
    let Builder {
        mut sections,
        passages,
        mut terms,
        mut faults,
        ..
    } = builder;
    sections.retain(|section| section.first < section.end);
    if passages.is_empty() {
        faults.push((0, Fault::Empty));
    }
    problems.extend(Problem::all(file, faults));
    terms::find_uses(&mut terms, &passages);
    Document {
        id,
        key,
        file: file.to_owned(),
        meta,
        blocks,
        sections,
        passages,
        terms,
    }
}

/// True for the last paragraph of the report proper if it is a call to action.
fn is_closing(blocks: &[Block], at: usize) -> bool {
    let BlockKind::Paragraph { text, .. } = &blocks[at].kind else {
        return false;
    };
    // A glossary holds texts and lists besides its entries.
    let mut glossary = false;
    let ends_body = blocks[at + 1..].iter().all(|block| match &block.kind {
        BlockKind::Entry { .. } => true,
        BlockKind::Heading { text, .. } => {
            glossary = tense::is_glossary(text);
            glossary
        }
        BlockKind::Paragraph { .. } | BlockKind::LivelihoodItem { .. } => glossary,
        BlockKind::Title(_) | BlockKind::TableRow { .. } => false,
    });
    ends_body && text.contains("让我们")
}

/// What the blocks say about a passage.
pub(super) struct Draft {
    pub(super) kind: PassageKind,
    pub(super) path: Vec<String>,
    pub(super) text: String,
    /// Length in bytes of the heading that `text` begins with.
    pub(super) heading: usize,
    pub(super) period: Period,
    pub(super) line: usize,
    /// Of the row of a table.
    pub(super) cells: Vec<Cell>,
}

/// Reads blocks in order and tracks the current headings, their periods and the current list.
pub(super) struct Builder<'a> {
    document: &'a DocumentId,
    pub(super) meta: &'a Meta,
    /// Current headings, outermost first, without closing punctuation.
    pub(super) headings: Vec<String>,
    /// Periods of the current headings.
    periods: Vec<Period>,
    in_glossary: bool,
    /// A heading that runs into the next paragraph.
    run_in: Option<(String, usize)>,
    /// A paragraph whose passage is still open, because a livelihood list may follow.
    pub(super) open: Option<Draft>,
    /// How the label of the open paragraph is numbered, if it has one.
    field: Option<label::Style>,
    /// True for rows that are labels and their values.
    pub(super) in_fields: bool,
    /// Office of the speaker, while the name is still to come.
    office: Option<String>,
    /// Label of the current livelihood list.
    pub(super) list: Option<String>,
    /// What stands above a table.
    pub(super) above: Above,
    sections: Vec<Section>,
    pub(super) passages: Vec<Passage>,
    pub(super) terms: Vec<Term>,
    pub(super) names: HashSet<String>,
    ids: PassageIds,
    /// What is wrong, each with its line.
    pub(super) faults: Vec<(usize, Fault)>,
}

impl<'a> Builder<'a> {
    fn new(document: &'a DocumentId, meta: &'a Meta) -> Self {
        Self {
            document,
            meta,
            headings: Vec::new(),
            periods: Vec::new(),
            in_glossary: false,
            run_in: None,
            open: None,
            field: None,
            in_fields: false,
            office: None,
            list: None,
            above: Above::default(),
            sections: vec![Section {
                path: Vec::new(),
                first: 0,
                end: 0,
            }],
            passages: Vec::new(),
            terms: Vec::new(),
            names: HashSet::new(),
            ids: PassageIds::default(),
            faults: Vec::new(),
        }
    }

    /// Adds the next block; `closing` is true for the paragraph that ends the report.
    fn block(&mut self, block: &Block, closing: bool) {
        match &block.kind {
            BlockKind::Title(_) => {}
            BlockKind::Heading {
                level,
                text,
                period,
            } => self.heading(*level, text, *period, block.line),
            BlockKind::Paragraph {
                text,
                lead,
                continues,
                period,
            } => {
                let period = if closing {
                    Some(Period::Undated)
                } else {
                    *period
                };
                self.above.paragraph(text);
                self.paragraph(text, *lead, *continues, period, block.line);
            }
            BlockKind::LivelihoodItem { text } => self.livelihood_item(text, block.line),
            BlockKind::TableRow { header, cells } => self.table_row(header, cells, block.line),
            BlockKind::Entry {
                name,
                definition,
                aliases,
            } => self.entry(name, definition, aliases, block.line),
        }
    }

    /// Completes open paragraphs and sections.
    fn close(&mut self) {
        self.close_run_in();
        self.close_paragraph();
        self.close_section();
    }

    fn heading(&mut self, level: u8, text: &str, period: Option<Period>, line: usize) {
        self.close();
        self.above = Above::default();
        let depth = usize::from(level.max(1));
        self.headings.truncate(depth - 1);
        self.periods.truncate(depth - 1);
        self.headings.push(bare_heading(text));
        self.in_glossary = tense::is_glossary(self.headings.first().map_or("", String::as_str));
        let period = period.unwrap_or_else(|| self.period_of_heading(depth, text, line));
        self.periods.push(period);
        self.open_section();
        if text.ends_with('。') {
            self.run_in = Some((text.to_owned(), line));
        }
    }

    /// The address 各位代表！ after the last section belongs to the part as a whole.
    fn leave_section(&mut self) {
        self.close_section();
        self.headings.truncate(1);
        self.periods.truncate(1);
        self.open_section();
    }

    fn open_section(&mut self) {
        self.sections.push(Section {
            path: self.headings.clone(),
            first: self.passages.len(),
            end: self.passages.len(),
        });
    }

    /// The period of the innermost heading.
    pub(super) fn period(&self) -> Period {
        self.periods.last().copied().unwrap_or(Period::Undated)
    }

    fn period_of_heading(&mut self, depth: usize, text: &str, line: usize) -> Period {
        if depth > 1 {
            return self.period();
        }
        // What is no report is outside of time.
        let Some(years) = self.meta.years() else {
            return Period::Undated;
        };
        match tense::of_heading_in(text, years.plan) {
            Some(Tense::Glossary) => Period::Undated,
            Some(Tense::Review) => Period::Done(years.review),
            Some(Tense::Plan) => Period::Planned(years.plan),
            Some(Tense::Mixed) | None => {
                let fault = Fault::UnknownPeriod(text.to_owned());
                self.faults.push((line, fault));
                Period::Undated
            }
        }
    }

    fn paragraph(
        &mut self,
        text: &str,
        lead: usize,
        continues: bool,
        period: Option<Period>,
        line: usize,
    ) {
        let is_policy = self.meta.kind == DocumentKind::Policy;
        let listed = is_policy && self.is_listed(text);
        let lead = match lead {
            0 if is_policy => label::length(text),
            lead => lead,
        };
        if (continues || listed || lead == 0 && self.goes_on())
            && let Some(open) = &mut self.open
        {
            open.text.push('\n');
            open.text.push_str(text);
            self.list = None;
            return;
        }
        self.close_paragraph();
        if self.headings.len() > 1 && text.starts_with(ADDRESS) {
            self.leave_section();
        }
        // An office on a line of its own (通渭县人民政府县长) is the heading of the name below.
        if self.headings.is_empty() && lead == 0 && OFFICE.is_match(text) {
            self.office = Some(text.to_owned());
            return;
        }
        let (run_in, line) = self.run_in.take().unwrap_or((String::new(), line));
        let mut path = self.headings.clone();
        path.extend(self.office.take());
        self.field = (is_policy && lead > 0).then(|| label::style(text));
        if lead > 0 {
            let lead = &text[..lead];
            path.push(if is_policy {
                label::name(lead)
            } else {
                bare_heading(lead)
            });
        }
        let period = period.unwrap_or_else(|| self.period_of_paragraph(text));
        let text = format!("{run_in}{text}");
        self.open = Some(Draft {
            kind: PassageKind::Paragraph,
            heading: run_in.len() + lead,
            text,
            path,
            period,
            line,
            cells: Vec::new(),
        });
    }

    /// True for a line of the list that the label above it introduces: numbered, and otherwise than that label.
    fn is_listed(&self, text: &str) -> bool {
        let style = label::style(text);
        self.open.is_some() && style != 0 && self.field.is_some_and(|own| own != style)
    }

    fn period_of_paragraph(&self, text: &str) -> Period {
        let part = self.period();
        let reviews = matches!(part, Period::Done(_));
        if reviews && tense::tells_shortcomings(text) {
            Period::Assessment
        } else {
            part
        }
    }

    /// A run-in heading without text becomes a paragraph of its own.
    pub(super) fn close_run_in(&mut self) {
        if let Some(heading) = self.take_run_in() {
            self.push(heading);
        }
    }

    /// The run-in heading as a paragraph.
    pub(super) fn take_run_in(&mut self) -> Option<Draft> {
        let (text, line) = self.run_in.take()?;
        Some(Draft {
            kind: PassageKind::Paragraph,
            path: self.headings.clone(),
            heading: text.len(),
            text,
            period: self.period(),
            line,
            cells: Vec::new(),
        })
    }

    pub(super) fn close_paragraph(&mut self) {
        self.list = None;
        if let Some(open) = self.open.take() {
            self.push(open);
        }
    }

    fn close_section(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            section.end = self.passages.len();
        }
    }

    /// True in a document that is no report below the number of an article (第五条), whose clauses and
    /// conditions are one passage with it, and below a line that goes on: 请带： or 1.身份证；
    fn goes_on(&self) -> bool {
        let Some(open) = &self.open else {
            return false;
        };
        let led = open.path.last();
        self.meta.kind.is_titled()
            && (led.is_some_and(|led| ARTICLE.is_match(led))
                || open.text.ends_with(['：', ':', '；', ';', '，', '、']))
    }

    pub(super) fn push(&mut self, mut draft: Draft) {
        // What an article or a step is about stands in the title alone.
        if self.meta.kind.is_titled() {
            draft.path.insert(0, self.meta.title.clone());
        }
        self.passages.push(Passage {
            id: self.ids.next(self.document, &draft.path, &draft.text),
            kind: draft.kind,
            section: self.section(),
            sentences: if self.meta.kind.is_titled() {
                sentences::across_lines(&draft.text, draft.period)
            } else {
                sentences::of(&draft.text, draft.period)
            },
            heading: Span::new(0, draft.heading),
            path: draft.path,
            text: draft.text,
            period: draft.period,
            line: draft.line,
            cells: draft.cells,
        });
    }

    /// Index of the current section, not counting empty ones, which are dropped in the end.
    fn section(&self) -> usize {
        let current = self.sections.len() - 1;
        self.sections[..current]
            .iter()
            .filter(|section| section.first < section.end)
            .count()
    }
}

/// A heading without its closing 。 or ：.
fn bare_heading(text: &str) -> String {
    text.trim()
        .trim_end_matches(['。', '：', ':', '！'])
        .to_owned()
}
