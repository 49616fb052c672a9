//! Mistakes in the settings, each with its key and where it was written.

use std::fmt;

/// Every mistake in the settings, one line each.
#[derive(Debug, thiserror::Error)]
#[error("settings are not usable:\n{}", .0.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(pub Vec<Problem>);

impl SettingsError {
    /// The one mistake.
    pub(super) fn of(key: &str, origin: String, what: String) -> Self {
        let key = key.to_owned();
        Self(vec![Problem { key, origin, what }])
    }
}

/// One mistake: which key, where it was written, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `http.listen`
    pub key: String,
    /// File, environment variable or flag.
    pub origin: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.key, self.origin, self.what)
    }
}
