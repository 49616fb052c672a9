//! What a gap is looked for in.

use crate::{
    answer::{Citation, context::Context},
    retrieval::{Confidence, Hit},
};

/// What was found for a part of a question, and what is quoted of it.
pub(in crate::answer) struct Found<'a> {
    pub(in crate::answer) context: &'a Context<'a>,
    /// The best hit, wherever it is quoted.
    pub(in crate::answer) best: &'a Hit,
    pub(in crate::answer) confidence: Confidence,
    /// How far the best hit is worth reading, 0 to 1.
    pub(in crate::answer) relevance: f32,
    /// The hits quoted, in the order of `citations`.
    pub(in crate::answer) cited: &'a [Hit],
    pub(in crate::answer) citations: &'a [Citation],
}
