//! What the files of an edition are called.

use wenzheng_store::Manifest;

/// Before the path of a corpus file below the corpus folder.
pub(super) const CORPUS: &str = "corpus/";
/// Before the path of a word list below its folder.
pub(super) const LEXICON: &str = "lexicon/";
/// The weights and thresholds.
pub(super) const RANKING: &str = "ranking.toml";

/// True when two editions have the same corpus files.
pub(super) fn same_documents(one: &Manifest, other: &Manifest) -> bool {
    let mut changed = one.changes_to(other).into_keys();
    !changed.any(|path| path.starts_with(CORPUS))
}
