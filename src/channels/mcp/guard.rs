//! What stands before the HTTP way in: how often an address may come.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::channels::{
    client::Client,
    limits::{AskLimits, Pace},
};

/// Requests for each question that may be asked: a client introduces itself, lists the tools and
/// then asks.
const REQUESTS_PER_QUESTION: u32 = 3;

/// Counts requests by address.
#[derive(Debug)]
pub(super) struct Guard(AskLimits);

impl Guard {
    pub(super) fn new(questions_per_minute: u32) -> Self {
        let requests = questions_per_minute.saturating_mul(REQUESTS_PER_QUESTION);
        Self(AskLimits::new(requests))
    }
}

/// Lets a request through unless its address has sent too many.
pub(super) async fn limit(
    State(guard): State<Arc<Guard>>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::POST && guard.0.count(&client.0) != Pace::Fine {
        tracing::info!(channel = "mcp", "too many requests");
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response();
    }
    next.run(request).await
}
