//! Measures answers against questions with gold answers, one JSON object a line:
//!
//! ```text
//! {"id","q","kind","role","history"?,"gold":[…],"gold_all"?:[[…]],"answer":[…],"period","answerable"}
//! ```
//!
//! `gold`: any of these substrings stands in the cited passage; `gold_all`: each list is met within
//! the first three citations; `answer`: all of these stand in the reply; `period`: `done-2023`,
//! `plan-2024` or `none` (not scored). Texts are compared folded (NFKC, Simplified, no quotes, no
//! spaces); a span that starts with a digit must not continue a number.

mod metrics;
mod question;

pub use metrics::{Row, Summary, score};
pub use question::{EvalError, EvalQuestion, read};
