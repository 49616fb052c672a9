//! The parts of a document: blocks, sections, passages and glossary terms.

use std::{fmt, path::PathBuf};

use serde::{Deserialize, Serialize};
use time::Date;
use wenzheng_text::Span;

use crate::policy::Policy;

/// Id of a document, for instance `tongwei-2024-work-report`: the path of its file below the corpus
/// folder, with `/` replaced by `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub String);

/// Id of a passage: 1 to 40 characters of `[A-Za-z0-9_-]`.
///
/// Derived from document id, heading path and text, so that it survives a reload as long as these are
/// unchanged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PassageId(pub String);

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a statement is a result, a plan, an assessment, or none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Period {
    /// A result of that year (review part).
    Done(i32),
    /// An intention for that year (plan part).
    Planned(i32),
    /// The paragraph on shortcomings.
    Assessment,
    /// Opening, closing, glossary.
    Undated,
}

impl Period {
    /// The year a result or plan belongs to.
    #[must_use]
    pub const fn year(self) -> Option<i32> {
        match self {
            Self::Done(year) | Self::Planned(year) => Some(year),
            Self::Assessment | Self::Undated => None,
        }
    }
}

/// How far what a clause tells of has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// 建成, 完成, 新增, 获评: a result.
    Done,
    /// An intention of the plan.
    Planned,
    /// 开工建设, 加快推进, 签约, 主体完工: begun, and not finished.
    Ongoing,
    /// 预计: a figure that is not final.
    Expected,
    /// A shortcoming.
    Assessment,
    /// Background, style, what stands outside of time.
    None,
}

impl Progress {
    /// The name in records: `done`, `planned`, …
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Planned => "planned",
            Self::Ongoing => "ongoing",
            Self::Expected => "expected",
            Self::Assessment => "assessment",
            Self::None => "none",
        }
    }
}

/// Kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// 政府工作报告
    #[default]
    WorkReport,
    /// Any other document, outside of time: a regulation, a plan, a communiqué.
    Document,
    /// What tells who gets or does what, how and until when: a notice (通知, 实施方案), a service guide
    /// (办事指南), a leaflet, a list of services, a table of standards.
    Policy,
    /// Questions with curated answers, or single passages (常见问题).
    Faq,
}

impl DocumentKind {
    /// The kind with this [name](Self::name).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut kinds = [Self::WorkReport, Self::Document, Self::Policy, Self::Faq].into_iter();
        kinds.find(|kind| kind.name() == name)
    }

    /// As front matter and file names tell it: `work-report`, `document`, `policy`, `faq`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorkReport => "work-report",
            Self::Document => "document",
            Self::Policy => "policy",
            Self::Faq => "faq",
        }
    }

    /// True for what is no report and no list of answers: cited below its title, outside of the time of a
    /// report.
    #[must_use]
    pub const fn is_titled(self) -> bool {
        matches!(self, Self::Document | Self::Policy)
    }
}

/// The years that 去年 and 今年 stand for in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Years {
    /// The year reviewed: 去年.
    pub review: i32,
    /// The year planned for: 今年.
    pub plan: i32,
}

impl Years {
    /// True for either of the two.
    #[must_use]
    pub const fn covers(self, year: i32) -> bool {
        year == self.review || year == self.plan
    }
}

/// Metadata of a document, the front matter of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// 2024年通渭县政府工作报告
    pub title: String,
    /// 通渭县; empty if a document that is no report names none.
    pub place: String,
    /// The year planned for: 今年. Of a document that is no report the year that it is of, `None` if it
    /// names none.
    pub year: Option<i32>,
    /// The year reviewed: 去年; of reports only.
    pub review_year: Option<i32>,
    /// 通渭县人民政府
    pub issuer: String,
    /// Who delivered it, with office; empty if unknown.
    pub speaker: String,
    /// When it was delivered.
    pub delivered_on: Option<Date>,
    /// Where the text came from.
    pub source: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// What only policy documents say of themselves.
    pub policy: Policy,
}

impl Meta {
    /// The years of a report.
    #[must_use]
    pub fn years(&self) -> Option<Years> {
        Some(Years {
            review: self.review_year?,
            plan: self.year?,
        })
    }
}

/// A line or paragraph of a corpus file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its kind and content.
    pub kind: BlockKind,
    /// Line in the corpus file, counted from 1.
    pub line: usize,
}

/// Kinds of [`Block`]s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// `#`: the document's title line.
    Title(String),
    /// `##` to `####`: part, section 一、, subsection （一）.
    ///
    /// A heading that keeps its closing 。 runs into the paragraph below it, as in the source.
    Heading {
        /// 1 for a part (`##`), 2 for a section (`###`), 3 for a subsection (`####`).
        level: u8,
        /// As printed in the source, closing 。 or ： included.
        text: String,
        /// From a `<!-- period: done 2023 -->` comment; overrides the wording.
        period: Option<Period>,
    },
    /// A paragraph, its lead sentence (written `**…**`) included at the start of `text`.
    Paragraph {
        /// The whole paragraph as printed in the source, without Markdown marks.
        text: String,
        /// Length in bytes of the lead sentence at the start of `text`; 0 if there is none.
        lead: usize,
        /// True after `<!-- 接上段 -->`: in the source this continues the list above it.
        continues: bool,
        /// From a `<!-- period: … -->` comment before it.
        period: Option<Period>,
    },
    /// One of the ten livelihood items (民生实事); continues the paragraph above it in the source.
    LivelihoodItem {
        /// As printed, ordinal included: 一是硬化自然村组道路150公里，…
        text: String,
    },
    /// A row of a table, below its head: `| 城市低保 | 730元 |`.
    TableRow {
        /// Names of the columns; empty ones if the table has no head.
        header: Vec<String>,
        /// The cells, as many as there are columns; empty ones are empty.
        cells: Vec<String>,
    },
    /// A glossary entry `- **术语**：释义`.
    Entry {
        /// As printed, quotes included: “三抓三促”行动
        name: String,
        /// As printed: 抓学习促提升、抓执行促落实、抓效能促发展。
        definition: String,
        /// Aliases beyond the derived ones, from a trailing `<!-- 又称：… -->`.
        aliases: Vec<String>,
    },
}

