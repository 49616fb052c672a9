//! What goes into an import besides the file, and what comes out of it.

use std::path::PathBuf;

use gbk_repair::Certainty;
use wenzheng_document::{BlockKind, Meta};

/// What is known about a report besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// 通渭县; taken from the text when `None`.
    pub place: Option<String>,
    /// The year planned for; taken from the text when `None`.
    pub year: Option<i32>,
    /// Where the text came from, usually an address.
    pub source: Option<String>,
    /// The file's path; its folders may name the place, its extension tells the format.
    pub file: Option<PathBuf>,
}

/// A report that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The corpus file, Markdown.
    pub text: String,
    /// Its front matter.
    pub meta: Meta,
    /// Its blocks in order.
    pub blocks: Vec<BlockKind>,
    /// The encoding the text was in.
    pub encoding: &'static str,
    /// The title in the file, when it names another year than the report.
    pub wrong_title: Option<String>,
    /// Damaged spots, restored or marked □, in order.
    pub mends: Vec<Mend>,
    /// What is not part of the report.
    pub left_out: Vec<LeftOut>,
}

/// A damaged spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Line of the corpus file, counted from 1.
    pub line: usize,
    /// Line of the imported file, counted from 1.
    pub source_line: usize,
    /// Up to eight characters that stand before it in the corpus file.
    pub context: String,
    /// What stood there, as it was.
    pub before: String,
    /// What stands there now, as in the corpus file.
    pub after: String,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Something in the file that is not part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What stood there.
    pub text: String,
}
