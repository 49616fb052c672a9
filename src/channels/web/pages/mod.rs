//! Pages for people.

mod chat;
mod passage;

use axum::{
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use super::{
    Shared, Web,
    ask::{self, Before},
    assets,
    client::Client,
    problem::Problem,
    wording,
};
use crate::{assistant::Snapshot, corpus::PassageId};

/// `GET /`
pub(super) async fn home(State(web): Shared) -> Response {
    let snapshot = web.assistant.snapshot();
    revalidated(chat::page(&web, &snapshot, &chat::Said::Nothing))
}

/// `GET /ask`, the form without JavaScript.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskQuery {
    #[serde(default)]
    q: String,
    /// Earlier questions, oldest first, one a line: the page has nothing else to remember them by.
    #[serde(default)]
    before: String,
}

pub(super) async fn ask(
    State(web): Shared,
    client: Client,
    query: Result<Query<AskQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|_| Problem::of(StatusCode::BAD_REQUEST))?;
    let before: Vec<String> = query.before.lines().map(str::to_owned).collect();
    let question = query.q.split_whitespace().collect::<Vec<_>>().join(" ");
    let reply = ask::ask(&web, &client, &question, Before::Told(before.clone())).await;
    let snapshot = web.assistant.snapshot();
    Ok(match reply {
        Ok(reply) => {
            let said = chat::Said::Answer {
                question: &question,
                before: &before,
                display: &reply.display,
            };
            chat::page(&web, &snapshot, &said).into_response()
        }
        Err(problem) => {
            let said = chat::Said::Problem {
                question: &question,
                problem: &problem,
            };
            let retry = problem.retry_after().map(|s| [(header::RETRY_AFTER, s)]);
            let page = chat::page(&web, &snapshot, &said);
            match retry {
                Some(headers) => (problem.status, headers, page).into_response(),
                None => (problem.status, page).into_response(),
            }
        }
    })
}

/// `GET /p/{id}`
pub(super) async fn passage(
    State(web): Shared,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_passage())?;
    let snapshot = web.assistant.snapshot();
    let page = passage::page(&web, &snapshot, &PassageId(id));
    Ok(revalidated(page.ok_or_else(Problem::unknown_passage)?))
}

/// A page that tells why there is nothing to see.
pub(super) fn problem(web: &Web, problem: &Problem) -> Response {
    let content = html! {
        div.narrow.notice-page {
            h1 { (problem.title) }
            p { (problem.detail) }
            p { a.button href="/" { (wording::BACK) } }
        }
    };
    let page = layout(
        web,
        &web.assistant.snapshot(),
        &Page::plain(problem.title),
        &content,
    );
    (problem.status, page).into_response()
}

/// A page that a browser may keep but must ask for again: a reload of the corpus changes it.
fn revalidated(page: Markup) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], page).into_response()
}

/// What differs between pages outside of their content.
struct Page<'a> {
    /// Before the product's name in the window title; may be empty.
    title: &'a str,
    /// `chat`, `chat talking`, `reading`
    class: &'a str,
    /// False for what should not appear in search engines.
    indexed: bool,
    /// At the right of the header.
    action: Markup,
}

impl<'a> Page<'a> {
    fn plain(title: &'a str) -> Self {
        Self {
            title,
            class: "reading",
            indexed: false,
            action: html! {},
        }
    }
}

/// The frame of every page.
fn layout(web: &Web, snapshot: &Snapshot, page: &Page<'_>, content: &Markup) -> Markup {
    let subtitle = wording::subtitle(snapshot);
    let hotline = &web.settings.deployment.hotline;
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title {
                    @if !page.title.is_empty() { (page.title) " · " }
                    (wording::NAME) " · " (subtitle)
                }
                meta name="description" content=(wording::PROMISE);
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#faf6f0" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#191614" media="(prefers-color-scheme: dark)";
                @if !page.indexed { meta name="robots" content="noindex"; }
                link rel="icon" type="image/svg+xml" href=(assets::ICON.url());
                link rel="stylesheet" href=(assets::STYLE.url());
                script src=(assets::SCRIPT.url()) defer {}
            }
            body class=(page.class) {
                a.skip href="#main" { (wording::SKIP) }
                header.top {
                    div.wide {
                        a.brand href="/" {
                            span.seal aria-hidden="true" { (wording::NAME) }
                            span.name { (wording::NAME) }
                            " "
                            span.subtitle { (subtitle) }
                        }
                        (page.action)
                    }
                }
                main #main tabindex="-1" { (content) }
                footer.foot {
                    div.narrow {
                        p { (wording::loaded(snapshot)) }
                        p {
                            (wording::DISCLAIMER)
                            a href={ "tel:" (hotline) } aria-label=(wording::call(hotline)) { (hotline) }
                            "。"
                        }
                    }
                }
                p #status .unseen role="status" {}
            }
        }
    }
}

/// 2024年计划 and the like; nothing for an empty label.
fn badge(period: &str, label: &str) -> Markup {
    html! {
        span.badge data-slot="label" data-period=(period) hidden[label.is_empty()] { (label) }
    }
}
