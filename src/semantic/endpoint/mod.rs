//! Vectors from an embeddings service that speaks OpenAI's protocol.
//!
//! `POST {"model", "input": [..], "encoding_format": "float"}` → `{"data": [{"index", "embedding"}]}`.
//! Reference: <https://platform.openai.com/docs/api-reference/embeddings>.
//!
//! Models that treat questions and passages differently learn which one it is from `input_type`, a
//! field that several services know and most others ignore; when a service refuses it, the request
//! is repeated without. The prefixes that other models want come from the settings.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use reqwest::{StatusCode, blocking::Client};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use wenzheng_encoder::Vector;

use crate::text::hex;

/// Timeout of a request that a person waits for.
const QUESTION_TIMEOUT: Duration = Duration::from_secs(3);
/// Timeout of one that nobody waits for: a service without a graphics card takes its time.
const PASSAGES_TIMEOUT: Duration = Duration::from_secs(60);
/// Texts per request for passages; services refuse more than some hundred.
const BATCH: usize = 32;
/// Pauses before a request for passages is repeated.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// Where the service is and what to ask it for.
#[derive(Debug, Clone)]
pub struct EndpointSettings {
    /// For instance `http://127.0.0.1:8000/v1/embeddings`; `/embeddings` may be left out.
    pub url: String,
    /// The service's name for the model.
    pub model: String,
    /// Sent as a bearer token.
    pub key: Option<SecretString>,
    /// Put before every question, for instance `query: `; mostly empty.
    pub query_prefix: String,
    /// Put before every passage, for instance `passage: `; mostly empty.
    pub passage_prefix: String,
}

/// Why the service returned no vectors. It is told in public: of what the service said, and of where it
/// is, nothing is in it, since services repeat keys and questions in their messages.
#[derive(Debug, thiserror::Error)]
#[error("the embeddings service: {failure}")]
pub struct EndpointError {
    /// What went wrong there.
    pub failure: EndpointFailure,
}

/// What went wrong at an embeddings service.
#[derive(Debug, thiserror::Error)]
pub enum EndpointFailure {
    /// No answer: unreachable, too slow, or a wrong address; says which kind of failure.
    #[error("{0}")]
    Unreachable(Cause),
    /// The service refused the request.
    #[error("status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// An answer that is not one vector for each text; holds what is wrong with it.
    #[error("{0}")]
    Malformed(&'static str),
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// Too slow.
    #[error("no answer in time")]
    Late,
    /// An error of the system, by its kind alone.
    #[error("{0}")]
    System(io::ErrorKind),
    /// No connection: an unknown name, a certificate that does not fit.
    #[error("no connection")]
    Connection,
    /// Anything else.
    #[error("no whole answer")]
    Other,
}

impl Cause {
    /// Of the client's error, whose own words name the address.
    fn of(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Late;
        }
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = cause {
            if let Some(system) = error.downcast_ref::<io::Error>()
                && !matches!(
                    system.kind(),
                    io::ErrorKind::Other | io::ErrorKind::InvalidData
                )
            {
                return Self::System(system.kind());
            }
            cause = error.source();
        }
        if error.is_connect() {
            Self::Connection
        } else {
            Self::Other
        }
    }
}

impl EndpointFailure {
    /// True when the same request may succeed in a moment.
    fn passes(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused { status, .. } => *status == 429 || *status >= 500,
            Self::Malformed(_) => false,
        }
    }
}

/// Which kind of text a request holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum InputType {
    Query,
    Passage,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [String],
    encoding_format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_type: Option<InputType>,
}

#[derive(Deserialize)]
struct Response {
    data: Vec<Embedding>,
}

#[derive(Deserialize)]
struct Embedding {
    index: usize,
    embedding: Vec<f32>,
}

/// A client of one service and model. Its calls block, so that they must not be made from an async
/// task.
#[derive(Debug)]
pub(super) struct Endpoint {
    settings: EndpointSettings,
    url: String,
    pub(super) id: String,
    /// Made at the first request: its own thread must not start or end inside an async task.
    client: OnceLock<Client>,
    /// The service refused `input_type`.
    plain: AtomicBool,
    /// Numbers per vector, known after the first answer.
    width: OnceLock<usize>,
}

