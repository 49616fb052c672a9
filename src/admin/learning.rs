//! What others tell the thread that sorts the log.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// What others tell the thread.
#[derive(Debug, Default)]
pub(super) struct Learning {
    changed: AtomicBool,
}

impl Learning {
    /// True once topics are other ones than the thread knows; from then on it knows.
    pub(super) fn take_change(&self) -> bool {
        self.changed.swap(false, Relaxed)
    }

    /// Topics are other ones than the thread knows.
    pub(super) fn changed(&self) {
        self.changed.store(true, Relaxed);
    }
}
