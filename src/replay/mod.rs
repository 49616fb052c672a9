//! Judges a candidate before it goes live: questions are asked of it and of the live edition, and the
//! answers are compared.
//!
//! ```text
//! questions: pinned by the office, shipped() with the program
//!     replay(live)      → Outcomes ─┐
//!     replay(candidate) → Outcomes ─┴→ compare → Verdict → wording
//! ```
//!
//! A [`ReplayQuestion`] may say what is right: substrings of the passage that answers (gold), of the reply, a
//! status. One that the live edition answers right and the candidate does not is *worse*; any other
//! answer that differs is *changed*, which is shown and keeps nothing from going live. What the live
//! edition gets wrong already cannot become worse.
//!
//! The shipped questions are about the report inside the program and about what no report speaks of. They judge
//! how questions are understood, not what an office wants to publish: where the report itself was
//! changed or taken out, no longer leads, or new text answers instead, they count nothing. A pinned
//! question is the office's own word, and counts whatever the reason ([`Reason`] tells it).
//!
//! Answers are asked without the calendar year, which changes nothing but a notice: so both sides agree, and
//! outcomes can be kept over New Year. They depend on the edition, on the program and on whether the edition
//! has its vectors: compare such as were made with them, or such as were made without.

mod fared;
mod outcome;
mod question;
mod run;
mod shipped;
mod verdict;
mod wording;

pub use fared::{Candidate, Fared, How};
pub use outcome::{Cited, Outcome};
pub use question::{About, Expected, Origin, ReplayQuestion};
pub use run::{ReplayError, asked, concerns, replay};
pub use shipped::shipped;
pub use verdict::{Changed, Reason, Side, Verdict, Worse, compare};
pub use wording::{changed, how, summary, worse};

#[cfg(test)]
mod tests;
