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
//! let keys = sentences.map(semantic::TextKey::of);
//! let rows = semantic::rows(&mut cache.lock().unwrap(), &keys);
//! let question = embedder.query(&["农村要修多少公里路"])?.remove(0);
//! if let Some(semantic::Rows::Held(matrix)) = &rows {
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
pub use cache::{KeptRows, TextKey, VectorCache};
pub use embedder::Embedder;
use embedder::QUERY;
pub use endpoint::{Cause, EndpointError, EndpointFailure, EndpointSettings};
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

/// Adds to `cache` the vectors of those `texts` that it does not know; returns how many those were.
/// Meanwhile `progress` is called, from any thread, with how many of them are done and how many
/// there are (never when there are none), and others can use the cache.
///
/// # Errors
/// [`EndpointError`] when a service fails; the vectors it returned before are in the cache.
pub fn embed(
    embedder: &Embedder,
    cache: &Mutex<VectorCache>,
    texts: &[&str],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<usize, EndpointError> {
    complete(
        cache,
        texts,
        TextKey::of,
        |slice, new| embedder.passages(slice, new),
        progress,
    )
}

/// One row for each of `keys`, which `cache` knows, in order. `None` when some cannot be read any
/// more: the cache no longer knows those.
#[must_use]
pub fn rows(cache: &mut VectorCache, keys: &[TextKey]) -> Option<Rows> {
    if keys.len() > HELD
        && let Some(kept) = cache.kept(keys)
    {
        return Some(Rows::Kept(kept));
    }
    cache.held(keys).map(Rows::Held)
}

/// The same for questions, as [`Embedder::query`] sees them.
///
/// # Errors
/// [`EndpointError`] when a service fails.
pub fn embed_questions(
    embedder: &Embedder,
    cache: &Mutex<VectorCache>,
    questions: &[&str],
) -> Result<usize, EndpointError> {
    complete(
        cache,
        questions,
        question_key,
        |slice, _| embedder.questions(slice),
        &|_, _| {},
    )
}

/// The rows of those of `questions` that `cache` knows, in order.
#[must_use]
pub fn question_rows(cache: &mut VectorCache, questions: &[String]) -> Matrix {
    loop {
        let keys = questions.iter().map(|question| question_key(question));
        let known: Vec<TextKey> = keys.filter(|key| cache.knows(*key)).collect();
        // Without those that could not be read, the next time.
        if let Some(rows) = cache.held(&known) {
            return rows;
        }
    }
}

fn locked(cache: &Mutex<VectorCache>) -> MutexGuard<'_, VectorCache> {
    cache.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets `embed` make the vectors of those `texts` whose `key` is not known to `cache`; returns how
/// many those were.
fn complete(
    cache: &Mutex<VectorCache>,
    texts: &[&str],
    key: impl Fn(&str) -> TextKey,
    embed: impl Fn(&[&str], &(dyn Fn(usize) + Sync)) -> Result<Vec<Vector>, EndpointError>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<usize, EndpointError> {
    let mut made = 0;
    // Once, or twice when a service changed its model since, which empties the cache.
    loop {
        let mut seen = HashSet::new();
        let mut new: Vec<&str> = texts.to_vec();
        let known = locked(cache);
        new.retain(|text| seen.insert(*text) && !known.knows(key(text)));
        drop(known);
        if new.is_empty() {
            return Ok(made);
        }
        made += new.len();
        let done = AtomicUsize::new(0);
        for slice in new.chunks(SLICE) {
            let vectors = embed(slice, &|count| {
                let before = done.fetch_add(count, Ordering::Relaxed);
                progress(before + count, new.len());
            })?;
            let vectors = vectors.iter().map(Rounded::new);
            let keys = slice.iter().map(|text| key(text));
            let pairs: Vec<(TextKey, Rounded)> = keys.zip(vectors).collect();
            if let Err(error) = locked(cache).add(&pairs) {
                tracing::warn!(%error, "vectors not kept, the next start makes them again");
            }
        }
    }
}

/// The key of a question in a [`VectorCache`]: the same text as a passage has another vector.
#[must_use]
pub fn question_key(question: &str) -> TextKey {
    TextKey::of(&format!("{QUERY}{question}"))
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
        let rows = question_rows(&mut locked(&cache), &["明天下雨吗".into()]);
        let asked = embedder.query(&["明天下雨吗"]).unwrap().remove(0);
        assert!(rows.nearest(&asked)[0] > 0.999);
        let mut again = VectorCache::open(folder.path(), embedder.id(), &[]);
        let questions = ["明天下雨吗", "后天呢"].map(String::from);
        assert_eq!(question_rows(&mut again, &questions), rows);
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
            match rows(&mut locked(cache), &old.map(TextKey::of)) {
                Some(Rows::Held(matrix)) => matrix,
                other => panic!("not in memory: {other:?}"),
            }
        };
        let before = held(&open());
        assert_eq!(before.len(), 3);
        assert_eq!(told.lock().unwrap().last(), Some(&(2, 2)));
        told.lock().unwrap().clear();
        assert_eq!(held(&open()), before);
        assert!(told.lock().unwrap().is_empty());
        let kept = locked(&open()).kept(&old.map(TextKey::of)).unwrap();
        assert_eq!(kept.read(0..3), Some(before));
        embed(&embedder, &open(), &["供水。", "天然气。"], &tell).unwrap();
        assert_eq!(*told.lock().unwrap(), [(1, 1)]);
    }
}
