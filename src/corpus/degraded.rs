//! What is served while files of the corpus have errors.

use std::path::{Path, PathBuf};

use super::Problem;

/// What is served instead of all files as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    /// Exactly the documents that were last served without any error.
    LastWhole,
    /// The files without error: there was nothing served before.
    SoundFiles,
}

impl Serves {
    /// Its name on pages and in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LastWhole => "last_whole",
            Self::SoundFiles => "sound_files",
        }
    }
}

/// Not all files as they are on disk are served, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degraded {
    /// What is served.
    pub serves: Serves,
    /// The files with errors, as paths below the corpus folder, each once; `.` for the folder itself.
    pub files: Vec<PathBuf>,
}

impl Degraded {
    /// With the files below `dir` that have errors among `problems`.
    #[must_use]
    pub fn new(serves: Serves, dir: &Path, problems: &[Problem]) -> Self {
        let errors = problems
            .iter()
            .filter(|problem| !problem.fault.is_warning());
        let mut files: Vec<PathBuf> = errors
            .map(|problem| {
                // What is public names no folder of this machine.
                let below = problem.file.strip_prefix(dir).unwrap_or(Path::new(""));
                match below.as_os_str().is_empty() {
                    true => PathBuf::from("."),
                    false => below.to_owned(),
                }
            })
            .collect();
        files.sort();
        files.dedup();
        Self { serves, files }
    }
}
