//! What a search is built with beside documents.

use std::path::PathBuf;

use super::{component::Components, search::Ranking, understand::Lexicon};

/// What a [`Retriever`](super::Retriever) is built with beside a library.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Word lists.
    pub lexicon: Lexicon,
    /// Weights and thresholds.
    pub ranking: Ranking,
    /// Everything is on but for measurements.
    pub components: Components,
    /// The place that leads when a question names none; may be empty.
    pub default_place: String,
    /// Folder of the index; `None` keeps it in memory.
    pub index_dir: Option<PathBuf>,
}

impl Default for Setup {
    /// Lists and weights inside the program, everything on.
    fn default() -> Self {
        Self {
            lexicon: Lexicon::embedded(),
            ranking: Ranking::embedded(),
            components: Components::default(),
            default_place: String::new(),
            index_dir: None,
        }
    }
}
