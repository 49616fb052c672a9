//! Tokenizer and model together: texts → vectors.

use std::{
    borrow::Cow,
    fmt,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{
    gguf::GgufError,
    matrix::Vector,
    model::{Model, Scratch},
    tokenize::{Tokenizer, TokenizerError},
};

/// Tokens that run through the model together: enough to share the unpacking of the matrices,
/// few enough to stay in the second-level cache.
const BATCH_TOKENS: usize = 128;

/// Memory kept for later calls: one on each of so many threads …
const POOLED: usize = 8;
/// … unless it was for more tokens: 14 KB each.
const POOLED_TOKENS: usize = 256;

/// Why an [`Encoder`] could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The weights are not those of a model that this crate can run.
    #[error("weights: {0}")]
    Weights(#[from] GgufError),
    /// The tokenizer is not one that this crate can run.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
}

/// A sentence encoder, ready to run; may be shared between threads.
pub struct Encoder {
    tokenizer: Tokenizer,
    model: Model,
    /// Memory of calls that have ended, for those to come.
    scratch: Mutex<Vec<Scratch>>,
}

impl Encoder {
    /// An encoder with `weights`, the bytes of a GGUF file, and `tokenizer`, those of a
    /// `tokenizer.json`. Takes some 10 ms for 37,000 pieces.
    ///
    /// # Errors
    /// [`LoadError`] when the bytes are damaged, of another kind of model, or do not belong together.
    pub fn from_bytes(
        weights: impl Into<Cow<'static, [u8]>>,
        tokenizer: &[u8],
    ) -> Result<Self, LoadError> {
        let tokenizer = Tokenizer::read(tokenizer)?;
        let model = Model::read(weights.into(), tokenizer.len())?;
        Ok(Self {
            tokenizer,
            model,
            scratch: Mutex::default(),
        })
    }

    /// Names the weights: encoders with equal ids give equal vectors. The model's own name and
    /// twelve hexadecimal digits.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.model.id
    }

    /// The token ids of `text`, cut to what the model takes; for comparison with other tokenizers.
    #[must_use]
    pub fn token_ids(&self, text: &str) -> Vec<u32> {
        self.tokenizer.ids(text, self.model.context)
    }

    /// One vector for each text, in order. All run as one batch on the calling thread: right for
    /// a question or two.
    #[must_use]
    pub fn embed(&self, texts: &[impl AsRef<str>]) -> Vec<Vector> {
        self.embed_start(texts, self.model.context)
    }

    /// Like [`Self::embed`], of the first `tokens` tokens of each text, at least two: the time that
    /// attention takes grows with their square.
    #[must_use]
    pub fn embed_start(&self, texts: &[impl AsRef<str>], tokens: usize) -> Vec<Vector> {
        let most = tokens.clamp(2, self.model.context);
        let ids = texts
            .iter()
            .map(|text| self.tokenizer.ids(text.as_ref(), most));
        let mut scratch = self.scratch().pop().unwrap_or_default();
        let vectors = self.model.embed(&ids.collect::<Vec<_>>(), &mut scratch);
        let mut pool = self.scratch();
        if pool.len() < POOLED && scratch.tokens() <= POOLED_TOKENS {
            pool.push(scratch);
        }
        vectors
    }

    /// One vector for each text, in order. Runs in batches on all processors and calls `progress`
    /// after each batch with the number of texts in it, from any of its threads.
    #[must_use]
    pub fn embed_many(
        &self,
        texts: &[impl AsRef<str>],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Vec<Vector> {
        let tokens = self.tokens(texts);
        let batches = batches(&tokens);
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<Option<Vector>>> = Mutex::new(vec![None; texts.len()]);
        let work = || {
            let mut scratch = Scratch::default();
            while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let texts: Vec<Vec<u32>> = batch.iter().map(|&i| tokens[i].clone()).collect();
                let vectors = self.model.embed(&texts, &mut scratch);
                let mut done = done
                    .lock()
                    .expect("no thread panics while it holds the lock");
                for (&i, vector) in batch.iter().zip(vectors) {
                    done[i] = Some(vector);
                }
                drop(done);
                progress(batch.len());
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 1..threads.min(batches.len()) {
                scope.spawn(work);
            }
            work();
        });
        let done = done.into_inner().expect("all threads have ended");
        let done: Option<Vec<Vector>> = done.into_iter().collect();
        done.expect("every text is in one batch")
    }

    fn scratch(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tokens(&self, texts: &[impl AsRef<str>]) -> Vec<Vec<u32>> {
        let ids = texts.iter().map(|text| self.token_ids(text.as_ref()));
        ids.collect()
    }
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Encoder").field(&self.id()).finish()
    }
}

