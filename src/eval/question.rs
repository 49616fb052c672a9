//! Questions with gold answers.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

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
    #[error("{0} 打不开，请检查路径和权限（{1}）")]
    Unreadable(PathBuf, io::Error),
    /// One line of it.
    #[error("{0}:{1}：{2}")]
    BadLine(PathBuf, usize, String),
}

/// Reads a file of JSON lines; empty ones are passed over.
///
/// # Errors
/// [`EvalError`] with file and line.
pub fn read<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, EvalError> {
    let unreadable = |error| EvalError::Unreadable(file.to_owned(), error);
    let reader = BufReader::new(File::open(file).map_err(unreadable)?);
    let mut items = Vec::new();
    for (n, line) in reader.lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if !line.trim().is_empty() {
            let bad = |error: serde_json::Error| {
                let what = format!("这一行不是要的 JSON，请改正（{error}）");
                EvalError::BadLine(file.to_owned(), n + 1, what)
            };
            items.push(serde_json::from_str(&line).map_err(bad)?);
        }
    }
    Ok(items)
}
