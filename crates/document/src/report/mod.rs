//! From blocks to sections, passages and terms: what a work report means by its layout.
//!
//! Periods follow the part a paragraph stands in: a review (工作回顾) tells what was done in the
//! review year, everything after it what is planned; inside, single paragraphs (shortcomings,
//! closing) and sentences (“2023年，…全面完成” in the plan) say otherwise by their wording.

mod build;
mod builder;
mod ids;
mod sentences;
mod terms;

pub use self::build::build;

#[cfg(test)]
mod tests;
