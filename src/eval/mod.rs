//! Measures answers against questions with gold answers, one JSON object a line:
//!
//! ```text
//! {"id","q","kind","role","history"?,"document"?,"gold":[…],"gold_all"?:[[…]],"answer":[…],"period","answerable"}
//! ```
//!
//! `gold`: any of these substrings stands in the cited passage; `gold_all`: each list is met within
//! the first three citations; `answer`: all of these stand in the reply; `period`: `done-2023`,
//! `plan-2024` or `none` (not scored). [`crate::gold`] says how texts are compared.
//!
//! That asks which passages were found. [`replies`] judges whole replies, by gold files of another kind;
//! [`tune`] fits the weights of ranking to such questions, and [`beir`] measures retrieval alone on
//! public collections. [`groups`] asks of the same questions which are put together.

pub mod beir;
mod gain;
pub mod groups;
pub mod kinds;
mod question;
pub mod replies;
mod row;
mod summary;
pub mod tune;

pub use question::{EvalError, EvalQuestion, read};
pub use row::{Row, score};
pub use summary::{Figure, Summary, better_and_worse};
