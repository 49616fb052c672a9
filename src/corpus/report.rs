//! From blocks to sections, passages and terms: what a work report means by its layout.
//!
//! Periods follow the part a paragraph stands in: a review (工作回顾) tells what was done in the
//! review year, everything after it what is planned; inside, single paragraphs (shortcomings,
//! closing) and sentences (“2023年，…全面完成” in the plan) say otherwise by their wording.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::LazyLock,
};

use regex::Regex;
use sha2::{Digest, Sha256};

use super::{
    Block, BlockKind, Document, DocumentId, Meta, Passage, PassageId, PassageKind, Period, Section,
    Sentence, Term, TermPart,
    markdown::Source,
    problem::{Fault, Problem},
    tense::{self, Tense},
};
use crate::text::{
    Span, hex,
    normalize::{narrow_digits, strip_quotes},
    sentence,
};

/// “十件民生实事”, “10件民生实事”, “为民实事”.
static LIVELIHOOD: LazyLock<Regex> =
    LazyLock::new(|| regex("([0-9一二三四五六七八九十]+[件项])?(为民|民生)(办)?实事"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| regex("(19|20)[0-9]{2}年"));
static RESULT: LazyLock<Regex> = LazyLock::new(|| regex("完成|达到|实现|取得|增长|建成|了"));
static INTENT: LazyLock<Regex> = LazyLock::new(|| regex("将|力争|确保|计划|要"));
/// A quoted part of a slogan that the definition explains: “一总”即…
static PART: LazyLock<Regex> =
    LazyLock::new(|| regex("[“\"]([^”\"]{1,12})[”\"](?:即|指|是指|就是|：)"));
/// How a report turns to its hearers.
const ADDRESS: &str = "各位代表！";
/// A line that is nothing but an office.
static OFFICE: LazyLock<Regex> =
    LazyLock::new(|| regex("^[^，。：！、]{2,20}(县长|市长|省长|州长|区长|主席)$"));
/// What people leave off the end of a slogan.
const SUFFIXES: [&str; 9] = [
    "行动",
    "工程",
    "改革",
    "项目清单",
    "清单",
    "机制",
    "战略",
    "方略",
    "制度",
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are tested")
}

/// Makes a document of a corpus file that was read; `problems` gains what its layout lacks.
#[must_use]
pub(super) fn build(
    id: DocumentId,
    key: u64,
    file: &Path,
    source: Source,
    problems: &mut Vec<Problem>,
) -> Document {
    let Source { meta, blocks } = source;
    let mut builder = Builder::new(&id, &meta, file);
    for (n, block) in blocks.iter().enumerate() {
        let closing = is_closing(&blocks, n);
        builder.block(block, closing);
    }
    let Builder {
        mut sections,
        passages,
        mut terms,
        problems: mut found,
        ..
    } = builder.finish();
    sections.retain(|section| section.first < section.end);
    if passages.is_empty() {
        found.push(Problem::new(file, 0, Fault::Empty));
    }
    problems.append(&mut found);
    find_uses(&mut terms, &passages);
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

/// True for the last paragraph of the report proper when it calls to action.
fn is_closing(blocks: &[Block], at: usize) -> bool {
    let BlockKind::Paragraph { text, .. } = &blocks[at].kind else {
        return false;
    };
    let ends_body = blocks[at + 1..].iter().all(|block| match &block.kind {
        BlockKind::Entry { .. } => true,
        BlockKind::Heading { text, .. } => tense::is_glossary(text),
        BlockKind::Title(_) | BlockKind::Paragraph { .. } | BlockKind::LivelihoodItem { .. } => {
            false
        }
    });
    ends_body && text.contains("让我们")
}

/// A paragraph whose passage is not finished: the livelihood list may still follow it.
struct Open {
    text: String,
    heading: usize,
    path: Vec<String>,
    period: Period,
    line: usize,
}

struct Builder<'a> {
    document: &'a DocumentId,
    meta: &'a Meta,
    file: &'a Path,
    /// Headings in force, outermost first, without closing punctuation.
    headings: Vec<String>,
    /// Period of the part in force, and of nested headings that override it.
    periods: Vec<Period>,
    in_glossary: bool,
    /// A heading that runs into the next paragraph.
    run_in: Option<(String, usize)>,
    open: Option<Open>,
    /// The speaker's office, until the name follows.
    office: Option<String>,
    /// The label of the livelihood list being read.
    list: Option<String>,
    sections: Vec<Section>,
    passages: Vec<Passage>,
    terms: Vec<Term>,
    names: HashSet<String>,
    ids: HashMap<String, usize>,
    problems: Vec<Problem>,
}

impl<'a> Builder<'a> {
    fn new(document: &'a DocumentId, meta: &'a Meta, file: &'a Path) -> Self {
        Self {
            document,
            meta,
            file,
            headings: Vec::new(),
            periods: Vec::new(),
            in_glossary: false,
            run_in: None,
            open: None,
            office: None,
            list: None,
            sections: vec![Section {
                path: Vec::new(),
                first: 0,
                end: 0,
            }],
            passages: Vec::new(),
            terms: Vec::new(),
            names: HashSet::new(),
            ids: HashMap::new(),
            problems: Vec::new(),
        }
    }

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
                self.paragraph(text, *lead, *continues, period, block.line);
            }
            BlockKind::LivelihoodItem { text } => self.livelihood_item(text, block.line),
            BlockKind::Entry {
                name,
                definition,
                aliases,
            } => self.entry(name, definition, aliases, block.line),
        }
    }

    fn finish(mut self) -> Self {
        self.close_run_in();
        self.close_paragraph();
        self.close_section();
        self
    }

    fn heading(&mut self, level: u8, text: &str, period: Option<Period>, line: usize) {
        self.close_run_in();
        self.close_paragraph();
        self.close_section();
        let depth = usize::from(level.max(1));
        self.headings.truncate(depth - 1);
        self.periods.truncate(depth - 1);
        self.headings.push(bare_heading(text));
        self.in_glossary = tense::is_glossary(self.headings.first().map_or("", String::as_str));
        let period = period.unwrap_or_else(|| self.period_of_heading(depth, text, line));
        self.periods.push(period);
        self.sections.push(Section {
            path: self.headings.clone(),
            first: self.passages.len(),
            end: self.passages.len(),
        });
        if text.ends_with('。') {
            self.run_in = Some((text.to_owned(), line));
        }
    }

    /// The address 各位代表！ after the last section speaks for the whole part again.
    fn leave_section(&mut self) {
        self.close_section();
        self.headings.truncate(1);
        self.periods.truncate(1);
        self.sections.push(Section {
            path: self.headings.clone(),
            first: self.passages.len(),
            end: self.passages.len(),
        });
    }

    fn period_of_heading(&mut self, depth: usize, text: &str, line: usize) -> Period {
        if depth > 1 {
            return self.periods.last().copied().unwrap_or(Period::Undated);
        }
        match tense::of_heading(text) {
            Some(Tense::Glossary) => Period::Undated,
            Some(Tense::Review) => Period::Done(self.meta.review_year),
            Some(Tense::Plan) => Period::Planned(self.meta.year),
            Some(Tense::Mixed) | None => {
                self.problems.push(Problem::new(
                    self.file,
                    line,
                    Fault::UnknownPeriod(text.to_owned()),
                ));
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
        if continues && let Some(open) = &mut self.open {
            open.text.push('\n');
            open.text.push_str(text);
            self.list = None;
            return;
        }
        self.close_paragraph();
        if self.headings.len() > 1 && text.starts_with(ADDRESS) {
            self.leave_section();
        }
        if self.headings.is_empty() && lead == 0 {
            // 通渭县人民政府县长 on a line of its own is the heading of the name below it.
            if OFFICE.is_match(text) {
                self.office = Some(text.to_owned());
                return;
            }
        }
        let (run_in, line) = self.run_in.take().unwrap_or((String::new(), line));
        let mut path = self.headings.clone();
        path.extend(self.office.take());
        if lead > 0 {
            path.push(bare_heading(&text[..lead]));
        }
        let period = period.unwrap_or_else(|| self.period_of_paragraph(text));
        let text = format!("{run_in}{text}");
        self.open = Some(Open {
            heading: run_in.len() + lead,
            text,
            path,
            period,
            line,
        });
    }

    fn period_of_paragraph(&self, text: &str) -> Period {
        let part = self.periods.last().copied().unwrap_or(Period::Undated);
        let reviews = matches!(part, Period::Done(_));
        if reviews && tense::tells_shortcomings(text) {
            Period::Assessment
        } else {
            part
        }
    }

    /// A heading that runs into nothing is a paragraph of its own.
    fn close_run_in(&mut self) {
        if let Some((text, line)) = self.run_in.take() {
            let period = self.periods.last().copied().unwrap_or(Period::Undated);
            let path = self.headings.clone();
            let heading = text.len();
            self.push(PassageKind::Paragraph, path, text, heading, period, line);
        }
    }

    fn close_paragraph(&mut self) {
        self.list = None;
        if let Some(open) = self.open.take() {
            let Open {
                text,
                heading,
                path,
                period,
                line,
            } = open;
            self.push(PassageKind::Paragraph, path, text, heading, period, line);
        }
    }

    fn close_section(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            section.end = self.passages.len();
        }
    }

    fn livelihood_item(&mut self, text: &str, line: usize) {
        let label = match (&self.list, &mut self.open) {
            (Some(label), _) => label.clone(),
            (None, Some(open)) => {
                let label = LIVELIHOOD
                    .find_iter(&open.text)
                    .map(|found| found.as_str())
                    .max_by_key(|label| label.len())
                    .unwrap_or("民生实事")
                    .to_owned();
                open.path.push(label.clone());
                label
            }
            (None, None) => return, // reported by the reader
        };
        self.list = Some(label.clone());
        let mut path = self.headings.clone();
        path.push(label);
        let period = self
            .open
            .as_ref()
            .map_or(Period::Undated, |open| open.period);
        self.push(
            PassageKind::LivelihoodItem,
            path,
            text.to_owned(),
            0,
            period,
            line,
        );
    }

    fn entry(&mut self, name: &str, definition: &str, written: &[String], line: usize) {
        self.close_paragraph();
        if !self.names.insert(strip_quotes(name)) {
            let fault = Fault::DuplicateEntry(name.to_owned());
            self.problems.push(Problem::new(self.file, line, fault));
        }
        let text = format!("{name}：{definition}");
        let parts = parts(&text, name.len() + "：".len());
        let path = vec![
            self.headings.first().cloned().unwrap_or_default(),
            name.to_owned(),
        ];
        self.terms.push(Term {
            name: name.to_owned(),
            aliases: aliases(name, written),
            definition: definition.to_owned(),
            parts,
            passage: self.passages.len(),
            used_in: Vec::new(),
        });
        let heading = name.len() + "：".len();
        self.push(
            PassageKind::Entry,
            path,
            text,
            heading,
            Period::Undated,
            line,
        );
    }

    fn push(
        &mut self,
        kind: PassageKind,
        path: Vec<String>,
        text: String,
        heading: usize,
        period: Period,
        line: usize,
    ) {
        let id = self.passage_id(&path, &text);
        let sentences = sentence::split(&text)
            .into_iter()
            .map(|span| Sentence {
                span,
                period: self.period_of_sentence(span.of(&text), period),
            })
            .collect();
        self.passages.push(Passage {
            id,
            kind,
            path,
            section: self.section(),
            heading: Span::new(0, heading),
            text,
            period,
            sentences,
            line,
        });
    }

    /// Empty sections are dropped in the end; this counts those that will stay.
    fn section(&self) -> usize {
        let current = self.sections.len() - 1;
        self.sections[..current]
            .iter()
            .filter(|section| section.first < section.end)
            .count()
    }

    /// Inside a plan, a sentence that states another year's result takes that year.
    fn period_of_sentence(&self, text: &str, passage: Period) -> Period {
        let Period::Planned(year) = passage else {
            return passage;
        };
        let named: Vec<i32> = YEAR
            .find_iter(&narrow_digits(text))
            .filter_map(|found| found.as_str().trim_end_matches('年').parse().ok())
            .collect();
        match named.as_slice() {
            [first, ..]
                if named.iter().all(|named| *named < year)
                    && RESULT.is_match(text)
                    && !INTENT.is_match(text) =>
            {
                Period::Done(*first)
            }
            _ => passage,
        }
    }

    fn passage_id(&mut self, path: &[String], text: &str) -> PassageId {
        let place = format!("{}\n{}\n{text}", self.document, path.join("\n"));
        let seen = self.ids.entry(place.clone()).or_insert(0);
        let hash = Sha256::digest(format!("{place}\n{seen}"));
        *seen += 1;
        PassageId(hex::encode(&hash[..8]))
    }
}

