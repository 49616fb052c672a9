//! Who holds which file of the spool, and how much room they take together.

use std::{
    collections::HashMap,
    time::{Duration, SystemTime},
};

use super::{error::SpoolError, limits::SpoolLimits};

/// What is in the spool. Knows no disk.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    files: HashMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    /// None for what an earlier run of the program has left.
    editor: Option<String>,
    bytes: u64,
    since: SystemTime,
}

impl Ledger {
    /// Enters a file that is there already and that nobody holds.
    pub(super) fn found(&mut self, name: String, bytes: u64, since: SystemTime) {
        let entry = Entry {
            editor: None,
            bytes,
            since,
        };
        self.files.insert(name, entry);
    }

    /// Gives a file that nobody holds to `editor`; false when there is none of that name.
    pub(super) fn claim(&mut self, name: &str, editor: &str) -> bool {
        match self.files.get_mut(name) {
            Some(entry) if entry.editor.is_none() => {
                entry.editor = Some(editor.to_owned());
                true
            }
            _ => false,
        }
    }

    /// Enters a file of `editor`, still empty.
    ///
    /// # Errors
    /// When the editor has enough of them, or there is no room left.
    pub(super) fn admit(
        &mut self,
        name: String,
        editor: &str,
        limits: &SpoolLimits,
    ) -> Result<(), SpoolError> {
        let of_editor = |entry: &&Entry| entry.editor.as_deref() == Some(editor);
        if self.files.values().filter(of_editor).count() >= limits.waiting {
            return Err(SpoolError::TooManyWaiting {
                most: limits.waiting,
            });
        }
        if self.bytes() >= limits.total_bytes {
            return Err(SpoolError::SpoolFull);
        }
        let entry = Entry {
            editor: Some(editor.to_owned()),
            bytes: 0,
            since: SystemTime::now(),
        };
        self.files.insert(name, entry);
        Ok(())
    }

    /// Makes room for `more` bytes of a file, before they are written.
    ///
    /// # Errors
    /// When the file or all files together become too large.
    pub(super) fn grow(
        &mut self,
        name: &str,
        more: u64,
        limits: &SpoolLimits,
    ) -> Result<(), SpoolError> {
        let all = self.bytes();
        let Some(entry) = self.files.get_mut(name) else {
            return Ok(());
        };
        if entry.bytes.saturating_add(more) > limits.file_bytes {
            return Err(SpoolError::FileTooLarge {
                most: limits.file_bytes,
            });
        }
        if all.saturating_add(more) > limits.total_bytes {
            return Err(SpoolError::SpoolFull);
        }
        entry.bytes += more;
        Ok(())
    }

    /// Strikes a file out.
    pub(super) fn release(&mut self, name: &str) {
        self.files.remove(name);
    }

    /// Strikes out the files that nobody holds and that are older than `age`, and gives their names.
    pub(super) fn expired(&mut self, age: Duration) -> Vec<String> {
        let now = SystemTime::now();
        // A file of the future (the clock was put back) counts as new.
        let is_old = |entry: &Entry| now.duration_since(entry.since).is_ok_and(|past| past > age);
        let gone = self
            .files
            .extract_if(|_, entry| entry.editor.is_none() && is_old(entry));
        gone.map(|(name, _)| name).collect()
    }

    /// Bytes of all files.
    pub(super) fn bytes(&self) -> u64 {
        self.files.values().map(|entry| entry.bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: fn() -> SpoolLimits = || SpoolLimits {
        file_bytes: 10,
        total_bytes: 25,
        ..SpoolLimits::default()
    };

    #[test]
    fn an_editor_has_two_files_at_a_time_and_others_have_theirs() {
        let mut ledger = Ledger::default();
        let mut admit = |name: &str, editor| ledger.admit(name.to_owned(), editor, &LIMITS());
        assert!(admit("1", "甲").is_ok() && admit("2", "甲").is_ok());
        let third = admit("3", "甲");
        assert!(matches!(third, Err(SpoolError::TooManyWaiting { most: 2 })));
        assert!(admit("4", "乙").is_ok());
        ledger.release("1");
        assert!(ledger.admit("3".to_owned(), "甲", &LIMITS()).is_ok());
    }

    #[test]
    fn a_file_and_all_files_have_an_end() {
        let mut ledger = Ledger::default();
        for name in ["1", "2", "3"] {
            let admitted = ledger.admit(name.to_owned(), name, &LIMITS());
            assert!(admitted.is_ok());
        }
        assert!(ledger.grow("1", 10, &LIMITS()).is_ok());
        let large = ledger.grow("1", 1, &LIMITS());
        assert!(matches!(large, Err(SpoolError::FileTooLarge { most: 10 })));
        assert!(ledger.grow("2", 10, &LIMITS()).is_ok());
        let full = ledger.grow("3", 6, &LIMITS());
        assert!(matches!(full, Err(SpoolError::SpoolFull)));
        assert!(ledger.grow("3", 5, &LIMITS()).is_ok());
        let full = ledger.admit("4".to_owned(), "4", &LIMITS());
        assert!(matches!(full, Err(SpoolError::SpoolFull)));
        ledger.release("1");
        assert_eq!(ledger.bytes(), 15);
    }

    #[test]
    fn only_what_nobody_holds_becomes_too_old() {
        let mut ledger = Ledger::default();
        let hours = |n: u64| SystemTime::now() - Duration::from_secs(n * 3600);
        ledger.found("old".to_owned(), 1, hours(2));
        ledger.found("new".to_owned(), 1, hours(0));
        let admitted = ledger.admit("held".to_owned(), "甲", &LIMITS());
        assert!(admitted.is_ok());
        assert_eq!(ledger.expired(Duration::from_secs(3600)), ["old"]);
        assert_eq!(ledger.bytes(), 1);
        assert_eq!(ledger.expired(Duration::ZERO), ["new"]);
    }
}
