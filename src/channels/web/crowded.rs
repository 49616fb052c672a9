//! What those are told for whom there is no place.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::wording;

/// Attached to the requests of connections that got no place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crowded;

impl Crowded {
    /// True for a request of a connection that got no place.
    pub(super) fn marks(request: &Request) -> bool {
        request.extensions().get::<Self>().is_some()
    }
}

/// True for what those ask who watch over the service.
pub(super) fn asks_for_state(request: &Request) -> bool {
    matches!(request.uri().path(), "/healthz" | "/readyz")
}

/// Seconds after which there may be a place: clients that read nothing lose theirs after 20.
const RETRY_AFTER: u16 = 10;

/// Passes a request on if its connection has a place, or if it asks for the state of the service:
/// whoever watches over it must not take a crowd for a failure. All others are told to wait, in plain
/// text, which costs nothing to make.
pub(super) async fn turn_away(request: Request, next: Next) -> Response {
    if !Crowded::marks(&request) || asks_for_state(&request) {
        return next.run(request).await;
    }
    let headers = [
        (header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, wording::CROWDED).into_response()
}
