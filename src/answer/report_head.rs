//! What an answer says of the reports themselves.

use time::Date;

use crate::corpus::{DocumentId, DocumentInfo, Inventory};

/// What somebody wants of the reports themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportTopic {
    /// 收录了哪些报告，版本
    Versions,
    /// 重新加载，怎么添加报告
    Reload,
    /// 报告全文，下载
    FullText,
    /// 目录
    Outline,
    /// 县长是谁
    Speaker,
    /// 什么时候作的报告
    DeliveredOn,
}

/// The head of a report, from its front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportHead {
    /// Names it in the corpus.
    pub id: DocumentId,
    /// 2024年通渭县政府工作报告
    pub title: String,
    /// The place that it is of.
    pub place: String,
    /// The year that it plans for, or is of.
    pub year: Option<i32>,
    /// Who delivered it, with office; empty if unknown.
    pub speaker: String,
    /// When it was delivered.
    pub delivered_on: Option<Date>,
    /// Where the text came from.
    pub source: String,
    /// Parts and sections in order, each with its depth, from 0; empty unless asked for.
    pub headings: Vec<(usize, String)>,
}

/// What was asked of the reports, and the heads of those that it concerns, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutReports {
    /// What was asked.
    pub topic: ReportTopic,
    /// At most three.
    pub reports: Vec<ReportHead>,
    /// How many documents are loaded, by kind.
    pub inventory: Inventory,
    /// A year that was named and has no report.
    pub missing_year: Option<i32>,
}

impl ReportHead {
    /// The head of `document` without its headings.
    pub(super) fn of(document: &DocumentInfo) -> Self {
        let meta = &document.meta;
        Self {
            id: document.id.clone(),
            title: meta.title.clone(),
            place: meta.place.clone(),
            year: meta.year,
            speaker: meta.speaker.clone(),
            delivered_on: meta.delivered_on,
            source: meta.source.clone(),
            headings: Vec::new(),
        }
    }

    /// The same with the headings of parts and sections.
    pub(super) fn with_headings(document: &DocumentInfo) -> Self {
        /// Subsections are left out.
        const DEPTH: usize = 2;
        let mut before: &[String] = &[];
        let mut headings = Vec::new();
        for section in document.sections.iter() {
            let path = &section.path[..section.path.len().min(DEPTH)];
            let known = before.iter().zip(path).take_while(|(a, b)| a == b).count();
            let new = path.iter().enumerate().skip(known);
            headings.extend(new.map(|(depth, heading)| (depth, heading.clone())));
            before = path;
        }
        Self {
            headings,
            ..Self::of(document)
        }
    }
}
