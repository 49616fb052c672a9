//! What the files of an edition are called.

/// Before the path of a corpus file below the corpus folder.
pub(super) const CORPUS: &str = "corpus/";
/// Before the path of a word list below its folder.
pub(super) const LEXICON: &str = "lexicon/";
/// The weights and thresholds.
pub(super) const RANKING: &str = "ranking.toml";
