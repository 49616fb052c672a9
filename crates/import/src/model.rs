//! Options and result of an import.

use std::path::PathBuf;

use gbk_repair::Certainty;
use wenzheng_document::{BlockKind, DocumentKind, Meta};

use crate::policy::Question;

/// What is known about a report apart from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// 通渭县; read from the text if `None`.
    pub place: Option<String>,
    /// The year planned for; read from the text if `None`.
    pub year: Option<i32>,
    /// Where the text came from, usually a URL.
    pub source: Option<String>,
    /// Path of the file: its folders may name the place, its extension hints at the format.
    pub file: Option<PathBuf>,
    /// What the file is; told by its text if `None`.
    pub kind: Option<DocumentKind>,
}

/// An imported report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The corpus file, in Markdown.
    pub text: String,
    /// Its front matter.
    pub meta: Meta,
    /// Its blocks in order.
    pub blocks: Vec<BlockKind>,
    /// Encoding of the text, or name of the format.
    pub encoding: &'static str,
    /// The title in the file, if it names a year other than the report's.
    pub wrong_title: Option<String>,
    /// Damaged passages in order, each repaired or marked □.
    pub mends: Vec<Mend>,
    /// Lines that are not part of the report.
    pub left_out: Vec<LeftOut>,
    /// What a policy document leaves open about itself.
    pub questions: Vec<Question>,
}

/// A damaged passage and its repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Line of the corpus file, counted from 1.
    pub line: usize,
    /// Line of the imported file, counted from 1.
    pub source_line: usize,
    /// Up to eight characters before it in the corpus file.
    pub context: String,
    /// The damaged text.
    pub before: String,
    /// The repaired text, as in the corpus file.
    pub after: String,
    /// How certain the repair is.
    pub certainty: Certainty,
}

/// A line of the file that is not part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
}
