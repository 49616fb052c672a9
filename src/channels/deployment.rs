//! Settings of a deployment that appear in rendered messages.

use super::permalink;
use crate::answer::Citation;

/// Settings of a deployment that appear in rendered messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployment {
    /// Telephone number for questions that the reports do not answer.
    pub hotline: String,
    /// Telephone number for people in distress, listed before 110 and 120; empty if the place has
    /// none.
    pub crisis_line: String,
    /// Public URL without a trailing `/`; links are given only if it is set.
    pub public_url: Option<String>,
}

impl Deployment {
    /// The URL of a citation with its quote marked, if links are enabled.
    #[must_use]
    pub fn permalink(&self, citation: &Citation) -> Option<String> {
        self.link(&permalink::of_citation(citation))
    }

    /// The URL of a page of this server, if links are enabled.
    #[must_use]
    pub fn link(&self, page: &str) -> Option<String> {
        let base = self.public_url.as_ref()?;
        Some(format!("{base}{page}"))
    }
}
