//! What rendering depends on in this deployment.

use super::permalink;
use crate::answer::Citation;

/// What the words depend on in this deployment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployment {
    /// Telephone number for what the report does not say.
    pub hotline: String,
    /// Telephone line for people in danger or despair, named before 110 and 120; empty when the
    /// place has none of its own.
    pub crisis_line: String,
    /// Public address without a closing `/`; links are given only when it is set.
    pub public_url: Option<String>,
}

impl Deployment {
    /// The address of a citation with its quote marked, when links may be given.
    #[must_use]
    pub fn permalink(&self, citation: &Citation) -> Option<String> {
        self.link(&permalink::of_citation(citation))
    }

    /// The address of a page of ours, when links may be given.
    #[must_use]
    pub fn link(&self, page: &str) -> Option<String> {
        let base = self.public_url.as_ref()?;
        Some(format!("{base}{page}"))
    }
}
