//! Builds a document from the blocks of a corpus file: sections, passages and terms, block by block.

use std::{collections::HashSet, path::Path};

use wenzheng_text::{Pattern, Span, normalize::strip_quotes};

use super::{ids::PassageIds, sentences, table::Above, terms};
use crate::{
    markdown::Source,
    model::{
        Block, BlockKind, Document, DocumentId, DocumentKind, Meta, Passage, PassageKind, Period,
        Section, Term,
    },
    problem::{Fault, Problem},
    tense::{self, Tense},
};

/// “十件民生实事”, “10件民生实事”, “为民实事”.
static LIVELIHOOD: Pattern =
    Pattern::new("([0-9一二三四五六七八九十]+[件项])?(为民|民生)(办)?实事");
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

/// What the list that `intro` opens is called: 十件民生实事.
fn label(intro: &str) -> String {
    LIVELIHOOD
        .find_iter(intro)
        .map(|found| found.as_str())
        .max_by_key(|label| label.len())
        .unwrap_or("民生实事")
        .to_owned()
}

/// What the blocks say about a passage.
struct Draft {
    kind: PassageKind,
    path: Vec<String>,
    text: String,
    /// Length in bytes of the heading that `text` begins with.
    heading: usize,
    period: Period,
    line: usize,
}

/// Reads blocks in order and tracks the current headings, their periods and the current list.
struct Builder<'a> {
    document: &'a DocumentId,
    meta: &'a Meta,
    /// Current headings, outermost first, without closing punctuation.
    headings: Vec<String>,
    /// Periods of the current headings.
    periods: Vec<Period>,
    in_glossary: bool,
    /// A heading that runs into the next paragraph.
    run_in: Option<(String, usize)>,
    /// A paragraph whose passage is still open, because a livelihood list may follow.
    open: Option<Draft>,
    /// Office of the speaker, while the name is still to come.
    office: Option<String>,
    /// Label of the current livelihood list.
    list: Option<String>,
    /// What stands above a table.
    above: Above,
    sections: Vec<Section>,
    passages: Vec<Passage>,
    terms: Vec<Term>,
    names: HashSet<String>,
    ids: PassageIds,
    /// What is wrong, each with its line.
    faults: Vec<(usize, Fault)>,
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
    fn period(&self) -> Period {
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
        if (continues || lead == 0 && self.goes_on())
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
        if lead > 0 {
            path.push(bare_heading(&text[..lead]));
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
        });
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
    fn close_run_in(&mut self) {
        if let Some(heading) = self.take_run_in() {
            self.push(heading);
        }
    }

    /// The run-in heading as a paragraph.
    fn take_run_in(&mut self) -> Option<Draft> {
        let (text, line) = self.run_in.take()?;
        Some(Draft {
            kind: PassageKind::Paragraph,
            path: self.headings.clone(),
            heading: text.len(),
            text,
            period: self.period(),
            line,
        })
    }

    fn close_paragraph(&mut self) {
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
        self.meta.kind == DocumentKind::Document
            && (led.is_some_and(|led| ARTICLE.is_match(led))
                || open.text.ends_with(['：', ':', '；', ';', '，', '、']))
    }

    fn livelihood_item(&mut self, text: &str, line: usize) {
        // What a document that is no report lists stays with what introduces it.
        if self.meta.kind == DocumentKind::Document
            && let Some(open) = &mut self.open
        {
            open.text.push('\n');
            open.text.push_str(text);
            return;
        }
        // A heading that runs into its text opens the list like a paragraph does.
        if let Some(heading) = self.take_run_in() {
            self.open = Some(heading);
        }
        let label = match (&self.list, &mut self.open) {
            (Some(label), _) => label.clone(),
            (None, Some(open)) => {
                let label = label(&open.text);
                open.path.push(label.clone());
                label
            }
            (None, None) => match self.headings.last() {
                Some(heading) => label(heading),
                None => return, // reported by the reader
            },
        };
        self.list = Some(label.clone());
        let mut path = self.headings.clone();
        path.push(label);
        let period = self
            .open
            .as_ref()
            .map_or_else(|| self.period(), |open| open.period);
        self.push(Draft {
            kind: PassageKind::LivelihoodItem,
            path,
            text: text.to_owned(),
            heading: 0,
            period,
            line,
        });
    }

    /// A row is a passage of its own, below the caption of its table.
    fn table_row(&mut self, header: &[String], cells: &[String], line: usize) {
        self.close_run_in();
        self.close_paragraph();
        let text = self.above.row(header, cells);
        if text.is_empty() {
            return;
        }
        let mut path = self.headings.clone();
        path.extend(self.above.caption.clone());
        self.push(Draft {
            kind: PassageKind::Paragraph,
            path,
            heading: 0,
            text,
            period: self.period(),
            line,
        });
    }

    fn entry(&mut self, name: &str, definition: &str, written: &[String], line: usize) {
        self.close_paragraph();
        if !self.names.insert(strip_quotes(name)) {
            let fault = Fault::DuplicateEntry(name.to_owned());
            self.faults.push((line, fault));
        }
        let text = format!("{name}：{definition}");
        let parts = terms::parts(&text, name.len() + "：".len());
        let path = vec![
            self.headings.first().cloned().unwrap_or_default(),
            name.to_owned(),
        ];
        self.terms.push(Term {
            name: name.to_owned(),
            aliases: terms::aliases(name, written),
            definition: definition.to_owned(),
            parts,
            passage: self.passages.len(),
            used_in: Vec::new(),
        });
        self.push(Draft {
            kind: PassageKind::Entry,
            path,
            heading: name.len() + "：".len(),
            text,
            period: Period::Undated,
            line,
        });
    }

    fn push(&mut self, mut draft: Draft) {
        // What an article or a step is about stands in the title alone.
        if self.meta.kind == DocumentKind::Document {
            draft.path.insert(0, self.meta.title.clone());
        }
        self.passages.push(Passage {
            id: self.ids.next(self.document, &draft.path, &draft.text),
            kind: draft.kind,
            section: self.section(),
            sentences: if self.meta.kind == DocumentKind::Document {
                sentences::across_lines(&draft.text, draft.period)
            } else {
                sentences::of(&draft.text, draft.period)
            },
            heading: Span::new(0, draft.heading),
            path: draft.path,
            text: draft.text,
            period: draft.period,
            line: draft.line,
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
