//! Why a corpus cannot be served.

use std::fmt;

use super::Problem;

/// Why a corpus was refused. What is being served stays untouched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusError {
    /// Every problem found, warnings included, in file and line order; at least one is no warning.
    pub problems: Vec<Problem>,
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.problems.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CorpusError {}
