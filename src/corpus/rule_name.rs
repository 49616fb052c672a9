//! What rule files are called.

use std::path::{Path, PathBuf};

/// What the name of a rule file ends with, where that of its document ends with `.md`.
pub const RULES_ENDING: &str = ".rules.toml";

/// True for the name of a rule file.
#[must_use]
pub fn is_rule_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.len() > RULES_ENDING.len() && name.ends_with(RULES_ENDING))
}

/// The document that the rule file at `path` lies beside: `gaoling.md`.
#[must_use]
pub fn document_beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let stem = name.strip_suffix(RULES_ENDING)?;
    Some(path.with_file_name(format!("{stem}.md")))
}
