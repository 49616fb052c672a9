//! What a question asks for, without answering it.

use super::snapshot::Snapshot;
use crate::retrieval::SearchRequest;

impl Snapshot {
    /// A question on its own as it is understood, with its vector when there is a model.
    #[must_use]
    pub fn understand(&self, typed: &str) -> SearchRequest {
        let retriever = &self.retriever;
        retriever.request(retriever.understand(typed, None))
    }

    /// True for a noun that is no place served and does not stand in every report.
    #[must_use]
    pub fn names_a_matter(&self, word: &str) -> bool {
        self.retriever.names_a_matter(word)
    }
}
