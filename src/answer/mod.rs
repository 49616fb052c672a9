//! What the bot answers, as data: status, quotes, citations. Words for people are chosen by the
//! channels' renderers.
//!
//! Invariants: every [`Citation::quote`] is a substring of its [`Citation::passage`], which is the
//! stored original; an answer that quotes nothing carries no citation.

mod compare;
pub mod compose;
pub mod draft;
mod explain;
mod gap;
pub mod highlight;
pub mod intent;
mod model;
pub mod parts;

pub use explain::{ExplainedHit, ExplainedPart, Explanation};
pub use gap::Gap;
pub use model::{
    Answer, AnswerKind, Citation, Correction, Missing, Notice, Question, Script, Smalltalk, Status,
};
