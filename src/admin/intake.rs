//! What takes files in.

use crate::upload::{Converter, Spool};

/// Where files wait, and what converts them.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Where they wait.
    pub spool: Spool,
    /// What converts them.
    pub converter: Converter,
}