/// A heading without its closing 。 or ：.
fn bare_heading(text: &str) -> String {
    text.trim()
        .trim_end_matches(['。', '：', ':', '！'])
        .to_owned()
}

/// The quoted parts that a definition explains, with the clause that explains each.
fn parts(text: &str, from: usize) -> Vec<TermPart> {
    let starts: Vec<(usize, &str)> = PART
        .captures_iter(&text[from..])
        .filter_map(|found| Some((from + found.get(0)?.start(), found.get(1)?.as_str())))
        .collect();
    starts
        .iter()
        .enumerate()
        .map(|(n, (start, name))| TermPart {
            name: (*name).to_owned(),
            span: Span::new(*start, starts.get(n + 1).map_or(text.len(), |next| next.0)),
        })
        .collect()
}

/// Names people use for a slogan: without quotes, without suffix, each quoted part, as written.
fn aliases(name: &str, written: &[String]) -> Vec<String> {
    let bare = strip_quotes(name);
    let mut aliases = vec![bare.clone()];
    for suffix in SUFFIXES {
        if let Some(stem) = bare.strip_suffix(suffix)
            && stem.chars().count() >= 2
        {
            aliases.push(stem.to_owned());
        }
    }
    for quoted in name.split('“').skip(1) {
        let quoted = quoted.split('”').next().unwrap_or_default();
        if quoted.chars().count() >= 2 {
            aliases.push(quoted.to_owned());
        }
    }
    aliases.extend(written.iter().cloned());
    let mut seen = HashSet::new();
    aliases.retain(|alias| seen.insert(alias.clone()));
    aliases
}

fn find_uses(terms: &mut [Term], passages: &[Passage]) {
    let texts: Vec<String> = passages
        .iter()
        .map(|passage| strip_quotes(&passage.text))
        .collect();
    for term in terms {
        let names = term
            .aliases
            .iter()
            .chain(term.parts.iter().map(|part| &part.name));
        let names: Vec<&String> = names.filter(|name| name.chars().count() >= 2).collect();
        let uses = |(n, text): (usize, &String)| {
            let own = n == term.passage || passages[n].kind == PassageKind::Entry;
            (!own && names.iter().any(|name| text.contains(name.as_str()))).then_some(n)
        };
        term.used_in = texts.iter().enumerate().filter_map(uses).collect();
    }
}
