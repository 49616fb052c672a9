//! Which weights a passage is ranked by.

use super::{Features, Retriever};
use crate::corpus::{DocumentInfo, PassageAt};

impl Retriever {
    /// What each feature of this passage counts.
    #[must_use]
    pub fn weights_of(&self, at: PassageAt) -> &Features {
        if self.is_loose(at) {
            &self.ranking.loose_weights
        } else {
            &self.ranking.weights
        }
    }

    /// True for a passage of a document of loose ones ([`DocumentInfo::is_loose`]).
    pub(super) fn is_loose(&self, at: PassageAt) -> bool {
        let document = self.library().documents().get(at.document);
        document.is_some_and(DocumentInfo::is_loose)
    }
}
