//! What an answer is made of, for people who tune the bot.

use crate::retrieval::{Confidence, ConfidenceFeatures, Features, Hit, Query};

/// Everything that went into an answer.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// One a part of the question; empty for small talk.
    pub parts: Vec<ExplainedPart>,
    /// What each feature counts.
    pub weights: Features,
}

/// One part of the question.
#[derive(Debug, Clone)]
pub struct ExplainedPart {
    /// As it was understood.
    pub query: Query,
    /// How surely the best hit speaks of what was asked, and answers it; `None` without hits.
    pub confidence: Option<Confidence>,
    /// What that rests on.
    pub evidence: Option<ConfidenceFeatures>,
    /// The hits, best first.
    pub hits: Vec<ExplainedHit>,
}

/// One hit.
#[derive(Debug, Clone)]
pub struct ExplainedHit {
    /// Its score and features.
    pub hit: Hit,
    /// Headings, then the best sentence, as stored.
    pub sentence: String,
}
