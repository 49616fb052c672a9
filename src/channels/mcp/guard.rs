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
    if request.method() == Method::POST && service.count_tool_call(&caller).is_err() {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")]).into_response();
    }
    next.run(request).await
}
