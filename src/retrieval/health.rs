//! Whether searches work: what nobody can tell from an answer.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Whether the last look into the index and at the passages failed.
#[derive(Debug, Default)]
pub(super) struct SearchHealth {
    index: AtomicBool,
    passages: AtomicBool,
}

impl SearchHealth {
    /// The index was asked, and answered or not.
    pub(super) fn index(&self, answered: bool) {
        self.index.store(!answered, Relaxed);
    }

    /// Passages were read, or could not be.
    pub(super) fn passages(&self, read: bool) {
        self.passages.store(!read, Relaxed);
    }

    /// True from a failure until the same works again.
    pub(super) fn fails(&self) -> bool {
        self.index.load(Relaxed) || self.passages.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_ends_when_the_same_works_again() {
        let health = SearchHealth::default();
        health.passages(false);
        health.index(true);
        assert!(health.fails(), "passages still cannot be read");
        health.passages(true);
        assert!(!health.fails());
    }
}
