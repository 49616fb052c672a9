//! What a report's paragraphs are recognised as.

use wenzheng_document::BlockKind;

/// A block and the paragraph it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// Index into the paragraphs given.
    pub(crate) paragraph: usize,
}

/// What a report's paragraphs were recognised as.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub(crate) blocks: Vec<Block>,
    /// Paragraphs that are not part of the report: sentences that a glossary quotes from it.
    pub(crate) left_out: Vec<usize>,
}
