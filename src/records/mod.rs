//! What was asked, which conversations go on, and how people voted, on its way to the store.
//!
//! A question is handed over and its answer goes on: a thread of its own masks what identifies a person,
//! and writes in batches. While the store is slow or away, so many wait; what comes then is dropped and
//! counted. Nothing here delays or changes an answer.

mod log;
mod taken_over;

use std::sync::{Arc, OnceLock};

pub use self::{
    log::{Counted, RecordCounts, Records},
    taken_over::take_over_votes,
};

/// Where what is asked goes; empty without a store, and until it can be used.
pub(crate) type LateRecords = Arc<OnceLock<Arc<Records>>>;
