//! Makes vectors, with the model inside this program or with a service.

use std::{
    num::NonZeroUsize,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;
use wenzheng_encoder::{Encoder, Vector};

use super::{
    builtin::{self, ModelError},
    endpoint::{Endpoint, EndpointError, EndpointSettings, InputType, prefixed},
};

/// Questions whose vectors are kept, 1.5 KB each: people ask the same things, a turn of a
/// conversation asks for its question more than once, and whatever goes live is asked the same five hundred
/// before.
const RECENT: NonZeroUsize = NonZeroUsize::new(2_048).expect("not zero");
/// Bytes above which a question is not kept.
const LONGEST_KEPT: usize = 2000;
/// Tokens that are read of a question, its prefix included; 128 are some 200 characters.
const QUERY_TOKENS: usize = 128;
/// The prefix that the model was trained with for a question …
pub(super) const QUERY: &str = "query: ";
/// … and for a passage.
const PASSAGE: &str = "passage: ";

/// Makes vectors of questions and passages. Cheap to clone; may be shared between threads.
///
/// Every call blocks the calling thread: tens of milliseconds for a question, minutes for many
/// passages. Async code goes through `spawn_blocking`.
#[derive(Clone)]
pub struct Embedder(Arc<Inner>);

struct Inner {
    engine: Engine,
    recent: Mutex<LruCache<String, Vector>>,
}

enum Engine {
    Builtin(Encoder),
    Endpoint(Endpoint),
}

impl Embedder {
    /// The model inside the program; takes some 10 ms.
    ///
    /// # Errors
    /// [`ModelError`] when the program was built with files of another kind of model.
    pub fn builtin() -> Result<Self, ModelError> {
        builtin::builtin().map(Engine::Builtin).map(Self::new)
    }

    /// The model in a folder: `model.q8_0.gguf` and `tokenizer.json`.
    ///
    /// # Errors
    /// [`ModelError`] when a file is missing or not of a model like ours.
    pub fn open(folder: &Path) -> Result<Self, ModelError> {
        builtin::open(folder).map(Engine::Builtin).map(Self::new)
    }

    /// A service; nothing is sent before the first text.
    #[must_use]
    pub fn endpoint(settings: EndpointSettings) -> Self {
        Self::new(Engine::Endpoint(Endpoint::new(settings)))
    }

    fn new(engine: Engine) -> Self {
        Self(Arc::new(Inner {
            engine,
            recent: Mutex::new(LruCache::new(RECENT)),
        }))
    }

    /// Names the model: equal ids give equal vectors. `[A-Za-z0-9_-]` only, at most 80 bytes.
    #[must_use]
    pub fn id(&self) -> &str {
        match &self.0.engine {
            Engine::Builtin(model) => model.id(),
            Engine::Endpoint(endpoint) => &endpoint.id,
        }
    }

    /// One vector for each question, in order; those that are new run as one batch.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails; never with the model inside the program.
    pub fn query(&self, texts: &[&str]) -> Result<Vec<Vector>, EndpointError> {
        let known: Vec<Option<Vector>> = {
            let mut recent = self.recent();
            texts
                .iter()
                .map(|&text| recent.get(text).cloned())
                .collect()
        };
        let unknown = texts
            .iter()
            .zip(&known)
            .filter(|(_, known)| known.is_none());
        let unknown: Vec<&str> = unknown.map(|(text, _)| *text).collect();
        let new = match &self.0.engine {
            _ if unknown.is_empty() => Vec::new(),
            Engine::Builtin(model) => model.embed_start(&prefixed(QUERY, &unknown), QUERY_TOKENS),
            Engine::Endpoint(endpoint) => endpoint.questions(&unknown)?,
        };
        let mut recent = self.recent();
        for (text, vector) in unknown.into_iter().zip(&new) {
            if text.len() <= LONGEST_KEPT {
                recent.put(text.to_owned(), vector.clone());
            }
        }
        let mut new = new.into_iter();
        let all = known.into_iter().map(|known| known.or_else(|| new.next()));
        Ok(all.map(|v| v.expect("one for each unknown text")).collect())
    }

    /// One vector for each passage, in order; calls `progress` now and then with how many are new.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails; never with the model inside the program.
    pub fn passages(
        &self,
        texts: &[&str],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Vec<Vector>, EndpointError> {
        match &self.0.engine {
            Engine::Builtin(model) => Ok(model.embed_many(&prefixed(PASSAGE, texts), progress)),
            Engine::Endpoint(endpoint) => endpoint.many(texts, InputType::Passage, progress),
        }
    }

    /// One vector for each question of a fixed list, in order.
    ///
    /// # Errors
    /// [`EndpointError`] when a service fails.
    pub(super) fn questions(&self, texts: &[&str]) -> Result<Vec<Vector>, EndpointError> {
        match &self.0.engine {
            Engine::Builtin(model) => Ok(model.embed_many(&prefixed(QUERY, texts), &|_| {})),
            Engine::Endpoint(endpoint) => endpoint.many(texts, InputType::Query, &|_| {}),
        }
    }

    fn recent(&self) -> MutexGuard<'_, LruCache<String, Vector>> {
        // A thread that panicked has left the cache whole.
        self.0.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Embedder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Embedder").field(&self.id()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_near_to_the_sentence_that_answers_it() {
        let model = Embedder::builtin().unwrap();
        let passages = model
            .passages(
                &[
                    "硬化自然村组道路150公里。",
                    "全面建成县城天然气管网。",
                    "一般公共预算收入增长10%。",
                ],
                &|_| {},
            )
            .unwrap();
        let question = &model.query(&["农村要修多少公里路"]).unwrap()[0];
        let near: Vec<f32> = passages.iter().map(|p| question.dot(p)).collect();
        assert!(near[0] > near[1] && near[0] > near[2], "{near:?}");
    }

    #[test]
    fn a_recent_question_gets_the_same_vector_in_any_company() {
        let model = Embedder::builtin().unwrap();
        let alone = model.query(&["图书馆几点关门"]).unwrap();
        let among = model
            .query(&["修路", "图书馆几点关门", "", "修路"])
            .unwrap();
        assert_eq!(among.len(), 4);
        assert_eq!(alone[0], among[1]);
        assert_eq!(among[0], among[3]);
        assert!(model.query(&[]).unwrap().is_empty());
    }

    #[test]
    fn a_missing_model_says_which_file() {
        let error = Embedder::open(Path::new("no/such/folder")).unwrap_err();
        assert!(error.to_string().contains("model.q8_0.gguf"), "{error}");
    }
}
