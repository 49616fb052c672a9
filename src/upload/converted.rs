//! What comes back of an upload, between the two processes as one JSON document.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::corpus::DocumentKind;

/// A corpus file that is not served yet, with what its sender should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// The corpus file, in Markdown.
    pub text: String,
    /// The folder of its place where no other place has that name: `tongwei`. Whose folder it is in a corpus is
    /// told by [`Folders`](crate::intake::Folders).
    pub folder: String,
    /// `2024-work-report.md`
    pub name: String,
    /// What it is.
    pub kind: DocumentKind,
    /// 2024年通渭县政府工作报告
    pub title: String,
    /// 通渭县; empty if it names none.
    pub place: String,
    /// The year planned for, or the year a document is of.
    pub year: Option<i32>,
    /// What should be looked at, most important first (Chinese).
    pub warnings: Vec<String>,
    /// What was recognised, mended and left out, a line each; long lines are cut (Chinese).
    pub report: Vec<String>,
    /// Passages in all.
    pub passages: usize,
    /// Up to ten of them, spread over the document.
    pub preview: Vec<Shown>,
}

/// A passage as it is shown before a file is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Headings from the outside in.
    pub path: Vec<String>,
    /// Its first sentences.
    pub text: String,
}

impl Converted {
    /// Where it belongs below the corpus folder: `tongwei/2024-work-report.md`.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        Path::new(&self.folder).join(&self.name)
    }

    /// True if the names are such as the importer gives. Who reads the other process' words does not have to
    /// believe that it was still the importer who spoke.
    pub(super) fn is_sound(&self) -> bool {
        let stem = self.name.strip_suffix(".md");
        stem.is_some_and(is_plain) && is_plain(&self.folder) && !self.text.is_empty()
    }
}

/// True for letters, figures and hyphens.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=200).contains(&name.len()) && !name.starts_with('-') && name.bytes().all(plain)
}

/// What the process says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    /// The file was converted.
    Converted(Box<Converted>),
    /// The importer's words on why not (Chinese).
    Refused(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_not_believed() {
        let named = |folder: &str, name: &str| {
            let converted = Converted {
                text: "文".to_owned(),
                folder: folder.to_owned(),
                name: name.to_owned(),
                kind: DocumentKind::Document,
                title: String::new(),
                place: String::new(),
                year: None,
                warnings: Vec::new(),
                report: Vec::new(),
                passages: 0,
                preview: Vec::new(),
            };
            converted.is_sound()
        };
        assert!(named("tongwei", "2024-work-report.md"));
        for (folder, name) in [
            ("..", "a.md"),
            ("", "a.md"),
            ("/etc", "a.md"),
            ("a/b", "a.md"),
            ("a", ".md"),
            ("a", "../a.md"),
            ("a", "a.toml"),
            ("a", "a\0.md"),
        ] {
            assert!(!named(folder, name), "{folder}/{name}");
        }
    }
}
