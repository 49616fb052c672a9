//! Uploads that cannot hurt: files that people send to be added to the corpus.
//!
//! A file is written to the [`Spool`] while it arrives, piece by piece and within limits
//! ([`receive()`] does it for a web form), under a random name; what its sender calls it is a label and never part of
//! a path. [`Converter`] then has it read by another process: the same program with a hidden command, without
//! environment, files and sockets, which limits its own memory and time ([`child`]). Whatever a file does to
//! the importer (a bomb, a stack overflow, an endless loop), it does to that process, and the program
//! that serves people goes on. What comes back is a [`Converted`]: a corpus file that is not served yet, with what
//! its sender should look at.
//!
//! Nothing here writes to the corpus, and nothing of a file or its name is logged.

pub mod child;
mod confine;
mod convert;
mod converted;
mod error;
mod job;
mod label;
mod ledger;
mod limits;
mod metered;
mod preview;
mod receive;
mod slot;
mod spool;
pub mod wording;

pub use self::{
    convert::{Converter, Upload, convert},
    converted::{Converted, Shown},
    error::{ConvertError, SpoolError},
    job::{Hints, Job},
    label::clean as clean_label,
    limits::{ConvertLimits, SpoolLimits},
    receive::{Received, receive},
    spool::{Incoming, Spool, Ticket, Waiting},
};
