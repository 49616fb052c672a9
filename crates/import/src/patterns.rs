//! Helpers shared by the pattern tables.

use regex::Regex;

/// Compiles a pattern of this crate.
pub(crate) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of the import are tested")
}

/// Length in chars.
pub(crate) fn chars(text: &str) -> usize {
    text.chars().count()
}
