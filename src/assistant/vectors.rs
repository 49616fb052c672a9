//! The vectors of a snapshot's sentences: who makes them, and how far that is.

use std::{
    io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::{ArcSwap, ArcSwapOption};
use serde::Serialize;

use super::snapshot::Snapshot;
use crate::{
    corpus::{DocumentInfo, LibraryError},
    retrieval::{DenseIndex, keys_of},
    semantic::{self, Embedder, VectorCache},
};

/// How far search by meaning is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MeaningState {
    /// No model: questions are answered by words alone.
    Off,
    /// Sentences are being embedded; until then questions are answered by words, and by the vectors
    /// that there are.
    Embedding {
        /// Sentences done.
        done: usize,
        /// Sentences that are new.
        all: usize,
    },
    /// Questions are answered by words and meaning.
    Ready,
    /// The model or service failed.
    Failed {
        /// Why, for the log and `/readyz`.
        reason: String,
    },
}

impl MeaningState {
    /// With as many vectors as `meaning` has.
    const fn of(meaning: &DenseIndex) -> Self {
        match meaning.missing() {
            0 => Self::Ready,
            all => Self::Embedding { done: 0, all },
        }
    }
}

/// Who makes vectors, and those made so far.
#[derive(Debug)]
struct Source {
    embedder: Embedder,
    cache: Mutex<VectorCache>,
}

/// Gives snapshots their vectors.
#[derive(Debug)]
pub(super) struct Vectors {
    /// `None` without a model.
    source: ArcSwapOption<Source>,
    state: ArcSwap<MeaningState>,
    /// Held while sentences are embedded, so that nothing is embedded twice.
    embedding: Mutex<()>,
    /// Only the reports of these places are embedded; empty for all.
    places: Vec<String>,
}

impl Vectors {
    /// Of the reports of `places`, or of all when there are none; without a model yet.
    pub(super) fn new(places: Vec<String>) -> Self {
        Self {
            source: ArcSwapOption::empty(),
            state: ArcSwap::from_pointee(MeaningState::Off),
            embedding: Mutex::new(()),
            places,
        }
    }

    /// From now on made by `embedder` and kept in `folder`.
    pub(super) fn set_embedder(&self, embedder: Embedder, folder: &Path) {
        let cache = VectorCache::open(folder, embedder.id(), semantic::BUNDLED);
        self.source.store(Some(Arc::new(Source {
            embedder,
            cache: Mutex::new(cache),
        })));
    }

    /// How far they are.
    pub(super) fn state(&self) -> Arc<MeaningState> {
        self.state.load_full()
    }

    pub(super) fn set_state(&self, state: MeaningState) {
        self.state.store(Arc::new(state));
    }

    fn wants(&self, document: &DocumentInfo) -> bool {
        self.places.is_empty() || self.places.contains(&document.meta.place)
    }

    /// The vectors of `snapshot` that are known, without embedding anything, and how far that is;
    /// `None` without a model.
    ///
    /// # Errors
    /// [`LibraryError`] when a passage cannot be read.
    pub(super) fn known(
        &self,
        snapshot: &Snapshot,
    ) -> Result<Option<(DenseIndex, MeaningState)>, LibraryError> {
        let Some(source) = self.source.load_full() else {
            return Ok(None);
        };
        let known = DenseIndex::known(
            source.embedder.clone(),
            &source.cache,
            snapshot.library(),
            |document| self.wants(document),
            snapshot.examples(),
        )?;
        let state = MeaningState::of(&known);
        Ok(Some((known, state)))
    }

