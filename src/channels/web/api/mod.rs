//! The JSON API, described by itself: `GET /api/openapi.json` (OpenAPI 3.1).
//!
//! Every handler carries its own description, so that what is served and what is described cannot
//! drift apart; a test compares the document with its accepted snapshot.

mod ask;
mod corpus;
mod health;
mod search;

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderValue, Method, header},
    routing::get,
};
use tower_http::cors::CorsLayer;
use utoipa::{IntoResponses, OpenApi};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Web, problem};

pub(super) use health::{healthz, metrics, readyz};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "wenzheng",
        description = "Answers questions about county policy from government work reports: verbatim \
            sentences, each with its citation and whether it was done or is planned. Failures are \
            `application/problem+json` (RFC 9457) with words for people in `detail`. Every response \
            carries `x-request-id`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/", description = "This service")),
    tags(
        (name = "ask", description = "Questions and answers"),
        (name = "corpus", description = "The reports as data"),
    ),
)]
struct Description;

/// Refusals that any request may meet.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
enum Refused {
    /// The request does not have the form it should have.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(problem::Body),
    /// Too many requests of this address within a minute.
    #[response(
        status = 429,
        content_type = "application/problem+json",
        headers(("retry-after" = u32, description = "Seconds"))
    )]
    TooFast(problem::Body),
}

/// Refusals of requests that have a body.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
enum BodyRefused {
    /// More than 64 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(problem::Body),
    /// Not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(problem::Body),
}

/// Nothing has that id (any more).
#[derive(IntoResponses)]
#[response(status = 404, content_type = "application/problem+json")]
#[expect(dead_code, reason = "a description: handlers fail with `Problem`")]
struct Unknown(problem::Body);

/// The API's routes; scripts of other sites may call them when they are listed in `cors_origins`.
pub(super) fn routes(cors_origins: &[String]) -> Router<Arc<Web>> {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(ask::ask))
        .routes(routes!(ask::feedback))
        .routes(routes!(search::search))
        .routes(routes!(search::suggest))
        .routes(routes!(corpus::documents))
        .routes(routes!(corpus::passage))
        .routes(routes!(corpus::terms))
        .split_for_parts();
    let description: Arc<str> = description
        .to_pretty_json()
        .expect("the description is strings and numbers")
        .into();
    let router = router.route(
        "/api/openapi.json",
        get(async move || {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, description.to_string())
        }),
    );
    match cors(cors_origins) {
        Some(cors) => router.layer(cors),
        None => router,
    }
}

/// `None` when nobody is let in: then `OPTIONS` is refused like any method that a route lacks.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|o| o.parse().ok()).collect();
    (!origins.is_empty()).then(|| {
        CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([header::CONTENT_TYPE])
            .expose_headers([super::layers::REQUEST_ID, header::RETRY_AFTER])
            .max_age(std::time::Duration::from_hours(1))
    })
}
