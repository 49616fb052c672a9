//! Pages for people.

mod chat;
mod passage;
mod report;
mod terms;
mod text;

use axum::{
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use super::{
    Shared, Web,
    ask::{self, History},
    assets,
    client::Client,
    layers::content_security_policy,
    problem::Problem,
    wording,
};
use crate::{
    assistant::Snapshot,
    corpus::{DocumentId, PassageId},
};

/// `GET /`
pub(super) async fn home(State(web): Shared) -> Response {
    let snapshot = web.assistant.snapshot();
    revalidated(chat::page(
        &web,
        &snapshot,
        &chat::PageState::Nothing,
        false,
    ))
}

/// `GET /widget`: the chat in a frame of another site, as far as sites are allowed to.
pub(super) async fn widget(State(web): Shared) -> Result<Response, Problem> {
    let origins = &web.settings.widget_origins;
    if origins.is_empty() {
        return Err(Problem::of(StatusCode::NOT_FOUND));
    }
    let policy = content_security_policy(&origins.join(" "));
    let policy = HeaderValue::from_str(&policy)
        .map_err(|_| Problem::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    let snapshot = web.assistant.snapshot();
    let mut page = revalidated(chat::page(&web, &snapshot, &chat::PageState::Nothing, true));
    page.headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(page)
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
    let reply = ask::ask(&web, &client, &question, History::Given(before.clone()), 0).await;
    let snapshot = web.assistant.snapshot();
    Ok(match reply {
        Ok(reply) => {
            let state = chat::PageState::Answer {
                question: &question,
                before: &before,
                display: &reply.display,
            };
            chat::page(&web, &snapshot, &state, false).into_response()
        }
        Err(problem) => {
            let state = chat::PageState::Problem {
                question: &question,
                problem: &problem,
            };
            let retry = problem.retry_after().map(|s| [(header::RETRY_AFTER, s)]);
            let page = chat::page(&web, &snapshot, &state, false);
            match retry {
                Some(headers) => (problem.status, headers, page).into_response(),
                None => (problem.status, page).into_response(),
            }
        }
    })
}

/// `GET /p/{id}`: which characters of the passage were quoted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PassageQuery {
    #[serde(default)]
    at: String,
}

pub(super) async fn passage(
    State(web): Shared,
    id: Result<Path<String>, PathRejection>,
    query: Result<Query<PassageQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_passage())?;
    let Query(query) = query.unwrap_or_default();
    let snapshot = web.assistant.snapshot();
    let page = passage::page(&web, &snapshot, &PassageId(id), &query.at);
    Ok(revalidated(page.ok_or_else(Problem::unknown_passage)?))
}

/// `GET /report`: the list, or the one report there is.
pub(super) async fn reports(State(web): Shared) -> Response {
    let snapshot = web.assistant.snapshot();
    match snapshot.library().documents() {
        [only] => Redirect::temporary(&format!("/report/{}", only.id)).into_response(),
        _ => revalidated(report::list(&web, &snapshot)),
    }
}

/// `GET /report/{document}`
pub(super) async fn report(
    State(web): Shared,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_document())?;
    let snapshot = web.assistant.snapshot();
    let page = report::page(&web, &snapshot, &DocumentId(id));
    Ok(revalidated(page.ok_or_else(Problem::unknown_document)?))
}

/// `GET /terms`
#[derive(Debug, Default, Deserialize)]
pub(super) struct TermsQuery {
    document: Option<String>,
}

pub(super) async fn terms(
    State(web): Shared,
    query: Result<Query<TermsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.unwrap_or_default();
    let id = query.document.map(DocumentId);
    let page = terms::page(&web, &web.assistant.snapshot(), id.as_ref());
    Ok(revalidated(page.ok_or_else(Problem::unknown_document)?))
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

/// Where in the navigation a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Chat,
    Report,
    Terms,
    Nowhere,
}

/// What differs between pages outside of their content.
struct Page<'a> {
    /// Before the product's name in the window title; may be empty.
    title: &'a str,
    /// `chat`, `chat talking`, `reading`
    class: &'a str,
    /// False for what should not appear in search engines.
    indexed: bool,
    tab: Tab,
    /// True inside a frame of another site: no navigation, no footer.
    embedded: bool,
}

impl<'a> Page<'a> {
    fn plain(title: &'a str) -> Self {
        Self {
            title,
            class: "reading",
            indexed: false,
            tab: Tab::Nowhere,
            embedded: false,
        }
    }
}

/// The frame of every page.
fn layout(web: &Web, snapshot: &Snapshot, page: &Page<'_>, content: &Markup) -> Markup {
    let subtitle = wording::subtitle(snapshot);
    let words = serde_json::to_string(&wording::SCRIPT).expect("words are strings");
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
                // Before anything is painted: the look that was chosen on an earlier visit.
                script src=(assets::EARLY.url()) {}
                script src=(assets::SCRIPT.url()) defer {}
                @if page.tab == Tab::Chat {
                    script src=(assets::PANEL.url()) defer {}
                    script src=(assets::CHAT.url()) defer {}
                }
            }
            body class=(page.class) data-words=(words) data-embedded[page.embedded] {
                a.skip href="#main" { (wording::SKIP) }
                (header(&subtitle, page))
                main #main tabindex="-1" { (content) }
                @if !page.embedded { (footer(web, snapshot)) }
                p #status .unseen role="status" {}
            }
        }
    }
}

fn header(subtitle: &str, page: &Page<'_>) -> Markup {
    let tabs = [
        (Tab::Chat, "/", wording::TAB_CHAT),
        (Tab::Report, "/report", wording::TAB_REPORT),
        (Tab::Terms, "/terms", wording::TAB_TERMS),
    ];
    let elsewhere = page.embedded.then_some("_blank");
    html! {
        header.top {
            div.wide.bar {
                a.brand href="/" target=[elsewhere] {
                    span.seal aria-hidden="true" { (wording::NAME) }
                    span.unseen { (wording::NAME) }
                    " "
                    span.subtitle { (subtitle) }
                }
                div.looks.scripted {
                    button #size .quiet type="button" aria-pressed="false" { (wording::LARGE) }
                    button #theme .quiet type="button" aria-pressed="false" { (wording::DARK) }
                    @if page.embedded {
                        button #close-widget .quiet type="button" { (wording::CLOSE) }
                    }
                }
            }
            @if !page.embedded {
                nav.tabs.wide aria-label=(wording::TABS) {
                    @for (tab, href, label) in tabs {
                        a href=(href) aria-current=[(tab == page.tab).then_some("page")] { (label) }
                    }
                }
            }
        }
    }
}

fn footer(web: &Web, snapshot: &Snapshot) -> Markup {
    let hotline = &web.settings.deployment.hotline;
    html! {
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
    }
}

/// 2024年计划 and the like; nothing for an empty label.
fn badge(period: &str, label: &str) -> Markup {
    html! {
        span.badge data-slot="label" data-period=(period) hidden[label.is_empty()] { (label) }
    }
}
