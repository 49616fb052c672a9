//! Mistakes in the settings, each with its key and where it was written.

/// In place of a key, when the settings file as a whole is what is wrong.
pub(super) const FILE: &str = "设置文件";

/// Every mistake in the settings, one line each.
#[derive(Debug, thiserror::Error)]
#[error("设置不能用：\n{}", .0.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(pub Vec<Problem>);

impl SettingsError {
    /// The one mistake.
    pub(super) fn of(key: &str, origin: String, what: String) -> Self {
        let key = key.to_owned();
        Self(vec![Problem { key, origin, what }])
    }
}

/// One mistake: which key, where it was written, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}（{origin}）：{what}")]
pub struct Problem {
    /// `http.listen`
    pub key: String,
    /// File and line, environment variable or flag.
    pub origin: String,
    /// What is wrong and what to do.
    pub what: String,
}