/// The passages below one heading, as shown by 查看整节.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Part and section headings from the outside in, without closing 。 or ：.
    pub path: Vec<String>,
    /// Index of its first passage in [`Document::passages`].
    pub first: usize,
    /// One past the index of its last passage.
    pub end: usize,
}

/// What a [`Passage`] is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// A paragraph of the report.
    Paragraph,
    /// One item of the livelihood list (民生实事).
    LivelihoodItem,
    /// A glossary entry: name, ：, definition.
    Entry,
}

/// A sentence of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Bytes of the passage's text, closing punctuation included.
    pub span: Span,
    /// The passage's period, unless the sentence itself states another year's result.
    pub period: Period,
}

/// A filled cell of the row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Which column, counted from 0; empty columns and those that only count rows are left out.
    pub column: usize,
    /// Bytes of the passage's text that name the column; empty without a name.
    pub name: Span,
    /// Bytes of the passage's text that are the cell, as in the source.
    pub value: Span,
}

/// A passage, the unit of retrieval and citation: at most one paragraph of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Stable across reloads.
    pub id: PassageId,
    /// What it is in its document.
    pub kind: PassageKind,
    /// Headings from the outside in, the lead sentence last; without closing 。 or ：. Of a document that
    /// is no report its title comes first.
    pub path: Vec<String>,
    /// Index into [`Document::sections`].
    pub section: usize,
    /// The stored original, verbatim; a run-in heading is part of it.
    pub text: String,
    /// Bytes of `text` that are a heading (run-in heading, lead sentence).
    pub heading: Span,
    /// Period of its statements.
    pub period: Period,
    /// Every sentence of `text` in order, heading sentences included; they cover all of `text`
    /// except white space.
    pub sentences: Vec<Sentence>,
    /// Line in the corpus file, counted from 1.
    pub line: usize,
    /// The cells of a row, in order; empty for what is none.
    pub cells: Vec<Cell>,
}

/// A glossary entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// As printed: “一总六分”项目清单
    pub name: String,
    /// Other names people use, derived (without quotes, without 行动 / 工程 / 改革, each quoted
    /// part) or written in the file; the bare name first; no duplicates.
    pub aliases: Vec<String>,
    /// As printed.
    pub definition: String,
    /// The slogan's parts that the definition explains one by one (“一总”即…；“六分”即…).
    pub parts: Vec<TermPart>,
    /// Index of its own passage in [`Document::passages`].
    pub passage: usize,
    /// Indices of the other passages that use the name or an alias, in document order.
    pub used_in: Vec<usize>,
}

/// One part of a slogan: “三聚焦” within 一目标三聚焦四强化六行动一抓实.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermPart {
    /// Without quotes: 三聚焦
    pub name: String,
    /// Bytes of the **passage's** text that explain it, closing ； or 。 included.
    pub span: Span,
}

/// One report with everything derived from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Names it in the corpus.
    pub id: DocumentId,
    /// Made from id and text: equal keys, equal documents.
    pub key: u64,
    /// The corpus file it was read from.
    pub file: PathBuf,
    /// Its front matter.
    pub meta: Meta,
    /// The text, line by line, as in the file; empty in a corpus that is served from a folder.
    #[serde(skip)]
    pub blocks: Vec<Block>,
    /// Sections in document order.
    pub sections: Vec<Section>,
    /// Passages in document order.
    pub passages: Vec<Passage>,
    /// Glossary in document order.
    pub terms: Vec<Term>,
}

impl Document {
    /// The text as printed: one paragraph a line, run-in headings and list items rejoined,
    /// glossary entries numbered by order.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut paragraphs: Vec<String> = Vec::new();
        let mut runs_on = false;
        let mut entries = 0;
        for block in &self.blocks {
            let (text, joins) = match &block.kind {
                BlockKind::Title(text) => (text.clone(), false),
                BlockKind::Heading { text, .. } => (text.clone(), runs_on),
                BlockKind::Paragraph {
                    text, continues, ..
                } => (text.clone(), runs_on || *continues),
                BlockKind::LivelihoodItem { text } => (text.clone(), true),
                BlockKind::TableRow { cells, .. } => (cells.join("\t"), false),
                BlockKind::Entry {
                    name, definition, ..
                } => {
                    entries += 1;
                    (format!("{entries}.{name}：{definition}"), false)
                }
            };
            runs_on =
                matches!(&block.kind, BlockKind::Heading { text, .. } if text.ends_with('。'));
            match paragraphs.last_mut() {
                Some(last) if joins => last.push_str(&text),
                _ => paragraphs.push(text),
            }
        }
        paragraphs.join("\n")
    }
}
