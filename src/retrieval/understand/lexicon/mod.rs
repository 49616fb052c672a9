//! The word lists of `config/lexicon/`: plain text that county staff can edit.
//!
//! Each file explains itself in its head. A line that cannot be read is reported with file and
//! line, and skipped; everything else counts.

mod list;
mod read;
mod words;

pub use read::LexiconProblem;
pub use words::{Examples, Lexicon, SYNONYM_THRESHOLD, Synonym};
