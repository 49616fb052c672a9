//! Embeddings: texts → vectors that are near to one another when the texts mean the same.
//!
//! 几点关门 and 开放时间 share no character; their vectors point the same way. An [`Embedder`]
//! makes vectors, with the model inside this program or with a service. [`embed`] makes those of many
//! texts and keeps them in a [`VectorCache`], [`rows`] returns them; [`Matrix::nearest`] compares a
//! question with them.
//!
//! ```no_run
//! use wenzheng::semantic::{self, Embedder, VectorCache};
//! let embedder = Embedder::builtin()?;
//! let cache = VectorCache::open("data".as_ref(), embedder.id(), semantic::BUNDLED);
//! let cache = std::sync::Mutex::new(cache);
//! let sentences = ["硬化自然村组道路150公里。", "全面建成县城天然气管网。"];
//! semantic::embed(&embedder, &cache, &sentences, &|_, _| {})?;
//! let rows = semantic::rows(&mut cache.lock().unwrap(), &sentences);
//! let question = embedder.query(&["农村要修多少公里路"])?.remove(0);
//! if let semantic::Rows::Held(matrix) = &rows {
//!     let scores = matrix.nearest(&question); // the first is the higher one
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The model itself runs in a crate of its own, [`wenzheng_encoder`].
//!
//! Nothing here knows of reports or scores; a question or sentence is a text.

mod builtin;
mod cache;
mod embedder;
mod endpoint;

use std::{
    collections::HashSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

pub use builtin::ModelError;
pub use cache::{KeptRows, VectorCache};
pub use embedder::Embedder;
use embedder::QUERY;
pub use endpoint::{EndpointError, EndpointSettings};
pub use wenzheng_encoder::{LoadError, Matrix, Rounded, Vector};

/// Vectors of every sentence of the bundled corpus, made by our model: a [`VectorCache`] file.
pub const BUNDLED: &[u8] = include_bytes!("../../models/wenzheng-e5-small/bundled.vectors");

/// Texts embedded before their vectors are written to the cache: what an interrupted start loses.
const SLICE: usize = 512;

/// Up to this many rows are held in memory: 78 MB for our model.
const HELD: usize = 200_000;

/// The vectors of many texts, one per row.
#[derive(Debug)]
pub enum Rows {
    /// In memory.
    Held(Matrix),
    /// On disk, because there are many.
    Kept(KeptRows),
}

impl Rows {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Held(matrix) => matrix.len(),
            Self::Kept(kept) => kept.len(),
        }
    }

    /// True when there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The direction of the sum of all rows.
    #[must_use]
    pub fn centroid(&self) -> Vector {
        match self {
            Self::Held(matrix) => matrix.centroid(),
            Self::Kept(kept) => kept.centroid(),
        }
    }
}

/// Adds to `cache` the vectors of those `texts` that it does not know. Meanwhile `progress` is called,
/// from any thread, with how many of them are done and how many there are (never when there are
/// none), and others can use the cache.
///
/// # Errors
/// [`EndpointError`] when a service fails; the vectors it returned before are in the cache.
pub fn embed(
    embedder: &Embedder,
    cache: &Mutex<VectorCache>,
    texts: &[&str],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), EndpointError> {
    complete(
        cache,
        texts,
        |slice, new| embedder.passages(slice, new),
        progress,
    )
}

/// One row for each of `texts`, in order; those that `cache` does not know are zero, so that their cosine is 0.
#[must_use]
pub fn rows(cache: &mut VectorCache, texts: &[&str]) -> Rows {
    if texts.len() > HELD
        && let Some(kept) = cache.kept(texts)
    {
        return Rows::Kept(kept);
    }
    Rows::Held(held(cache, texts))
}