    /// Embeds what the snapshot served has no vectors of, and serves the same edition with all of
    /// them; nothing without a model. `told` hears how many texts are done and how many there are,
    /// from any thread.
    pub(super) fn complete(
        &self,
        served: &ArcSwap<Snapshot>,
        told: &(dyn Fn(usize, usize) + Sync),
    ) {
        let Some(source) = self.source.load_full() else {
            return;
        };
        let _one_at_a_time = self
            .embedding
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.with_known(served);
        if snapshot.meaning().is_some_and(|known| known.missing() == 0) {
            return;
        }
        let progress = |done, all| {
            self.set_state(MeaningState::Embedding { done, all });
            told(done, all);
        };
        let built = DenseIndex::build(
            &source.embedder,
            &source.cache,
            snapshot.library(),
            |document| self.wants(document),
            snapshot.examples(),
            &progress,
        );
        match built {
            Ok(meaning) => {
                let state = MeaningState::of(&meaning);
                let complete = Arc::new(snapshot.with_meaning(meaning));
                let before = served.compare_and_swap(&snapshot, complete);
                // What was loaded meanwhile has its own turn.
                if Arc::ptr_eq(&before, &snapshot) {
                    self.set_state(state);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "search by meaning is off: questions are answered by words alone");
                let reason = error.to_string();
                self.set_state(MeaningState::Failed { reason });
            }
        }
    }

    /// `snapshot` with all its vectors, of which the new ones are made; as it is without a model, or
    /// when that fails. Where it is of the same texts as `served`, both share them. `told` as for
    /// [`Self::complete`].
    pub(super) fn ready(
        &self,
        snapshot: Snapshot,
        served: &Snapshot,
        told: &(dyn Fn(usize, usize) + Sync),
    ) -> Snapshot {
        let Some(source) = self.source.load_full() else {
            return snapshot;
        };
        if let Some(shared) = snapshot.with_vectors_of(served) {
            return shared;
        }
        let _one_at_a_time = self
            .embedding
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let built = DenseIndex::build(
            &source.embedder,
            &source.cache,
            snapshot.library(),
            |document| self.wants(document),
            snapshot.examples(),
            told,
        );
        match built {
            Ok(meaning) => snapshot.with_meaning(meaning),
            Err(error) => {
                tracing::warn!(%error, "the new edition has not all its vectors yet");
                match self.known(&snapshot) {
                    Ok(Some((known, _))) => snapshot.with_meaning(known),
                    _ => snapshot,
                }
            }
        }
    }

    /// The state of a snapshot that is served from now on.
    pub(super) fn set_served(&self, snapshot: &Snapshot) {
        if let Some(meaning) = snapshot.meaning() {
            self.set_state(MeaningState::of(meaning));
        }
    }

    /// The snapshot served, from now on with the vectors that are known if it had none.
    fn with_known(&self, served: &ArcSwap<Snapshot>) -> Arc<Snapshot> {
        let snapshot = served.load_full();
        if snapshot.meaning().is_some() {
            return snapshot;
        }
        match self.known(&snapshot) {
            Ok(Some((known, state))) if !known.is_empty() => {
                let better = Arc::new(snapshot.with_meaning(known));
                let before = served.compare_and_swap(&snapshot, Arc::clone(&better));
                if !Arc::ptr_eq(&before, &snapshot) {
                    return Arc::clone(&before);
                }
                self.set_state(state);
                better
            }
            // What cannot be read is told when it is to be embedded.
            _ => snapshot,
        }
    }

