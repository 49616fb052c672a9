//! Writes log lines where a reader may be slow, gone, or a full disk.
//!
//! A thread of its own writes: whoever logs hands a line over and goes on. A line is lost, and
//! counted, when it cannot be written (a closed pipe, a full disk), and when so many wait that nobody
//! seems to read them.

use std::{
    io::{self, Write},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use tracing_subscriber::fmt::MakeWriter;

/// Lines that may wait to be written.
const WAITING: usize = 4096;

static LOST: AtomicU64 = AtomicU64::new(0);
/// The lines of this program, once there is a log.
static STDERR: OnceLock<Lines> = OnceLock::new();

/// Log lines that were not written since the program started.
#[must_use]
pub fn lost_lines() -> u64 {
    LOST.load(Relaxed)
}

/// Waits at most so long until the lines logged before are written.
pub(super) fn flush(patience: Duration) {
    if let Some(Lines(Some(lines))) = STDERR.get() {
        let (done, written) = sync_channel(1);
        if lines.try_send(Message::Flush(done)).is_ok() {
            let _ = written.recv_timeout(patience);
        }
    }
}

enum Message {
    Line(Vec<u8>),
    /// Answered once all lines before it are written.
    Flush(SyncSender<()>),
}

/// Takes lines to be written. `None` where no thread can be had: they are written in place.
#[derive(Clone)]
pub(super) struct Lines(Option<SyncSender<Message>>);

impl Lines {
    /// Those of standard error, by one thread in the program.
    pub(super) fn to_stderr() -> Self {
        let started = || {
            let (lines, waiting) = sync_channel(WAITING);
            let write = move || write_all(&waiting, io::stderr());
            let thread = thread::Builder::new().name("log".into()).spawn(write);
            Self(thread.is_ok().then_some(lines))
        };
        STDERR.get_or_init(started).clone()
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

/// Every call is one line, and none fails: nobody could do anything about it, and the formatter
/// would complain on the very output that fails.
impl Write for &Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let taken = match &self.0 {
            Some(lines) => lines.try_send(Message::Line(line.to_vec())).is_ok(),
            None => io::stderr().write_all(line).is_ok(),
        };
        if !taken {
            LOST.fetch_add(1, Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes what comes until nobody can send any more.
fn write_all(waiting: &Receiver<Message>, mut output: impl Write) {
    let mut torn = false;
    for message in waiting {
        match message {
            Message::Line(line) => {
                if !write_line(&mut output, &line, &mut torn) {
                    LOST.fetch_add(1, Relaxed);
                }
            }
            Message::Flush(done) => {
                let _ = done.try_send(());
            }
        }
    }
}

/// True when all of `line` was written. After the beginning of a line that could not be finished
/// (`torn`) the next one begins on a line of its own, so that a collector reads it.
fn write_line(output: &mut impl Write, line: &[u8], torn: &mut bool) -> bool {
    if *torn {
        if output.write_all(b"\n").is_err() {
            return false;
        }
        *torn = false;
    }
    let mut rest = line;
    while !rest.is_empty() {
        match output.write(rest) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => {
                *torn = rest.len() < line.len();
                return false;
            }
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with room for so many bytes.
    struct Disk {
        room: usize,
        written: Vec<u8>,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            let fits = bytes.len().min(self.room);
            self.room -= fits;
            self.written.extend_from_slice(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn after_a_full_disk_lines_are_whole_again() {
        let (room, written, mut torn) = (6, Vec::new(), false);
        let mut disk = Disk { room, written };
        assert!(write_line(&mut disk, b"one\n", &mut torn));
        assert!(!write_line(&mut disk, b"two\n", &mut torn));
        assert!(!write_line(&mut disk, b"three\n", &mut torn));
        disk.room = 100;
        assert!(write_line(&mut disk, b"four\n", &mut torn));
        assert!(write_line(&mut disk, b"five\n", &mut torn));
        assert_eq!(disk.written, b"one\ntw\nfour\nfive\n");
    }

    #[test]
    fn lines_that_nobody_reads_are_counted_and_delay_nobody() {
        let (sender, _waiting) = sync_channel(2);
        let lines = Lines(Some(sender));
        let before = lost_lines();
        for _ in 0..5 {
            (&lines).write_all(b"a line\n").expect("it never fails");
        }
        assert!(lost_lines() >= before + 3);
    }
}
