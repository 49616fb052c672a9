//! The web channel: a chat page, the reports to read, a JSON API.
//!
//! | route | what it gives |
//! |---|---|
//! | `GET /` | the chat page |
//! | `GET /ask?q=今年修哪几条高速` | the same page with the answer in it: the form works without JavaScript |
//! | `GET /p/{id}` | the whole section with the passage highlighted; citations link here |
//! | `GET /report`, `/report/{document}` | the reports, and a whole one with a table of contents |
//! | `GET /terms` | the glossary |
//! | `GET /ticket`, `/ticket/{code}` | a question for a person, and the reply, where somebody looks at them |
//! | `GET /widget`, `/widget.js` | the chat inside pages of other sites, when some are allowed to |
//! | `GET /api/openapi.json` | the JSON API: ask, feedback, search, suggest, terms, documents, passages, my data |
//! | `GET /healthz`, `/readyz`, `/metrics` | the process lives; the corpus is loaded; counters |
//! | `GET /assets/…` | style sheet, scripts and icon, from inside the program |
//!
//! A connection gets a place from `server`, or is told to wait (`crowded`). A request passes `front`
//! (whose it is, under which path it came), `layers` (request id, log line, limits, panics, headers)
//! and then a handler in `api` or `pages`. Every address on a page comes from `Deployment::path`, so
//! that all of them begin with the path of `http.public_url`. Both ask the service through `ask`, so a question typed into the form and
//! one sent as JSON get the same answer under the same limits. Handlers fail with a `Problem`: RFC
//! 9457 JSON for programs, a page for people.
//!
//! The page has no inline script or style, so that the content security policy can forbid both. The
//! markup of an answer exists once, in `pages::chat`: the script fills the same markup, shipped
//! empty in `<template>` elements, and only sets text. The only HTML it inserts is a section of a
//! report, as this server renders it for `/p/{id}`.
//!
//! Nothing here knows about search. Neither questions nor addresses are ever logged.

mod api;
mod ask;
mod assets;
mod body;
mod buttons;
mod card;
mod compress;
mod crowded;
mod display;
mod front;
mod in_flight;
mod layers;
mod metrics;
mod pages;
mod person;
mod policy;
mod press;
mod problem;
mod server;
mod state;
mod turns;
mod wording;

use std::{io, sync::Arc};

use axum::{Router, middleware::from_fn_with_state, routing::get};
use tokio::net::TcpListener;

use self::state::Web;
use super::deployment::Deployment;
use crate::{answer::Answer, assistant::Snapshot, corpus::LibraryError, service::Service};

pub use self::state::WebSettings;

/// An answer as the chat page shows it, as HTML.
///
/// # Errors
/// [`LibraryError`] when a related passage cannot be read.
pub fn html(
    answer: &Answer,
    snapshot: &Snapshot,
    deployment: &Deployment,
) -> Result<String, LibraryError> {
    Ok(pages::shown(answer, snapshot, deployment)?.into_string())
}

/// Serves `routes` alone on `listener`, under the layers of all pages, until `shutdown` completes: for the
/// console at an address of its own.
///
/// # Errors
/// If the listener has no local address, that is, if it is unusable.
pub async fn run_alone(
    listener: TcpListener,
    service: Service,
    settings: WebSettings,
    routes: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let trusted = settings.trusted_proxies.clone();
    let web = Arc::new(Web::new(service, settings));
    let router = layers::around(routes, web);
    server::serve(listener, router, trusted, shutdown).await
}

/// Serves the web channel on `listener` until `shutdown` completes; then stops accepting and waits
/// up to ten seconds for requests in progress. `others` are routes of other channels (webhooks),
/// served with the web channel's own under the same layers.
///
/// # Errors
/// If the listener has no local address, that is, if it is unusable.
pub async fn run(
    listener: TcpListener,
    service: Service,
    settings: WebSettings,
    others: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let trusted = settings.trusted_proxies.clone();
    let router = router(service, settings, others);
    server::serve(listener, router, trusted, shutdown).await
}

/// All routes with their layers; `others` are routes of other channels, added under the same
/// layers.
///
/// [`run`] adds the peer address to each request; without it (in a test that calls the router), all
/// requests count as one client.
pub fn router(service: Service, settings: WebSettings, others: Router) -> Router {
    let web = Arc::new(Web::new(service, settings));
    let routes = Router::new()
        .route("/", get(pages::home))
        .route("/ask", get(pages::ask))
        .route("/p/{id}", get(pages::passage))
        .route("/report", get(pages::reports))
        .route("/report/{document}", get(pages::report))
        .route("/terms", get(pages::terms))
        .route(
            "/upload/{secret}",
            get(pages::upload::form).post(pages::upload::send),
        )
        .route(
            "/ticket",
            get(pages::ticket::form).post(pages::ticket::send),
        )
        .route("/ticket/{code}", get(pages::ticket::show))
        .route("/widget", get(pages::widget))
        .route("/widget.js", get(assets::widget))
        .route("/healthz", get(api::healthz))
        .route("/readyz", get(api::readyz))
        .route("/metrics", get(api::metrics))
        .route("/assets/{name}", get(assets::serve))
        .merge(api::routes(&web.settings.deployment))
        .with_state(Arc::clone(&web))
        // Not the webhooks: all messages of a platform come from a few addresses.
        .layer(from_fn_with_state(
            Arc::clone(&web),
            layers::limit_in_flight,
        ))
        .merge(others);
    layers::around(routes, web)
}
