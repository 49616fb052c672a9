//! The web channel: a chat page, a JSON API, and a page for every passage.
//!
//! | route | what it gives |
//! |---|---|
//! | `GET /` | the chat page |
//! | `GET /ask?q=今年修哪几条高速` | the same page with the answer in it: the form works without JavaScript |
//! | `GET /p/{id}` | the whole section with the passage highlighted; citations link here |
//! | `POST /api/ask` | [`AnswerRecord`](super::record::AnswerRecord), and `display`: what the page shows of it |
//! | `POST /api/feedback` | 有用 or 没用 for a passage |
//! | `GET /api/passages/{id}`, `/api/terms`, `/api/documents` | the corpus as data |
//! | `GET /healthz`, `/readyz` | the process lives; the corpus is loaded |
//! | `GET /assets/…` | style sheet, script and icon, from inside the program |
//!
//! A request passes `layers` (request id, log line, time limit, panics, headers), then a handler in
//! `api` or `pages`. Both ask through `ask`, so a question typed into the form and one sent as JSON
//! get the same answer under the same limits. Handlers fail with a `Problem`: RFC 9457 JSON for
//! programs, a page for people.
//!
//! The page is one HTML document without inline script or style, so that the content security
//! policy can forbid both. The markup of an answer exists once, in `pages::chat`: the script fills
//! the same markup, shipped empty in `<template>` elements, and sets text only, never HTML.
//!
//! Nothing here knows of search. The words of a question are never logged, nor are addresses.

mod api;
mod ask;
mod assets;
mod body;
mod display;
mod layers;
mod pages;
mod problem;
mod server;
mod wording;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use super::{client, limits::AskLimits, wording::Deployment};
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
}

/// What all handlers share.
#[derive(Debug)]
struct Web {
    assistant: Assistant,
    settings: WebSettings,
    /// Questions, by address.
    questions: AskLimits,
    /// 有用 and 没用, by address: voting must not use up somebody's questions.
    votes: AskLimits,
    conversations: Conversations,
}

type Shared = axum::extract::State<Arc<Web>>;

/// All routes with their layers; `others` are routes of other channels, put under the same layers.
///
/// [`run`] tells each request its peer address; without one (a test that calls the router), all
/// requests count as one client.
pub fn router(assistant: Assistant, settings: WebSettings, others: Router) -> Router {
    let per_minute = settings.questions_per_minute;
    let web = Arc::new(Web {
        assistant,
        settings,
        questions: AskLimits::new(per_minute),
        votes: AskLimits::new(per_minute),
        conversations: Conversations::default(),
    });
    let routes = Router::new()
        .route("/", get(pages::home))
        .route("/ask", get(pages::ask))
        .route("/p/{id}", get(pages::passage))
        .route("/api/ask", post(api::ask))
        .route("/api/feedback", post(api::feedback))
        .route("/api/passages/{id}", get(api::passage))
        .route("/api/terms", get(api::terms))
        .route("/api/documents", get(api::documents))
        .route("/healthz", get(api::healthz))
        .route("/readyz", get(api::readyz))
        .route("/assets/{name}", get(assets::serve))
        .with_state(Arc::clone(&web))
        .merge(others);
    layers::around(routes, web)
}
