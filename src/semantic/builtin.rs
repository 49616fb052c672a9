//! Texts → vectors, with the model inside this program.

use std::{
    borrow::Cow,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    gguf::GgufError,
    matrix::Vector,
    model::Model,
    tokenize::{Tokenizer, TokenizerError},
};

pub(super) static WEIGHTS: &[u8] = include_bytes!("../../models/wenzheng-e5-small/model.q8_0.gguf");
pub(super) static TOKENIZER: &[u8] =
    include_bytes!("../../models/wenzheng-e5-small/tokenizer.json");

/// Tokens that run through the model together: enough to share the unpacking of the matrices,
/// few enough to stay in the second-level cache.
const BATCH_TOKENS: usize = 128;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file of the model cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The weights are not those of a model like ours.
    #[error("weights: {0}")]
    Weights(#[from] GgufError),
    /// The tokenizer is not one like ours.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
}

/// Our embedding model, ready to run; shared between threads.
pub(super) struct Builtin {
    tokenizer: Tokenizer,
    model: Model,
}

impl Builtin {
    /// The model inside the program. Its weights are used where they lie in the executable, so
    /// that only the pages in use take memory.
    ///
    /// # Errors
    /// [`ModelError`] when the program was built with another model's files.
    pub(super) fn new() -> Result<Self, ModelError> {
        Self::read(Cow::Borrowed(WEIGHTS), TOKENIZER)
    }

    /// The model in a folder: `model.q8_0.gguf` and `tokenizer.json`.
    ///
    /// # Errors
    /// [`ModelError`] when a file is missing or not of a model like ours.
    pub(super) fn open(folder: &Path) -> Result<Self, ModelError> {
        let read = |name| {
            let path = folder.join(name);
            fs::read(&path).map_err(|source| ModelError::File { path, source })
        };
        Self::read(
            Cow::Owned(read("model.q8_0.gguf")?),
            &read("tokenizer.json")?,
        )
    }

    fn read(weights: Cow<'static, [u8]>, tokenizer: &[u8]) -> Result<Self, ModelError> {
        let tokenizer = Tokenizer::read(tokenizer)?;
        let model = Model::read(weights, tokenizer.len())?;
        Ok(Self { tokenizer, model })
    }

    /// Names the model in caches.
    pub(super) fn id(&self) -> &str {
        &self.model.id
    }

    /// One vector for each text, in order; runs on the calling thread.
    pub(super) fn embed(&self, texts: &[String]) -> Vec<Vector> {
        self.model.embed(&self.tokens(texts))
    }

    /// One vector for each text, in order; runs on all cores and tells `progress` after every
    /// batch how many are new.
    pub(super) fn embed_many(
        &self,
        texts: &[String],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Vec<Vector> {
        let tokens = self.tokens(texts);
        let batches = batches(&tokens);
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<Option<Vector>>> = Mutex::new(vec![None; texts.len()]);
        let work = || {
            while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let texts: Vec<Vec<u32>> = batch.iter().map(|&i| tokens[i].clone()).collect();
                let vectors = self.model.embed(&texts);
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

    fn tokens(&self, texts: &[String]) -> Vec<Vec<u32>> {
        let ids = |text: &String| self.tokenizer.ids(text, self.model.context);
        texts.iter().map(ids).collect()
    }
}

/// Texts of like length together, the longest first so that no core is left with a long one at
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
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Reference {
        text: String,
        ids: Vec<u32>,
        head: Vec<f32>,
    }

    fn references() -> Vec<Reference> {
        let json = include_str!("../../models/wenzheng-e5-small/vectors.json");
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn vectors_agree_with_the_reference() {
        let model = Builtin::new().unwrap();
        let references = references();
        let texts: Vec<String> = references.iter().map(|r| r.text.clone()).collect();
        assert_eq!(
            model.tokens(&texts),
            references.iter().map(|r| r.ids.clone()).collect::<Vec<_>>()
        );
        for vectors in [model.embed(&texts), model.embed_many(&texts, &|_| {})] {
            for (vector, reference) in vectors.iter().zip(&references) {
                for (got, want) in vector.numbers().iter().zip(&reference.head) {
                    assert!(
                        (got - want).abs() < 1e-5,
                        "{}: {got} {want}",
                        reference.text
                    );
                }
            }
        }
    }
}
