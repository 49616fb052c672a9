//! What a rule file says of its document.

use rust_decimal::Decimal;

/// A quote with the numbers and words that have to stand in it.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The line of the rule, counted from 1.
    pub(crate) line: usize,
    /// The words of the document.
    pub(crate) quote: String,
    /// The numbers of the rule.
    pub(crate) numbers: Vec<Decimal>,
    /// The words for a period that have to stand in it: 每月.
    pub(crate) periods: Vec<&'static str>,
}