impl Endpoint {
    pub(super) fn new(settings: EndpointSettings) -> Self {
        let url = settings.url.trim_end_matches('/');
        let url = if url.ends_with("/embeddings") {
            url.to_owned()
        } else {
            format!("{url}/embeddings")
        };
        let digest = Sha256::digest(format!(
            "{url}\n{}\n{}\n{}",
            settings.model, settings.passage_prefix, settings.query_prefix
        ));
        Self {
            id: format!("endpoint-{}", hex::encode(&digest[..6])),
            settings,
            url,
            client: OnceLock::new(),
            plain: AtomicBool::new(false),
            width: OnceLock::new(),
        }
    }

    /// One vector for each question, in order.
    pub(super) fn questions(&self, texts: &[&str]) -> Result<Vec<Vector>, EndpointError> {
        let texts = prefixed(&self.settings.query_prefix, texts);
        self.request(&texts, InputType::Query, QUESTION_TIMEOUT)
    }

    /// One vector for each text of a long list, which nobody waits for, in order; calls `progress`
    /// after every request with how many are new. Retries when the service is busy.
    pub(super) fn many(
        &self,
        texts: &[&str],
        kind: InputType,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Vec<Vector>, EndpointError> {
        let prefix = match kind {
            InputType::Passage => &self.settings.passage_prefix,
            InputType::Query => &self.settings.query_prefix,
        };
        let mut vectors = Vec::with_capacity(texts.len());
        for texts in texts.chunks(BATCH) {
            let texts = prefixed(prefix, texts);
            let mut pauses = PAUSES.iter();
            let new = loop {
                match self.request(&texts, kind, PASSAGES_TIMEOUT) {
                    Err(error) if error.failure.passes() => {
                        let pause = pauses.next().ok_or(error)?;
                        thread::sleep(*pause);
                    }
                    result => break result?,
                }
            };
            progress(new.len());
            vectors.extend(new);
        }
        Ok(vectors)
    }

    fn request(
        &self,
        texts: &[String],
        kind: InputType,
        timeout: Duration,
    ) -> Result<Vec<Vector>, EndpointError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let known = (!self.plain.load(Ordering::Relaxed)).then_some(kind);
        match self.send(texts, known, timeout) {
            Err(EndpointError {
                failure:
                    EndpointFailure::Refused {
                        status: 400 | 422, ..
                    },
                ..
            }) if known.is_some() => {
                let vectors = self.send(texts, None, timeout)?;
                self.plain.store(true, Ordering::Relaxed);
                Ok(vectors)
            }
            result => result,
        }
    }

    fn send(
        &self,
        texts: &[String],
        input_type: Option<InputType>,
        timeout: Duration,
    ) -> Result<Vec<Vector>, EndpointError> {
        let client = self.client.get_or_init(Client::new);
        let request = Request {
            model: &self.settings.model,
            input: texts,
            encoding_format: "float",
            input_type,
        };
        let mut request = client.post(&self.url).timeout(timeout).json(&request);
        if let Some(key) = &self.settings.key {
            request = request.bearer_auth(key.expose_secret());
        }
        let response = request.send().map_err(|error| unreachable(&error))?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(failed(EndpointFailure::Refused {
                status: status.as_u16(),
            }));
        }
        let response: Response = response.json().map_err(|error| {
            if error.is_decode() {
                let wrong = "not an answer to a request for embeddings";
                failed(EndpointFailure::Malformed(wrong))
            } else {
                unreachable(&error)
            }
        })?;
        self.vectors(response, texts.len())
    }

    /// Checks that there is one vector for each text, all of one width.
    fn vectors(&self, response: Response, count: usize) -> Result<Vec<Vector>, EndpointError> {
        let mut data = response.data;
        data.sort_by_key(|embedding| embedding.index);
        if !data.iter().map(|embedding| embedding.index).eq(0..count) {
            let wrong = "not one vector for each text";
            return Err(failed(EndpointFailure::Malformed(wrong)));
        }
        let width = *self.width.get_or_init(|| data[0].embedding.len());
        if width == 0 || data.iter().any(|e| e.embedding.len() != width) {
            let wrong = "vectors of several lengths";
            return Err(failed(EndpointFailure::Malformed(wrong)));
        }
        Ok(data
            .into_iter()
            .map(|e| Vector::unit(e.embedding))
            .collect())
    }
}

fn unreachable(error: &reqwest::Error) -> EndpointError {
    failed(EndpointFailure::Unreachable(Cause::of(error)))
}

const fn failed(failure: EndpointFailure) -> EndpointError {
    EndpointError { failure }
}

/// The texts as a model wants them.
pub(super) fn prefixed(prefix: &str, texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| format!("{prefix}{text}")).collect()
}

#[cfg(test)]
mod tests;
