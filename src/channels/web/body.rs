//! Reads JSON bodies.

use std::{future::poll_fn, pin::Pin};

use axum::{
    body::{Body, HttpBody},
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// Maximum size of a body, in bytes.
const LIMIT: usize = 64 * 1024;
/// Oversized bodies are drained up to this many bytes and discarded: a client that is cut off while
/// sending would see a broken connection instead of the error.
const DRAIN: usize = 4 * 1024 * 1024;

/// A JSON object of at most 64 KiB.
///
/// Unlike `axum::Json`, it rejects with a [`Problem`], treats a missing content type as JSON, and
/// lets the client finish sending before rejecting.
#[derive(Debug)]
pub(super) struct JsonBody<T>(pub(super) Result<T, NotJson>);

/// The body is JSON of another form; the handler says which form it expects.
#[derive(Debug)]
pub(super) struct NotJson;

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        if content_type.is_some_and(|value| !is_json(value.as_bytes())) {
            return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = read(request.into_body()).await?;
        // serde would accept an array of values in place of an object.
        let is_object = bytes.trim_ascii_start().starts_with(b"{");
        let parsed = serde_json::from_slice(&bytes).map_err(|_| NotJson);
        Ok(Self(if is_object { parsed } else { Err(NotJson) }))
    }
}

/// `application/json` or `application/…+json`, with or without parameters.
fn is_json(content_type: &[u8]) -> bool {
    let essence = content_type
        .split(|byte| *byte == b';')
        .next()
        .unwrap_or_default()
        .trim_ascii()
        .to_ascii_lowercase();
    essence == b"application/json"
        || (essence.starts_with(b"application/") && essence.ends_with(b"+json"))
}

async fn read(mut body: Body) -> Result<Vec<u8>, Problem> {
    let mut kept = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|_| Problem::of(StatusCode::BAD_REQUEST))?;
        let Ok(data) = frame.into_data() else {
            continue; // trailers
        };
        length += data.len();
        if length <= LIMIT {
            kept.extend_from_slice(&data);
        } else if length > DRAIN {
            break;
        }
    }
    if length > LIMIT {
        return Err(Problem::of(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok(kept)
}
