//! Who gets to the console at all, and what every page of it says to the browser.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{layout, state::Shared, wording};
use crate::channels::client::Client;

/// No content but our own, no frame, no form that goes elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self' data:; connect-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Passes a request on from the networks that are let in, once there is a console.
pub(super) async fn guard(
    State(console): Shared,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    let from = client.ip();
    let is_let_in = from.is_some_and(|ip| {
        let mut networks = console.settings.allow.iter();
        networks.any(|network| network.contains(&ip))
    });
    let there = console
        .service
        .with_office(|office| office.has_console())
        .await;
    let response = match there {
        _ if !is_let_in => refuse(StatusCode::NOT_FOUND, wording::NOT_FROM_HERE),
        Ok(Some(true)) => next.run(request).await,
        Ok(Some(false)) => refuse(StatusCode::NOT_FOUND, wording::NO_CONSOLE),
        Ok(None) | Err(_) => refuse(StatusCode::SERVICE_UNAVAILABLE, wording::NO_STORE),
    };
    protected(response)
}

fn refuse(status: StatusCode, why: &str) -> Response {
    let mut response = layout::bare(why, "").into_response();
    *response.status_mut() = status;
    response
}

fn protected(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Chats that fetch a page to show it must not, and no search engine.
    let robots = HeaderValue::from_static("noindex, nofollow, noarchive, nosnippet");
    headers.insert("x-robots-tag", robots);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
