//! Puts questions together that ask the same, one by one as they come.
//!
//! ```text
//! 医保报销比例是多少          ┐
//! 請問醫保報銷比例            ├─ 医保报销比例 ×3
//! 看病能报销百分之几？        ┘
//! ```
//!
//! A question becomes [`Features`]: what it is about in everyday and official words (`concepts`),
//! the words that an answer found missing, and its vector when there is a model; its place and year
//! are left out. [`Grouper::assign`] compares it with the representatives of groups and joins the most
//! alike, or begins a new group. Questions with the same [`QuestionKey`] always stay together, and cost
//! a look-up.
//!
//! What is kept of a group are texts of its representatives and what they lack ([`KeptGroup`]): their
//! features are made anew at a start and for another edition, because concepts are the edition's.
//!
//! A decision is never taken back: which group a question joins depends on those before it. How much,
//! says `docs/quality.md`.

mod concepts;
mod features;
mod group;
mod grouper;
mod index;
mod keep;
mod key;
mod likeness;
#[cfg(test)]
mod tests;

pub use features::Features;
pub use group::{GroupId, KeptGroup, KeptQuestion};
pub use grouper::{Grouper, KeptGrouper};
pub use keep::{is_kept, read};
pub use key::QuestionKey;
