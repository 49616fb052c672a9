//! Rate limit of the HTTP transport, by address.

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    channels::client::Client,
    service::{Channel, Service},
};

/// Passes a request on unless its address has sent too many.
pub(super) async fn limit(
    State(service): State<Service>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    let caller = client.caller(Channel::MCP);
    if request.method() == Method::POST
        && let Err(refusal) = service.count_tool_call(&caller)
    {
        let wait = refusal.wait().unwrap_or_default();
        let retry = [(header::RETRY_AFTER, wait.as_secs().to_string())];
        return (StatusCode::TOO_MANY_REQUESTS, retry).into_response();
    }
    next.run(request).await
}
