//! The words of sentences, cut once for all questions that find them.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;

use crate::{
    corpus::PassageAt,
    text::{Span, segment::Segmenter},
};

/// Sentences whose words are kept, about 500 bytes each.
const KEPT: NonZeroUsize = NonZeroUsize::new(2048).expect("above 0");

/// By the passage and the number of the sentence in it.
type Kept = LruCache<(PassageAt, usize), Arc<[Span]>>;

/// The words of the sentences that were found last.
#[derive(Debug)]
pub(crate) struct SentenceWords {
    segmenter: Segmenter,
    kept: Mutex<Kept>,
}

impl SentenceWords {
    /// As `segmenter` cuts them.
    pub(crate) fn new(segmenter: &Segmenter) -> Self {
        Self {
            segmenter: segmenter.clone(),
            kept: Mutex::new(LruCache::new(KEPT)),
        }
    }

    /// The words of two characters and more in `sentence`, number `n` of the passage at an address, each
    /// once, sorted.
    pub(super) fn of(&self, at: PassageAt, n: usize, sentence: &str) -> Arc<[Span]> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().get(&(at, n)).cloned();
        known.unwrap_or_else(|| {
            let cut: Arc<[Span]> = self.cut(sentence).into();
            kept().put((at, n), Arc::clone(&cut));
            cut
        })
    }

    fn cut(&self, sentence: &str) -> Vec<Span> {
        let mut words = self.segmenter.words(sentence);
        words.retain(|word| word.of(sentence).chars().nth(1).is_some());
        words.sort_by_key(|word| word.of(sentence));
        words.dedup_by_key(|word| word.of(sentence));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_once_into_different_words_in_order() {
        let words = SentenceWords::new(&Segmenter::with_words([]));
        let at = PassageAt {
            document: 0,
            passage: 3,
        };
        let sentence = "建设公厕,建设水厂。";
        let cut = words.of(at, 0, sentence);
        let mut texts: Vec<&str> = cut.iter().map(|word| word.of(sentence)).collect();
        assert!(texts.is_sorted() && texts.contains(&"建设"));
        texts.dedup();
        assert_eq!(texts.len(), cut.len());
        assert!(Arc::ptr_eq(&cut, &words.of(at, 0, sentence)));
    }
}
