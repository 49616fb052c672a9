//! Builds sections, passages and terms from blocks.
//!
//! The period of a passage follows from its part: a review (工作回顾) is about results of the review
//! year, everything after it about plans. Within a part, the wording of single paragraphs (shortcomings,
//! closing) and sentences (“2023年，…全面完成” in the plan) may say otherwise.

mod build;
mod ids;
mod label;
mod lists;
mod sentences;
mod table;
mod terms;

pub use self::build::build;

#[cfg(test)]
mod tests;
