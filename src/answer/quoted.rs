//! Words of a document that were chosen by something other than a search.

use time::Date;

use super::{Citation, compose, standing};
use crate::{
    corpus::{LibraryError, PassageAt},
    retrieval::Retriever,
    text::Span,
};

/// Cites `span` of the passage at `at`, bytes of its text, with how its document stands on `today`.
///
/// # Errors
/// [`LibraryError`] when the passage cannot be read.
pub fn quoted(
    retriever: &Retriever,
    at: PassageAt,
    span: Span,
    today: Date,
) -> Result<Citation, LibraryError> {
    let (document, passage) = retriever.library().cited(at)?;
    let citation = Citation {
        passage: passage.text.clone(),
        ..compose::cite_words(document, &passage, span.of(&passage.text).to_owned())
    };
    Ok(Citation {
        standing: standing::of(retriever, &citation, today),
        ..citation
    })
}
