//! Regular expressions written into the program.

use std::{ops::Deref, sync::OnceLock};

use regex::Regex;

/// A regular expression in a `static`, compiled when it is first used.
///
/// ```
/// use wenzheng_text::Pattern;
/// static YEAR: Pattern = Pattern::new("[0-9]{4}年");
/// assert!(YEAR.is_match("2024年"));
/// ```
///
/// # Panics
/// At its first use if it is not a regular expression, so every one is used in a test.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// The pattern with this source.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        let compiled = OnceLock::new();
        Self { source, compiled }
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let compile = || Regex::new(self.source).expect("every pattern is used in a test");
        self.compiled.get_or_init(compile)
    }
}
