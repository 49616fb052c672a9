//! What the bot answers, as data: status, quotes, citations. Words for people are chosen by the
//! channels' renderers.
//!
//! [`respond`] is the whole way from a message to its answer: intent → parts → understanding →
//! retrieval → strategies → a second reading → joining. Before it, [`Concern`]s are heard: danger and
//! faults have numbers to call. [`trace()`] goes the same way and tells what it met.
//!
//! Invariants: every [`Citation::quote`] is a substring of its [`Citation::passage`], which is the
//! stored original; an answer that quotes nothing carries no citation; what could not be searched or
//! read is an [`AnswerError`] and never an answer that finds nothing.

mod about;
mod answered;
mod check;
mod compose;
mod concern;
mod context;
mod cut;
mod error;
mod explain;
mod field;
mod further;
mod gap;
mod highlight;
mod how_long;
mod intent;
mod likely;
mod mention;
mod model;
mod next_year;
mod notices;
mod offer;
mod parts;
mod pipeline;
mod progress;
mod question;
mod quoted;
mod refer;
mod referral;
mod repeated;
mod report_head;
mod saying;
mod searches;
mod select;
mod smalltalk;
mod standing;
mod sticker;
mod strategies;
mod topic;
mod trace;
mod wanted;

pub use check::{
    Check, CheckAmount, CheckAmounts, CheckLine, CheckQuestion, CheckQuote, CheckResult, CheckStep,
    CheckSurvey, Finding, Surveyed,
};
pub use error::AnswerError;
pub use explain::explain;
pub use model::{
    Answer, AnswerKind, Citation, Gap, HandOver, Missing, Notice, PartAnswer, Script, Sources,
    Standing, Status,
};
pub use offer::{Offer, Offers};
pub use pipeline::respond;
pub use question::Question;
pub use quoted::quoted;
pub use referral::{Concern, Referral};
pub use report_head::{AboutReports, ReportHead, ReportTopic};
pub use smalltalk::Smalltalk;
pub use standing::standing;
pub use trace::{Trace, TracedHit, TracedPart, TracedSearch, trace};

/// The answer to one part of a question, with at most `limit` citations.
#[cfg(test)]
pub(crate) fn answer_part(
    retriever: &crate::retrieval::Retriever,
    question: crate::retrieval::Understanding,
    limit: usize,
) -> Result<PartAnswer, AnswerError> {
    let searches = searches::Searches::new(retriever, vec![question]);
    strategies::answer_part(&context::Context::new(&searches, 0, limit))
}
