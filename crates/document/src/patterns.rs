//! A helper shared by the pattern tables.

use regex::Regex;

/// Compiles a pattern of this crate.
pub(crate) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this crate are tested")
}
