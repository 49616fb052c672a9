//! Passages as scoring reads them: folded, sentence by sentence.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;

use crate::{
    corpus::{Library, LibraryError, Passage, PassageAt},
    text::normalize,
};

/// A passage, folded.
#[derive(Debug, Clone)]
pub(crate) struct FoldedPassage {
    /// One a sentence of the passage, quotes stripped.
    sentences: Vec<String>,
    /// Headings.
    path: String,
}

impl FoldedPassage {
    pub(crate) fn new(passage: &Passage) -> Self {
        let fold = |text: &str| normalize::fold(&normalize::strip_quotes(text));
        let text = &passage.text;
        Self {
            sentences: passage
                .sentences
                .iter()
                .map(|s| fold(s.span.of(text)))
                .collect(),
            path: fold(&passage.path.join("\n")),
        }
    }

    /// One sentence; empty when there is no such sentence.
    pub(crate) fn sentence(&self, n: usize) -> &str {
        self.sentences.get(n).map_or("", String::as_str)
    }

    /// Headings, one a line.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// All sentences in a row.
    pub(crate) fn whole(&self) -> String {
        self.sentences.concat()
    }
}

/// Passages kept folded at most; about 20 MB.
const KEPT: usize = 16_000;

/// Folded passages, made when they are first scored; the last used are kept.
pub(crate) struct FoldedPassages(Mutex<LruCache<PassageAt, Arc<FoldedPassage>>>);

impl Default for FoldedPassages {
    fn default() -> Self {
        let kept = NonZeroUsize::new(KEPT).unwrap_or(NonZeroUsize::MIN);
        Self(Mutex::new(LruCache::new(kept)))
    }
}

impl std::fmt::Debug for FoldedPassages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FoldedPassages").finish_non_exhaustive()
    }
}

impl FoldedPassages {
    /// The passage of `library` at `at`, folded.
    ///
    /// # Errors
    /// [`LibraryError`] when there is no such passage.
    pub(crate) fn get(
        &self,
        at: PassageAt,
        library: &Library,
    ) -> Result<Arc<FoldedPassage>, LibraryError> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folded) = kept().get(&at) {
            return Ok(Arc::clone(folded));
        }
        let passage = library.passage(at)?;
        let folded = Arc::new(FoldedPassage::new(&passage));
        kept().put(at, Arc::clone(&folded));
        Ok(folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::testing::{Town, library};

    #[test]
    fn a_passage_is_folded_once_and_read_without_quotes() {
        let at = PassageAt {
            document: 0,
            passage: 0,
        };
        let library = library(&[Town::text("开展“三抓三促”行動。", "修路。")]);
        let kept = FoldedPassages::default();
        let first = kept.get(at, &library).unwrap();
        assert_eq!(first.whole(), "开展三抓三促行动。");
        assert!(Arc::ptr_eq(&first, &kept.get(at, &library).unwrap()));
        let nowhere = PassageAt { passage: 9, ..at };
        assert!(kept.get(nowhere, &library).is_err());
    }
}
