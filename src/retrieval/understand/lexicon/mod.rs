//! The word lists of `config/lexicon/`: plain text that county staff can edit.
//!
//! Each file explains itself in its head. A line that cannot be read is reported with file and
//! line, and skipped; everything else counts. Of the patterns in `intents/` the list inside the program serves instead.

mod intent_list;
mod intents;
mod list;
mod problem;
mod rarity;
mod read;
mod words;

pub use intent_list::IntentList;
pub use intents::Intents;
pub use problem::LexiconProblem;
pub(crate) use rarity::rarity;
pub use words::{Examples, Lexicon, SYNONYM_THRESHOLD, Synonym};
