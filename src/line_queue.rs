//! Lines written by a thread of their own, so that whoever hands one over goes on: a slow disk, a full
//! one or a reader who is gone delays nobody.
//!
//! A line is lost, and counted, when it cannot be written, and when too many wait already.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

/// Takes lines to be written; its thread ends when it is dropped and all of them are.
pub(crate) struct LineQueue {
    messages: SyncSender<Message>,
    counts: Arc<Counts>,
    /// False where no thread can be had: whatever is handed over is lost.
    pub(crate) runs: bool,
}

enum Message {
    Line(Vec<u8>),
    /// Answered once all lines before it are written.
    Flush(SyncSender<()>),
}

#[derive(Default)]
struct Counts {
    kept: AtomicU64,
    lost: AtomicU64,
}

impl LineQueue {
    /// Starts the thread `name`, which gives each line to `write`; at most `capacity` wait for it.
    pub(crate) fn start(
        name: &str,
        capacity: usize,
        mut write: impl FnMut(&[u8]) -> io::Result<()> + Send + 'static,
    ) -> Self {
        let (messages, waiting) = sync_channel(capacity);
        let counts = Arc::new(Counts::default());
        let counted = Arc::clone(&counts);
        let write_all = move || {
            for message in waiting {
                match message {
                    Message::Line(line) => {
                        let written = write(&line);
                        let count = written.map_or(&counted.lost, |()| &counted.kept);
                        count.fetch_add(1, Relaxed);
                    }
                    Message::Flush(done) => {
                        let _ = done.try_send(());
                    }
                }
            }
        };
        let thread = thread::Builder::new().name(name.into()).spawn(write_all);
        Self {
            messages,
            counts,
            runs: thread.is_ok(),
        }
    }

    /// Has a line written soon, its end included.
    pub(crate) fn push(&self, line: Vec<u8>) {
        if self.messages.try_send(Message::Line(line)).is_err() {
            self.lose();
        }
    }

    /// Counts a line as lost that was not handed over.
    pub(crate) fn lose(&self) {
        self.counts.lost.fetch_add(1, Relaxed);
    }

    /// Waits at most so long until the lines before are written.
    pub(crate) fn flush(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        let (done, written) = sync_channel(1);
        let mut message = Message::Flush(done);
        // Where many lines wait there is no room for asking yet, and no way to wait for it.
        while let Err(TrySendError::Full(unsent)) = self.messages.try_send(message) {
            if Instant::now() >= deadline {
                return;
            }
            message = unsent;
            thread::sleep(Duration::from_millis(1));
        }
        let _ = written.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    }

    /// Lines that were written.
    pub(crate) fn kept(&self) -> u64 {
        self.counts.kept.load(Relaxed)
    }

    /// Lines that were not.
    pub(crate) fn lost(&self) -> u64 {
        self.counts.lost.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const SOON: Duration = Duration::from_secs(60);

    #[test]
    fn lines_are_written_in_order_and_those_refused_are_counted() {
        let (written, read) = channel();
        let lines = LineQueue::start("test", 8, move |line| match line {
            b"bad\n" => Err(io::ErrorKind::StorageFull.into()),
            _ => written.send(line.to_vec()).map_err(io::Error::other),
        });
        for line in [&b"one\n"[..], b"bad\n", b"two\n"] {
            lines.push(line.to_vec());
        }
        lines.flush(SOON);
        assert_eq!((lines.kept(), lines.lost()), (2, 1));
        drop(lines);
        assert_eq!(read.iter().collect::<Vec<_>>().concat(), b"one\ntwo\n");
    }

    #[test]
    fn a_flush_waits_for_lines_that_fill_the_queue() {
        let slow = |_: &[u8]| {
            thread::sleep(Duration::from_millis(5));
            Ok(())
        };
        let lines = LineQueue::start("test", 2, slow);
        for _ in 0..3 {
            lines.push(b"a line\n".to_vec());
        }
        lines.flush(SOON);
        assert_eq!(lines.kept() + lines.lost(), 3);
    }

    #[test]
    fn lines_that_nobody_reads_are_counted_and_delay_nobody() {
        let (read, reader) = channel::<()>();
        let lines = LineQueue::start("test", 2, move |_| {
            // Until somebody reads.
            reader.recv().map_err(io::Error::other)
        });
        // Two wait, and one may be with the thread.
        for _ in 0..5 {
            lines.push(b"a line\n".to_vec());
        }
        assert!(lines.lost() >= 2);
        assert_eq!(lines.kept(), 0);
        lines.flush(Duration::ZERO);
        drop(read);
    }
}
