//! The JSON API, described by itself: `GET /api/openapi.json` (OpenAPI 3.1).
//!
//! Every handler carries its own description, so that what is served and what is described cannot
//! drift apart; a test compares the document with its accepted snapshot.

mod admin;
mod ask;
mod corpus;
mod eligibility;
mod health;
mod mine;
mod responses;
mod search;

use std::sync::Arc;

use axum::{Router, http::header, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Server, ServerBuilder,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{problem, state::Web};
use crate::channels::deployment::Deployment;

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
    components(schemas(problem::Body)),
    tags(
        (name = "ask", description = "Questions and answers"),
        (name = "corpus", description = "The reports as data"),
        (name = "admin", description = "Administration, with a token of `/token`"),
    ),
    modifiers(&Token),
)]
struct Description;

/// How the endpoints of administration know who calls.
struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("token", scheme);
    }
}

/// The API's routes, described as seen from outside.
pub(super) fn routes(deployment: &Deployment) -> Router<Arc<Web>> {
    let mut description = Description::openapi();
    // Resolved against where the description was read from.
    let here = match deployment.prefix() {
        "" => Server::new("/"),
        prefix => Server::new(prefix),
    };
    let here = ServerBuilder::from(here).description(Some("This service"));
    description.servers = Some(vec![here.build()]);
    let (router, description) = OpenApiRouter::with_openapi(description)
        .routes(routes!(ask::ask))
        .routes(routes!(ask::feedback))
        .routes(routes!(eligibility::eligibility))
        .routes(routes!(mine::mydata))
        .routes(routes!(mine::forgetme))
        .routes(routes!(search::search))
        .routes(routes!(search::suggest))
        .routes(routes!(corpus::documents))
        .routes(routes!(corpus::passage))
        .routes(routes!(corpus::terms))
        .routes(routes!(admin::command))
        .routes(routes!(admin::upload))
        .split_for_parts();
    let description: Arc<str> = description
        .to_pretty_json()
        .expect("the description is strings and numbers")
        .into();
    router.route(
        "/api/openapi.json",
        get(async move || {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, description.to_string())
        }),
    )
}
