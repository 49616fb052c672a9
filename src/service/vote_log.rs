//! Votes in a file, until there is a store: `votes.jsonl` in the data folder, for its owner only.
//!
//! One JSON object a line: when, channel, answer, passage, vote, reason, and a ballot
//! ([`super::ballot`]). Lines are only ever added. A caller who votes again on the same answer adds a
//! line with the same ballot, which replaces the earlier one: whoever reads takes the last line of
//! each ballot. (Changing a line in place would need the file to be rewritten, and a crash could then
//! cost votes of others.) Full files become `votes.1.jsonl` to `votes.4.jsonl`; older ones are removed.
//!
//! They are written by a [`LineQueue`]; what cannot be written is counted, and said in the log once.

use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Serialize;

use super::{
    ballot::BallotKey,
    clock,
    request::{Caller, Channel},
    vote::VoteCast,
};
use crate::{line_queue::LineQueue, storage};

/// Bytes after which another file is begun; some 25,000 votes.
const FULL: u64 = 4 << 20;
/// Full files that are kept.
const OLD: u32 = 4;
/// Votes that may wait to be written.
const WAITING: usize = 256;
/// How long the end of the program waits for the disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many votes were written since the program started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VoteCounts {
    /// Votes in the file.
    pub kept: u64,
    /// Votes that could not be written.
    pub lost: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    /// Version of the format.
    v: u8,
    at: String,
    channel: &'a str,
    answer: Option<&'a str>,
    passage: Option<&'a str>,
    vote: &'a str,
    reason: Option<&'a str>,
    ballot: Option<&'a str>,
}

/// Keeps votes.
pub(super) struct VoteLog {
    key: BallotKey,
    lines: LineQueue,
}

impl VoteLog {
    /// In `folder`, which is made when it is missing.
    pub(super) fn open(folder: &Path) -> Self {
        // When it cannot be made, the first vote says so.
        let _ = storage::create_folder(folder);
        let file = folder.join("votes.jsonl");
        let mut failing = false;
        let lines = LineQueue::start("votes", WAITING, move |line| {
            let written = write(&file, FULL, line);
            match &written {
                Ok(()) if failing => tracing::info!("votes are kept again"),
                Err(error) if !failing => {
                    tracing::warn!(error = %error.kind(), "a vote was not kept");
                }
                _ => {}
            }
            failing = written.is_err();
            written
        });
        Self {
            key: BallotKey::open(folder),
            lines,
        }
    }

    /// See [`BallotKey::ballot`].
    pub(super) fn ballot(&self, caller: &Caller, cast: &VoteCast) -> Option<String> {
        self.key.ballot(caller, cast)
    }

    /// Writes a vote soon.
    pub(super) fn keep(&self, channel: Channel, cast: &VoteCast, ballot: Option<&str>) {
        let line = Line {
            v: 1,
            at: clock::timestamp(),
            channel: channel.name,
            answer: cast.answer.as_ref().map(|answer| answer.as_str()),
            passage: cast.passage.as_ref().map(|passage| passage.0.as_str()),
            vote: cast.vote.name(),
            reason: cast.reason.map(|reason| reason.name()),
            ballot,
        };
        match serde_json::to_vec(&line) {
            Ok(mut line) => {
                line.push(b'\n');
                self.lines.push(line);
            }
            Err(_) => self.lines.lose(),
        }
    }

    /// Waits a moment until the votes before are written.
    pub(super) fn flush(&self) {
        self.lines.flush(PATIENCE);
    }

    pub(super) fn counts(&self) -> VoteCounts {
        VoteCounts {
            kept: self.lines.kept(),
            lost: self.lines.lost(),
        }
    }
}

/// Adds a line, of which all is written or nothing.
fn write(path: &Path, full: u64, line: &[u8]) -> io::Result<()> {
    let mut file = open(path)?;
    let mut end = file.seek(SeekFrom::End(0))?;
    if end >= full {
        rotate(path)?;
        file = open(path)?;
        end = 0;
    }
    let mut bytes = Vec::with_capacity(line.len() + 1);
    if end > 0 && !ends_with_a_line(&mut file)? {
        // The power failed while a line was written.
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(line);
    let written = file.write_all(&bytes).and_then(|()| file.sync_data());
    if written.is_err() {
        let _ = file.set_len(end);
    }
    written
}

/// Opened anew for each vote: somebody may have moved the file away.
fn open(path: &Path) -> io::Result<File> {
    let mut options = storage::private();
    let file = options.read(true).append(true).create(true).open(path)?;
    storage::close_to_others(&file)?;
    Ok(file)
}

fn ends_with_a_line(file: &mut File) -> io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// `votes.jsonl` → `votes.1.jsonl` → … → `votes.4.jsonl`, whose votes are lost.
fn rotate(path: &Path) -> io::Result<()> {
    let old = |number: u32| -> PathBuf { path.with_extension(format!("{number}.jsonl")) };
    for number in (1..OLD).rev() {
        match fs::rename(old(number), old(number + 1)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(path, old(1))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn lines(path: &Path) -> Vec<String> {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn full_files_are_set_aside_and_only_so_many_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("votes.jsonl");
        for number in 0..12 {
            write(&path, 3, format!("{number:02}\n").as_bytes()).expect("it is written");
        }
        assert_eq!(lines(&path), ["11"]);
        assert_eq!(lines(&folder.path().join("votes.1.jsonl")), ["10"]);
        assert_eq!(lines(&folder.path().join("votes.4.jsonl")), ["07"]);
        assert_eq!(
            fs::read_dir(folder.path()).expect("it is listed").count(),
            5
        );
    }

    #[test]
    fn a_line_after_a_torn_one_is_whole_and_the_file_is_for_its_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("votes.jsonl");
        fs::write(&path, "{\"v\":1,").expect("it is written");
        write(&path, FULL, b"{}\n").expect("it is written");
        assert_eq!(lines(&path), ["{\"v\":1,", "{}"]);
        let mode = fs::metadata(&path).expect("it is there").permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }

    #[test]
    fn what_cannot_be_written_is_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder where the file should be.
        fs::create_dir(folder.path().join("votes.jsonl")).expect("it is made");
        let log = VoteLog::open(folder.path());
        let cast = VoteCast {
            answer: None,
            passage: None,
            vote: crate::service::Vote::Useful,
            reason: None,
        };
        log.keep(Channel::WEB, &cast, None);
        log.flush();
        assert_eq!(log.counts(), VoteCounts { kept: 0, lost: 1 });
        fs::remove_dir(folder.path().join("votes.jsonl")).expect("it is empty");
        log.keep(Channel::WEB, &cast, None);
        log.flush();
        assert_eq!(log.counts(), VoteCounts { kept: 1, lost: 1 });
    }
}
