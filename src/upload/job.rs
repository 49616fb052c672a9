//! What the process that converts a file is told: one argument, in JSON.

use serde::{Deserialize, Serialize};

use crate::corpus::DocumentKind;

/// What is known of a file beside its content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// What its sender calls it, cleaned ([`clean_label`](super::clean_label)): often names place, year and
    /// format.
    pub label: String,
    /// 通渭县; read from the file if `None`.
    pub place: Option<String>,
    /// The year planned for; read from the file if `None`.
    pub year: Option<i32>,
    /// Where the text came from, usually a URL.
    pub source: Option<String>,
    /// What the file is; told by its text if `None`.
    pub kind: Option<DocumentKind>,
}

/// A file to convert, and what that may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// What is known of the file.
    pub hints: Hints,
    /// Bytes of addresses at most.
    pub memory_bytes: u64,
    /// Seconds of processor time at most.
    pub cpu_seconds: u64,
    /// Bytes read of the file; the importer refuses what is longer than it allows itself.
    pub input_bytes: u64,
}
