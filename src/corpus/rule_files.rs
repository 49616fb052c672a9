//! Rule files: `gaoling.rules.toml` beside `gaoling.md` says who qualifies for what that document grants.
//!
//! They are files of the corpus, watched, uploaded and kept in editions like documents, but none of them is one.
//! What they mean is read elsewhere (`crates/rules`).

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    DocumentId, Fault, Problem,
    content::decoded,
    files::ReadFile,
    loader::{below, document_id, rule_files},
    rule_name::document_beside,
};

/// A rule file with the document that it lies beside, as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// As messages name it.
    pub file: PathBuf,
    /// The document.
    pub document: DocumentId,
    /// What it says.
    pub text: String,
    /// The document, with its front matter; `None` when there is no such file.
    pub policy: Option<String>,
}

/// Reads the rule files at the paths `belows` below `dir`, each with its document; one that cannot be read is a
/// problem of its own.
pub fn read_rule_files(
    dir: &Path,
    belows: impl IntoIterator<Item = PathBuf>,
    read: ReadFile<'_>,
) -> (Vec<RuleFile>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for below in belows {
        let file = dir.join(&below);
        let Some(beside) = document_beside(&below) else {
            continue;
        };
        let unreadable = |error: io::Error| Fault::Unreadable(error.to_string());
        let text = read(&below).map_err(|error| Problem::new(&file, 0, unreadable(error)));
        match text.and_then(|bytes| decoded(&file, bytes)) {
            Ok(text) => files.push(RuleFile {
                document: document_id(&beside),
                policy: read(&beside)
                    .ok()
                    .and_then(|bytes| String::from_utf8(bytes).ok()),
                file,
                text,
            }),
            Err(problem) => problems.push(Problem {
                // It refuses itself alone.
                fault: Fault::Rules(problem.fault.to_string()),
                ..problem
            }),
        }
    }
    (files, problems)
}

/// The rule files below `dir`, as paths below it, sorted.
#[must_use]
pub fn rule_files_below(dir: &Path) -> Vec<PathBuf> {
    let files = rule_files(dir).into_iter();
    files.map(|file| below(dir, &file).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::corpus::{hash_folder, read_below};

    #[test]
    fn a_rule_file_is_read_with_the_document_that_it_lies_beside() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::create_dir(dir.path().join("anhe")).expect("made");
        for (name, text) in [
            ("anhe/a.md", "正文"),
            ("anhe/a.rules.toml", "format = 1"),
            ("anhe/b.rules.toml", "format = 2"),
            ("anhe/.c.rules.toml", ""),
            ("anhe/other.toml", ""),
        ] {
            fs::write(dir.path().join(name), text).expect("written");
        }
        let below = rule_files_below(dir.path());
        let (files, problems) = read_rule_files(dir.path(), below, &read_below(dir.path()));
        let seen: Vec<_> = files
            .iter()
            .map(|file| (file.document.0.as_str(), file.policy.as_deref()))
            .collect();
        assert_eq!(seen, [("anhe-a", Some("正文")), ("anhe-b", None)]);
        assert!(problems.is_empty());
        // Editions keep them.
        assert_eq!(hash_folder(dir.path()).map(|files| files.len()), Ok(3));
    }

    #[test]
    fn one_that_is_no_text_refuses_itself_alone() {
        let read = |_: &Path| Ok(vec![b'a', b'\n', 0xff]);
        let (files, problems) = read_rule_files(Path::new("c"), ["a.rules.toml".into()], &read);
        assert!(files.is_empty());
        assert_eq!(problems.len(), 1);
        assert!(problems[0].fault.is_warning());
        assert!(
            problems[0].to_string().starts_with("c/a.rules.toml:2: "),
            "{}",
            problems[0]
        );
    }
}
