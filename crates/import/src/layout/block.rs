//! The result of recognising the layout.

use wenzheng_document::BlockKind;

/// A block and the paragraph it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Index of the paragraph.
    pub(crate) paragraph: usize,
}

/// The blocks of a report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub(crate) blocks: Vec<Block>,
    /// Indices of paragraphs left out: sentences that a glossary quotes from the report.
    pub(crate) left_out: Vec<usize>,
}
