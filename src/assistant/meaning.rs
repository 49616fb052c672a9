//! Search by meaning: who makes the vectors, and how far it is.

use std::{
    io,
    path::Path,
    sync::{Arc, PoisonError},
};

use super::Assistant;
use crate::{
    corpus::DocumentInfo,
    retrieval::{Meaning, keys_of},
    semantic::{self, Embedder, VectorCache},
};

/// How far search by meaning is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeaningState {
    /// No model: questions are answered by words alone.
    Off,
    /// Sentences are being embedded; until then questions are answered by words alone.
    Embedding {
        /// Sentences done.
        done: usize,
        /// Sentences that are new.
        all: usize,
    },
    /// Questions are answered by words and meaning.
    Ready,
    /// The model or service failed; says why, for the log and `/readyz`.
    Failed(String),
}

#[derive(Debug)]
pub(super) struct Embedding {
    embedder: Embedder,
    cache: VectorCache,
}

impl Assistant {
    /// From now on, answers by meaning as well, once the sentences of the corpus are embedded; their
    /// vectors are kept in `folder`. Call it once, before [`Self::embed`].
    pub fn set_embedder(&self, embedder: Embedder, folder: &Path) {
        let cache = VectorCache::open(folder, embedder.id(), semantic::BUNDLED);
        *self
            .shared
            .meaning
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Embedding { embedder, cache });
    }

    /// From now on, says that search by meaning failed, and why; once in the log.
    pub fn set_embedder_failed(&self, why: &str) {
        tracing::warn!(
            error = why,
            "no model: questions are answered by words alone"
        );
        let failed = MeaningState::Failed(why.to_owned());
        self.shared.meaning_state.store(Arc::new(failed));
    }

    /// Embeds the sentences of the corpus that are new, so that questions are answered by meaning as
    /// well; nothing without an embedder. Blocks for seconds the first time; questions meanwhile are
    /// answered by words alone. `told` hears how many are done and how many there are, from any
    /// thread.
    pub fn embed(&self, told: &(dyn Fn(usize, usize) + Sync)) {
        let mut meaning = self
            .shared
            .meaning
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(Embedding { embedder, cache }) = meaning.as_mut() else {
            return;
        };
        let snapshot = self.snapshot();
        let shared = &self.shared;
        let progress = |done, all| {
            shared
                .meaning_state
                .store(Arc::new(MeaningState::Embedding { done, all }));
            told(done, all);
        };
        let places = &shared.options.meaning_places;
        let wanted =
            |document: &DocumentInfo| places.is_empty() || places.contains(&document.meta.place);
        let built = Meaning::build(
            embedder.clone(),
            cache,
            snapshot.library(),
            wanted,
            snapshot.examples(),
            &progress,
        );
        let state = match built {
            Ok(meaning) => {
                snapshot.retriever.set_meaning(meaning);
                MeaningState::Ready
            }
            Err(error) => {
                tracing::warn!(%error, "search by meaning is off: questions are answered by words alone");
                MeaningState::Failed(error.to_string())
            }
        };
        self.shared.meaning_state.store(Arc::new(state));
    }

    /// Drops the vectors of what is gone from the corpus. Only after a reload: a command that looks
    /// at another corpus must not cost the service its vectors.
    pub(super) fn forget_old_vectors(&self) {
        let mut meaning = self
            .shared
            .meaning
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(Embedding { cache, .. }) = meaning.as_mut() else {
            return;
        };
        let snapshot = self.snapshot();
        let kept = keys_of(snapshot.library(), snapshot.examples())
            .map_err(io::Error::other)
            .and_then(|keys| cache.keep_only(keys));
        if let Err(error) = kept {
            tracing::debug!(%error, "old vectors not removed");
        }
    }

    /// How far search by meaning is.
    #[must_use]
    pub fn meaning_state(&self) -> Arc<MeaningState> {
        let state = self.shared.meaning_state.load_full();
        // A service may go away after the sentences were embedded.
        match (&*state, self.snapshot().retriever.meaning_failure()) {
            (MeaningState::Ready, Some(why)) => Arc::new(MeaningState::Failed(why.to_string())),
            _ => state,
        }
    }
}
