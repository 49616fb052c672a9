//! Why an upload was refused. For the log; what people are told stands in `wording`.

use std::{io, process::ExitStatus};

/// Why a file was not kept. Nothing of it is left on the disk.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// A file, or a request as a whole, is larger than allowed.
    #[error("a file of more than {most} bytes")]
    FileTooLarge {
        /// Bytes of a file at most.
        most: u64,
    },
    /// A request with more files than allowed.
    #[error("more than {most} files at once")]
    TooManyFiles {
        /// Files of a request at most.
        most: usize,
    },
    /// The sender's earlier files still wait.
    #[error("{most} files of this editor are waiting")]
    TooManyWaiting {
        /// Waiting files of one editor at most.
        most: usize,
    },
    /// Files of all senders together take all the room there is for them.
    #[error("no room for more files that wait")]
    SpoolFull,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The disk refuses for another reason.
    #[error("the disk refuses a file")]
    Disk(#[source] io::Error),
    /// Nothing came for a while, or the whole took too long.
    #[error("the upload came too slowly")]
    TooSlow,
    /// The sender went away, or sent something that is no form.
    #[error("the upload broke off or is no form")]
    Broken,
    /// A form without a file.
    #[error("no file was sent")]
    NoFile,
}

impl From<io::Error> for SpoolError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Disk(error),
        }
    }
}

/// Why a file was not converted. No process is left.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// The file, or what was made of it, is larger than allowed.
    #[error("the file or its text is too large")]
    TooBig,
    /// It was not done in time, and was ended.
    #[error("the conversion took too long")]
    TookLong,
    /// The process ended by one of its limits, by a fault of the program, or by the system.
    #[error("the conversion ended early ({0})")]
    Ended(ExitStatus),
    /// The process ended well and said nothing that can be understood.
    #[error("the conversion gave nothing that can be read")]
    Garbled,
    /// The importer cannot read the file, in words for its sender (Chinese).
    #[error("the importer refused the file")]
    Refused(String),
    /// The process could not be started or listened to.
    #[error("the conversion could not be started")]
    NotStarted(#[source] io::Error),
}
