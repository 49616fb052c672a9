//! Builds a document from the blocks of a corpus file.

use std::path::Path;

use super::{builder::Builder, terms};
use crate::{
    markdown::Source,
    model::{Block, BlockKind, Document, DocumentId},
    problem::{Fault, Problem},
    tense,
};

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
    let ends_body = blocks[at + 1..].iter().all(|block| match &block.kind {
        BlockKind::Entry { .. } => true,
        BlockKind::Heading { text, .. } => tense::is_glossary(text),
        BlockKind::Title(_) | BlockKind::Paragraph { .. } | BlockKind::LivelihoodItem { .. } => {
            false
        }
    });
    ends_body && text.contains("让我们")
}
