//! What somebody typed.

use std::fmt;

/// Text that a user typed. It may be stored but must not be logged: `Debug` hides it, there is no
/// `Display`, and the only accessor is named for its purpose.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    pub(super) fn new(words: &str) -> Self {
        Self(words.to_owned())
    }

    /// Returns the text, for a store of questions.
    #[must_use]
    pub fn for_store(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(…)")
    }
}
