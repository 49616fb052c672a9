//! Questions with gold answers.

use std::path::Path;

use serde::{Deserialize, de::DeserializeOwned};

/// One question with its gold answer.
#[derive(Debug, Clone, Deserialize)]
pub struct EvalQuestion {
    /// Names it.
    pub id: String,
    /// The report asked about, by the stem of its file, when several are measured at once; `None`
    /// asks whatever is loaded.
    #[serde(default)]
    pub document: Option<String>,
    /// As typed.
    pub q: String,
    /// `resident-colloquial`, `year-contrast` …
    pub kind: String,
    /// Earlier questions of the conversation.
    #[serde(default)]
    pub history: Vec<String>,
    /// Any of these stands in the cited passage.
    #[serde(default)]
    pub gold: Vec<String>,
    /// Each list is met by one of the first three citations.
    #[serde(default)]
    pub gold_all: Vec<Vec<String>>,
    /// All of these stand in the reply.
    #[serde(default)]
    pub answer: Vec<String>,
    /// `done-2023`, `plan-2024` or `none`.
    #[serde(default)]
    pub period: String,
    /// Whether the report answers it.
    pub answerable: bool,
}

/// Why questions could not be read.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// The file.
    #[error("{0}: {1}")]
    Unreadable(String, std::io::Error),
    /// One line of it.
    #[error("{0}:{1}: {2}")]
    BadLine(String, usize, serde_json::Error),
}

/// Reads a file of questions, blank lines skipped.
///
/// # Errors
/// [`EvalError`] with file and line.
pub fn read(file: &Path) -> Result<Vec<EvalQuestion>, EvalError> {
    read_lines(file)
}

/// One value a line, blank lines skipped.
pub(super) fn read_lines<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, EvalError> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .map_err(|error| EvalError::Unreadable(name.clone(), error))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| {
            serde_json::from_str(line)
                .map_err(|error| EvalError::BadLine(name.clone(), n + 1, error))
        })
        .collect()
}