/// The same for questions, as [`Embedder::query`] sees them.
///
/// # Errors
/// [`EndpointError`] when a service fails.
pub fn embed_questions(
    embedder: &Embedder,
    cache: &Mutex<VectorCache>,
    questions: &[&str],
) -> Result<(), EndpointError> {
    let keys: Vec<String> = questions.iter().map(|q| question_key(q)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let embed = |slice: &[&str], _: &(dyn Fn(usize) + Sync)| {
        let questions = slice
            .iter()
            .map(|key| key.strip_prefix(QUERY).unwrap_or(key));
        embedder.questions(&questions.collect::<Vec<_>>())
    };
    complete(cache, &keys, embed, &|_, _| {})
}

/// The rows of those of `questions` that `cache` knows, in order.
#[must_use]
pub fn question_rows(cache: &VectorCache, questions: &[&str]) -> Matrix {
    let keys: Vec<String> = questions.iter().map(|q| question_key(q)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let known: Vec<&str> = keys.into_iter().filter(|key| cache.knows(key)).collect();
    held(cache, &known)
}

fn locked(cache: &Mutex<VectorCache>) -> MutexGuard<'_, VectorCache> {
    cache.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets `embed` make the vectors of those `keys` that `cache` does not know.
fn complete(
    cache: &Mutex<VectorCache>,
    keys: &[&str],
    embed: impl Fn(&[&str], &(dyn Fn(usize) + Sync)) -> Result<Vec<Vector>, EndpointError>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), EndpointError> {
    // Once, or twice when a service changed its model since, which empties the cache.
    loop {
        let mut seen = HashSet::new();
        let mut new: Vec<&str> = keys.to_vec();
        let known = locked(cache);
        new.retain(|key| seen.insert(*key) && !known.knows(key));
        drop(known);
        if new.is_empty() {
            return Ok(());
        }
        let done = AtomicUsize::new(0);
        for slice in new.chunks(SLICE) {
            let vectors = embed(slice, &|count| {
                let before = done.fetch_add(count, Ordering::Relaxed);
                progress(before + count, new.len());
            })?;
            let vectors = vectors.iter().map(Rounded::new);
            let pairs: Vec<(&str, Rounded)> = slice.iter().copied().zip(vectors).collect();
            if let Err(error) = locked(cache).add(&pairs) {
                tracing::warn!(%error, "vectors not kept, the next start makes them again");
            }
        }
    }
}

/// The vectors of `keys` in memory.
fn held(cache: &VectorCache, keys: &[&str]) -> Matrix {
    let mut matrix = Matrix::default();
    for key in keys {
        // A record damaged on disk in the meantime becomes zero.
        let width = matrix.width();
        matrix.push(&cache.get(key).unwrap_or_else(|| Rounded::zero(width)));
    }
    matrix
}

/// The key of a question in a [`VectorCache`]: the same text as a passage has another vector.
#[must_use]
pub fn question_key(question: &str) -> String {
    format!("{QUERY}{question}")
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_question_that_is_kept_is_no_passage() {
        let folder = tempfile::tempdir().unwrap();
        let embedder = Embedder::builtin().unwrap();
        let cache = Mutex::new(VectorCache::open(folder.path(), embedder.id(), &[]));
        embed(&embedder, &cache, &["明天下雨吗"], &|_, _| {}).unwrap();
        embed_questions(&embedder, &cache, &["明天下雨吗"]).unwrap();
        let rows = question_rows(&locked(&cache), &["明天下雨吗"]);
        let asked = embedder.query(&["明天下雨吗"]).unwrap().remove(0);
        assert!(rows.nearest(&asked)[0] > 0.999);
        let again = VectorCache::open(folder.path(), embedder.id(), &[]);
        assert_eq!(question_rows(&again, &["明天下雨吗", "后天呢"]), rows);
    }

    #[test]
    fn only_new_texts_are_embedded() {
        let folder = tempfile::tempdir().unwrap();
        let embedder = Embedder::builtin().unwrap();
        let open = || Mutex::new(VectorCache::open(folder.path(), embedder.id(), &[]));
        let told = Mutex::new(Vec::new());
        let tell = |done, all| told.lock().unwrap().push((done, all));
        let old = ["修路。", "供水。", "修路。"];
        let held = |cache: &Mutex<VectorCache>| {
            embed(&embedder, cache, &old, &tell).unwrap();
            match rows(&mut locked(cache), &old) {
                Rows::Held(matrix) => matrix,
                Rows::Kept(_) => panic!("not in memory"),
            }
        };
        let before = held(&open());
        assert_eq!(before.len(), 3);
        assert_eq!(told.lock().unwrap().last(), Some(&(2, 2)));
        told.lock().unwrap().clear();
        assert_eq!(held(&open()), before);
        assert!(told.lock().unwrap().is_empty());
        let kept = locked(&open()).kept(&old).unwrap();
        assert_eq!(kept.read(0..3), before);
        embed(&embedder, &open(), &["供水。", "天然气。"], &tell).unwrap();
        assert_eq!(*told.lock().unwrap(), [(1, 1)]);
    }
}
