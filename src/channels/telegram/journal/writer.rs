//! The thread that writes the journal, so that a slow disk delays confirmations and nothing else.
//!
//! Whatever waits is written at once, with one sync: under load many updates share it.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

use tokio::sync::oneshot;

use super::file::JournalFile;
use crate::storage::{self, Kept};

/// After that long without work the file is rewritten.
const QUIET: Duration = Duration::from_secs(1);

/// What is to be written.
#[derive(Debug)]
pub(super) enum Job {
    /// Updates, each with its line; answered by whether they are on disk.
    Arrived {
        lines: Vec<(u32, String)>,
        written: oneshot::Sender<bool>,
    },
    /// The id of a handled update.
    Handled(u32),
    /// The end: answered once everything before it is written, and what is handled is removed.
    Flush(oneshot::Sender<()>),
}

/// Starts the thread; it ends when the returned sender is dropped.
pub(super) fn start(file: JournalFile) -> mpsc::Sender<Job> {
    let (jobs, waiting) = mpsc::channel();
    let started = thread::Builder::new()
        .name("telegram-journal".into())
        .spawn(move || work(file, &waiting));
    if let Err(error) = started {
        storage::refused(Kept::Updates, &error);
    }
    jobs
}

fn work(mut file: JournalFile, waiting: &Receiver<Job>) {
    loop {
        match waiting.recv_timeout(QUIET) {
            Ok(first) => write(&mut file, first, waiting),
            Err(RecvTimeoutError::Timeout) => compact(&mut file),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if file.is_large() {
            compact(&mut file);
        }
    }
}

/// Writes a job with all others that wait.
fn write(file: &mut JournalFile, first: Job, waiting: &Receiver<Job>) {
    let (mut updates, mut handled) = (Vec::new(), Vec::new());
    let (mut arrived, mut flushed) = (Vec::new(), Vec::new());
    for job in std::iter::once(first).chain(waiting.try_iter()) {
        match job {
            Job::Arrived { lines, written } => {
                updates.extend(lines);
                arrived.push(written);
            }
            Job::Handled(id) => handled.push(id),
            Job::Flush(done) => flushed.push(done),
        }
    }
    let outcome = if updates.is_empty() && handled.is_empty() {
        Ok(())
    } else {
        file.append(updates, handled)
    };
    if let Err(error) = &outcome {
        storage::refused(Kept::Updates, error);
    }
    // Nobody may be left to hear it.
    for written in arrived {
        let _ = written.send(outcome.is_ok());
    }
    if !flushed.is_empty() {
        compact(file);
    }
    for done in flushed {
        let _ = done.send(());
    }
}

fn compact(file: &mut JournalFile) {
    if let Err(error) = file.compact() {
        storage::refused(Kept::Updates, &error);
    }
}
