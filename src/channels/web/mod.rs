//! The web channel: a chat page, the reports to read, a JSON API.
//!
//! | route | what it gives |
//! |---|---|
//! | `GET /` | the chat page |
//! | `GET /ask?q=今年修哪几条高速` | the same page with the answer in it: the form works without JavaScript |
//! | `GET /p/{id}` | the whole section with the passage highlighted; citations link here |
//! | `GET /report`, `/report/{document}` | the reports, and a whole one with a table of contents |
//! | `GET /terms` | the glossary |
//! | `GET /widget`, `/widget.js` | the chat inside pages of other sites, when some are allowed to |
//! | `GET /api/openapi.json` | the JSON API: ask, feedback, search, suggest, terms, documents, passages |
//! | `GET /healthz`, `/readyz`, `/metrics` | the process lives; the corpus is loaded; counters |
//! | `GET /assets/…` | style sheet, scripts and icon, from inside the program |
//!
//! A request passes `layers` (request id, log line, time limit, panics, headers), then a handler in
//! `api` or `pages`. Both ask through `ask`, so a question typed into the form and one sent as JSON
//! get the same answer under the same limits. Handlers fail with a `Problem`: RFC 9457 JSON for
//! programs, a page for people.
//!
//! The page is one HTML document without inline script or style, so that the content security
//! policy can forbid both. The markup of an answer exists once, in `pages::chat`: the script fills
//! the same markup, shipped empty in `<template>` elements, and sets text only. The one HTML it puts
//! into the page is a section of a report, as this server renders it for `/p/{id}`.
//!
//! Nothing here knows of search. The words of a question are never logged, nor are addresses.

mod api;
mod ask;
mod assets;
mod body;
mod display;
mod layers;
mod metrics;
mod pages;
mod problem;
mod server;
mod wording;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::{client, deployment::Deployment, limits::AskLimits};
use crate::{assistant::Assistant, dialogue::Conversations};

pub use server::run;

/// What the web channel is told.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Hotline and public address.
    pub deployment: Deployment,
    /// Earlier questions are cut off after this many characters, like the question itself.
    pub question_chars: usize,
    /// Questions one address may ask within a minute.
    pub questions_per_minute: u32,
    /// Sites that may show the chat inside their pages, each `scheme://host[:port]`.
    pub widget_origins: Vec<String>,
    /// Sites whose scripts may call the JSON API, each `scheme://host[:port]`.
    pub cors_origins: Vec<String>,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            deployment: Deployment {
                hotline: "12345".into(),
                crisis_line: String::new(),
                public_url: None,
            },
            question_chars: 500,
            questions_per_minute: 20,
            widget_origins: Vec::new(),
            cors_origins: Vec::new(),
        }
    }
}

/// While typing, one is offered slogans more often than one asks.
const HINTS_PER_QUESTION: u32 = 10;

/// What all handlers share.
#[derive(Debug)]
struct Web {
    assistant: Assistant,
    settings: WebSettings,
    /// Questions, by address.
    questions: AskLimits,
    /// Slogans offered while typing, by address.
    typing: AskLimits,
    /// 有用 and 没用, by address: voting must not use up somebody's questions.
    votes: AskLimits,
    conversations: Conversations,
    metrics: metrics::Metrics,
}

impl Web {
    fn new(assistant: Assistant, settings: WebSettings) -> Self {
        let per_minute = settings.questions_per_minute;
        Self {
            assistant,
            questions: AskLimits::new(per_minute),
            typing: AskLimits::new(per_minute.saturating_mul(HINTS_PER_QUESTION)),
            votes: AskLimits::new(per_minute),
            conversations: Conversations::default(),
            metrics: metrics::Metrics::default(),
            settings,
        }
    }
}

type Shared = axum::extract::State<Arc<Web>>;

/// All routes with their layers; `others` are routes of other channels, put under the same layers.
///
/// [`run`] tells each request its peer address; without one (a test that calls the router), all
/// requests count as one client.
pub fn router(assistant: Assistant, settings: WebSettings, others: Router) -> Router {
    let web = Arc::new(Web::new(assistant, settings));
    let routes = Router::new()
        .route("/", get(pages::home))
        .route("/ask", get(pages::ask))
        .route("/p/{id}", get(pages::passage))
        .route("/report", get(pages::reports))
        .route("/report/{document}", get(pages::report))
        .route("/terms", get(pages::terms))
        .route("/widget", get(pages::widget))
        .route("/widget.js", get(assets::widget))
        .route("/healthz", get(api::healthz))
        .route("/readyz", get(api::readyz))
        .route("/metrics", get(api::metrics))
        .route("/assets/{name}", get(assets::serve))
        .merge(api::routes())
        .with_state(Arc::clone(&web))
        .merge(others);
    layers::around(routes, web)
}
