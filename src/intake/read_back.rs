//! An imported text, read as the corpus will read it.

use crate::corpus::{self, Document, import::Imported};

/// The document that the text of `imported` gives; none if that cannot be served.
#[must_use]
pub fn read_back(imported: &Imported) -> Option<Document> {
    let loaded = corpus::load_texts(&[("imported.md", &imported.text)]).ok()?;
    loaded.corpus.documents.into_iter().next()
}
