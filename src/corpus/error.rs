//! Why a corpus cannot be served.

use super::Problem;

/// Why a corpus was refused. What is being served stays untouched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct CorpusError {
    /// Every problem found, warnings included, in file and line order; at least one is no warning.
    pub problems: Vec<Problem>,
}
