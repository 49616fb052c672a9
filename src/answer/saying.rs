//! Sentences of a document that say a certain thing.

use super::{Citation, compose};
use crate::{
    corpus::LibraryError,
    retrieval::{Retriever, Understanding},
    text::Pattern,
};

/// The sentences of a document that match a pattern, in order.
///
/// # Errors
/// [`LibraryError`] when a passage cannot be read.
pub(super) fn sentences(
    retriever: &Retriever,
    question: &Understanding,
    document: usize,
    says: &Pattern,
) -> Result<Vec<Citation>, LibraryError> {
    let library = retriever.library();
    let Some(document) = library.document(document) else {
        return Ok(Vec::new());
    };
    let mut told = Vec::new();
    for passage in library.passages_of(document)? {
        let sentences = passage.sentences.iter().map(|sentence| sentence.span);
        let saying = sentences.filter(|span| says.is_match(span.of(&passage.text)));
        told.extend(saying.map(|span| {
            compose::citation(document, &passage, span, passage.period, 1.0, question)
        }));
    }
    Ok(told)
}
