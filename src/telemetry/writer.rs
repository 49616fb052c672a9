//! Writes log lines where a reader may be slow, gone, or a full disk: see [`LineQueue`].

use std::{
    io::{self, Write},
    sync::OnceLock,
    time::Duration,
};

use crate::line_queue::LineQueue;

/// Lines that may wait to be written.
const WAITING: usize = 4096;

/// The lines of this program, once there is a log.
static STDERR: OnceLock<LineQueue> = OnceLock::new();

/// Log lines that were not written since the program started.
#[must_use]
pub fn lost_lines() -> u64 {
    STDERR.get().map_or(0, LineQueue::lost)
}

/// Waits at most so long until the lines logged before are written.
pub(super) fn flush(patience: Duration) {
    if let Some(lines) = STDERR.get() {
        lines.flush(patience);
    }
}

/// Takes lines to be written. Where no thread can be had they are written in place.
#[derive(Clone, Copy)]
pub(super) struct Lines(&'static LineQueue);

impl Lines {
    /// Those of standard error, by one thread in the program.
    pub(super) fn to_stderr() -> Self {
        Self(STDERR.get_or_init(|| {
            let mut torn = false;
            LineQueue::start("log", WAITING, move |line| {
                write_line(&mut io::stderr(), line, &mut torn)
            })
        }))
    }
}

/// Every call is one line, and none fails: nobody could do anything about it, and the formatter
/// would complain on the very output that fails.
impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.0.runs {
            self.0.push(line.to_vec());
        } else if io::stderr().write_all(line).is_err() {
            self.0.lose();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes all of `line`. After the beginning of a line that could not be finished (`torn`) the next one
/// begins on a line of its own, so that a collector reads it.
fn write_line(output: &mut impl Write, line: &[u8], torn: &mut bool) -> io::Result<()> {
    if *torn {
        output.write_all(b"\n")?;
        *torn = false;
    }
    let mut rest = line;
    while !rest.is_empty() {
        match output.write(rest) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(written @ 1..) => rest = rest.get(written..).unwrap_or_default(),
            failed => {
                *torn = rest.len() < line.len();
                return failed.and(Err(io::ErrorKind::WriteZero.into()));
            }
        }
    }
    Ok(())
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
        assert!(write_line(&mut disk, b"one\n", &mut torn).is_ok());
        assert!(write_line(&mut disk, b"two\n", &mut torn).is_err());
        assert!(write_line(&mut disk, b"three\n", &mut torn).is_err());
        disk.room = 100;
        assert!(write_line(&mut disk, b"four\n", &mut torn).is_ok());
        assert!(write_line(&mut disk, b"five\n", &mut torn).is_ok());
        assert_eq!(disk.written, b"one\ntw\nfour\nfive\n");
    }
}
