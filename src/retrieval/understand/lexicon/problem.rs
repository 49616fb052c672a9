//! What is wrong in a list.

use std::{fmt, path::PathBuf};

/// A line of a list that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconProblem {
    /// The file.
    pub file: PathBuf,
    /// Line, counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do, for county staff.
    pub what: String,
}

impl fmt::Display for LexiconProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}
