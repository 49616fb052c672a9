//! Patterns that are written out in the code.

use regex::Regex;

/// Compiles a pattern of this module; a test uses each of them.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this module are tested")
}
