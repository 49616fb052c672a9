//! What a report's paragraphs are recognised as.

use super::super::super::BlockKind;

/// A block and the paragraph it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Block {
    pub(in super::super) kind: BlockKind,
    /// Index into the paragraphs given.
    pub(in super::super) paragraph: usize,
}

/// What a report's paragraphs were recognised as.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Recognised {
    pub(in super::super) blocks: Vec<Block>,
    /// Paragraphs that are not part of the report: sentences that a glossary quotes from it.
    pub(in super::super) left_out: Vec<usize>,
}
