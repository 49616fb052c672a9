//! What uploads may take.

use std::time::Duration;

const MIB: u64 = 1024 * 1024;

/// What the conversion of one file may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConvertLimits {
    /// Bytes of addresses of the process, the program itself with its model and dictionaries included.
    pub memory_bytes: u64,
    /// Seconds of processor time.
    pub cpu_seconds: u64,
    /// Time from start to end, on a machine that is busy with other things as well.
    pub wall: Duration,
    /// Bytes of a file.
    pub input_bytes: u64,
    /// Bytes of what comes back. The longest texts that the importer takes (three million characters) give ten
    /// million bytes.
    pub output_bytes: u64,
}

impl Default for ConvertLimits {
    fn default() -> Self {
        Self {
            memory_bytes: 768 * MIB,
            cpu_seconds: 60,
            wall: Duration::from_secs(90),
            input_bytes: 64 * MIB,
            output_bytes: 32 * MIB,
        }
    }
}

/// What files that wait may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpoolLimits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Files of one request.
    pub files: usize,
    /// Files of one editor that wait at a time, those that are arriving included.
    pub waiting: usize,
    /// Bytes of all files together.
    pub total_bytes: u64,
    /// Time without a byte after which an upload is given up.
    pub idle: Duration,
    /// Time that one request may take.
    pub patience: Duration,
    /// Time after which a file that nobody holds is removed.
    pub age: Duration,
}

impl Default for SpoolLimits {
    fn default() -> Self {
        Self {
            file_bytes: 20 * MIB,
            files: 2,
            waiting: 2,
            total_bytes: 200 * MIB,
            idle: Duration::from_secs(30),
            patience: Duration::from_secs(600),
            age: Duration::from_secs(3600),
        }
    }
}

impl SpoolLimits {
    /// Bytes of one request: its files, and what a form has around them.
    #[must_use]
    pub const fn request_bytes(&self) -> u64 {
        self.file_bytes * self.files as u64 + MIB
    }
}