    /// Drops the vectors of what is not in `snapshot`. Only after a reload: a command that looks at
    /// another corpus must not cost the service its vectors.
    pub(super) fn keep_only(&self, snapshot: &Snapshot) {
        let Some(source) = self.source.load_full() else {
            return;
        };
        let kept = keys_of(snapshot.library(), snapshot.examples())
            .map_err(io::Error::other)
            .and_then(|keys| {
                let mut cache = source.cache.lock().unwrap_or_else(PoisonError::into_inner);
                cache.keep_only(keys)
            });
        if let Err(error) = kept {
            tracing::debug!(%error, "old vectors not removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assistant::edition::Edition,
        corpus::{Library, load_texts},
        retrieval::{Feature, Hit},
    };

    const OLD: &str = "硬化自然村组道路150公里。";
    const NEW: &str = "新建幼儿园两所。";

    /// A report for each paragraph, each of a place of its own.
    fn snapshot(paragraphs: &[&str]) -> Snapshot {
        let report = |(place, paragraph): (char, &&str)| {
            let text = format!(
                "---\ntitle: {place}县报告\nplace: {place}县\nyear: 2024\n---\n## 2024年重点工作\n\n{paragraph}\n"
            );
            (format!("{place}.md"), text)
        };
        let reports: Vec<(String, String)> = "甲乙".chars().zip(paragraphs).map(report).collect();
        let files = reports
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let loaded = load_texts(&files.collect::<Vec<_>>()).expect("the texts are reports");
        Snapshot::build(Edition::of(Library::new(loaded.corpus))).expect("it is indexed")
    }

    /// Vectors by our model, and the folder they are kept in.
    fn vectors() -> (tempfile::TempDir, Vectors) {
        let folder = tempfile::tempdir().expect("a folder");
        let vectors = Vectors::new(Vec::new());
        let embedder = Embedder::builtin().expect("the model is in the program");
        vectors.set_embedder(embedder, folder.path());
        (folder, vectors)
    }

    /// The hit whose passage holds `text`.
    fn hit(snapshot: &Snapshot, question: &str, text: &str) -> Hit {
        let retriever = &snapshot.retriever;
        let request = retriever.request(retriever.understand(question, None));
        let retrieved = retriever.retrieve_one(&request).expect("it is searched");
        let hits = retriever.rank(&request, &retrieved, 9);
        let hits = hits.expect("passages in memory");
        let holds = |hit: &Hit| {
            let passage = snapshot.library().passage(hit.at);
            passage.expect("it is in memory").text.contains(text)
        };
        hits.into_iter().find(holds).expect("words find it")
    }

    #[test]
    fn known_reports_keep_their_vectors_and_only_new_sentences_wait() {
        let (_folder, vectors) = vectors();
        let served = ArcSwap::from_pointee(snapshot(&[OLD]));
        vectors.complete(&served, &|_, _| {});
        assert_eq!(*vectors.state(), MeaningState::Ready);

        let next = snapshot(&[OLD, NEW]);
        let (known, state) = vectors.known(&next).unwrap().expect("there is a model");
        assert_eq!(state, MeaningState::Embedding { done: 0, all: 1 });
        let next = Arc::new(next.with_meaning(known));
        assert!(hit(&next, "农村道路要硬化多少", OLD).features[Feature::Cosine] > 0.0);
        assert_eq!(
            hit(&next, "新建几所幼儿园", NEW).features[Feature::Cosine],
            0.0
        );

        served.store(Arc::clone(&next));
        let told = Mutex::new(Vec::new());
        vectors.complete(&served, &|done, all| told.lock().unwrap().push((done, all)));
        assert_eq!(*told.lock().unwrap(), [(1, 1)]);
        assert_eq!(*vectors.state(), MeaningState::Ready);
        let complete = served.load_full();
        assert!(hit(&complete, "新建几所幼儿园", NEW).features[Feature::Cosine] > 0.0);
        assert_eq!(complete.meaning().map(DenseIndex::missing), Some(0));
        assert_eq!(
            next.meaning().map(DenseIndex::missing),
            Some(1),
            "a snapshot never changes"
        );
    }

    #[test]
    fn a_snapshot_that_was_loaded_meanwhile_stays_in_service() {
        let (_folder, vectors) = vectors();
        let served = ArcSwap::from_pointee(snapshot(&[OLD]));
        let newer = Arc::new(snapshot(&[OLD, NEW]));
        vectors.complete(&served, &|_, _| served.store(Arc::clone(&newer)));
        assert!(Arc::ptr_eq(&served.load_full(), &newer));
        assert_ne!(*vectors.state(), MeaningState::Ready);
        vectors.complete(&served, &|_, _| {});
        assert_eq!(*vectors.state(), MeaningState::Ready);
        assert_eq!(served.load().library().version(), newer.library().version());
    }
}