/// Texts of similar length together, the longest first so that no core is left with a long one at
/// the end; indices into `tokens`.
fn batches(tokens: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..tokens.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(tokens[i].len()));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for i in order {
        let size = tokens[i].len();
        match batches.last_mut() {
            Some(batch) if size <= room => batch.push(i),
            _ => {
                batches.push(vec![i]);
                room = BATCH_TOKENS.max(size);
            }
        }
        room -= size;
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn encoder() -> Encoder {
        Encoder::from_bytes(testing::weights(), &testing::tokenizer()).unwrap()
    }

    #[test]
    fn a_text_has_the_same_vector_in_any_company() {
        let encoder = encoder();
        let alone = encoder.embed(&["修路"]);
        let among = encoder.embed_many(&["供水", "修路", "", "路路路路路"], &|_| {});
        assert_eq!(among.len(), 4);
        assert!(alone[0].dot(&among[1]) > 0.999_999);
        assert!((alone[0].dot(&alone[0]) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn of_a_long_text_the_start_can_be_read() {
        let encoder = encoder();
        let start = encoder.embed_start(&["修路供水修路供水"], 4);
        let short = encoder.token_ids("修路供水修路供水");
        assert!(short.len() > 4);
        assert!((start[0].dot(&start[0]) - 1.0).abs() < 1e-5);
        assert!(start[0].dot(&encoder.embed(&["修路供水修路供水"])[0]) < 0.999_999);
        // The memory of the first call does not show in the second.
        let again = encoder.embed_start(&["修路供水修路供水"], 4);
        assert!(start[0].dot(&again[0]) > 0.999_999);
    }

    #[test]
    fn no_text_has_no_vector() {
        assert!(encoder().embed(&[""; 0]).is_empty());
        assert!(encoder().embed_many(&[""; 0], &|_| {}).is_empty());
    }

    #[test]
    fn every_text_counts_as_progress_once() {
        let done = AtomicUsize::new(0);
        let texts = vec!["修路供水"; 100];
        let tell = |count| _ = done.fetch_add(count, Ordering::Relaxed);
        assert_eq!(encoder().embed_many(&texts, &tell).len(), 100);
        assert_eq!(done.into_inner(), 100);
    }

    #[test]
    fn weights_for_another_vocabulary_are_refused() {
        let other =
            r#"{"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<s>", 0], ["</s>", 0]]}}"#;
        let error = Encoder::from_bytes(testing::weights(), other.as_bytes()).unwrap_err();
        assert!(
            matches!(error, LoadError::Weights(GgufError::Shape(_))),
            "{error}"
        );
    }

    #[test]
    fn other_weights_have_another_id() {
        let mut other = testing::weights();
        *other.last_mut().unwrap() ^= 1;
        let other = Encoder::from_bytes(other, &testing::tokenizer()).unwrap();
        assert!(other.id().starts_with("tiny-"), "{}", other.id());
        assert_ne!(other.id(), encoder().id());
    }

    #[test]
    fn a_batch_holds_texts_of_similar_length() {
        let tokens = [3, 128, 60, 61, 200].map(|length| vec![0; length]);
        assert_eq!(batches(&tokens), [vec![4], vec![1], vec![3, 2, 0]]);
    }
}
