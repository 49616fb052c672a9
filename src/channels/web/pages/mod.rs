//! HTML pages.

mod chat;
mod layout;
mod mine;
mod passage;
mod report;
mod terms;
mod text;
pub(super) mod ticket;
pub(super) mod upload;

use axum::{
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use self::layout::{Page, layout};
use super::{
    ask,
    display::Display,
    policy::content_security_policy,
    problem::Problem,
    state::{Shared, Web},
    wording,
};
use crate::{
    answer::Answer,
    assistant::Snapshot,
    channels::{client::Client, deployment::Deployment},
    corpus::{DocumentId, LibraryError, PassageId},
    service::{Act, Conversation, List, Read},
};

/// An answer as the chat page shows it, for people who try the bot out.
pub(super) fn shown(
    answer: &Answer,
    snapshot: &Snapshot,
    deployment: &Deployment,
) -> Result<Markup, LibraryError> {
    let display = Display::new(answer, snapshot, deployment)?;
    Ok(chat::answer(deployment, &display))
}

/// `GET /`
pub(super) async fn home(State(web): Shared, client: Client) -> Result<Response, Problem> {
    let snapshot = web.show(client, Act::List(List::Overview)).await?;
    let page = chat::page(&web, &snapshot, &chat::PageState::Nothing, false);
    Ok(revalidated(page))
}

/// `GET /widget`: the chat in a frame of another site, if sites are allowed to embed it.
pub(super) async fn widget(State(web): Shared, client: Client) -> Result<Response, Problem> {
    let origins = &web.settings.widget_origins;
    if origins.is_empty() {
        return Err(Problem::of(StatusCode::NOT_FOUND));
    }
    let policy = content_security_policy(&origins.join(" "));
    let policy = HeaderValue::from_str(&policy)
        .map_err(|_| Problem::of(StatusCode::INTERNAL_SERVER_ERROR))?;
    let snapshot = web.show(client, Act::List(List::Overview)).await?;
    let mut page = revalidated(chat::page(&web, &snapshot, &chat::PageState::Nothing, true));
    page.headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(page)
}

/// `GET /ask`: the form without JavaScript.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskQuery {
    #[serde(default)]
    q: String,
    /// Earlier questions, oldest first, one per line: the page has no other memory.
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
    let told = Conversation::Given(before.clone());
    let asked = match ask::act(&question, 0) {
        Ok(act) => {
            let asking = ask::Asking {
                act,
                person: None,
                conversation: told,
                dialogue: None,
            };
            ask::ask(&web, client, asking).await
        }
        Err(problem) => Err(problem),
    };
    Ok(match asked {
        Ok((reply, snapshot)) => {
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
            let snapshot = web.service.state().snapshot;
            let page = chat::page(&web, &snapshot, &state, false);
            let mut page = (problem.status, page).into_response();
            if let Some(seconds) = problem.retry_after {
                page.headers_mut()
                    .insert(header::RETRY_AFTER, seconds.into());
            }
            page
        }
    })
}

/// Query of `GET /p/{id}`: the quoted characters of the passage.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PassageQuery {
    #[serde(default)]
    at: String,
}

pub(super) async fn passage(
    State(web): Shared,
    client: Client,
    id: Result<Path<String>, PathRejection>,
    query: Result<Query<PassageQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_passage())?;
    let Query(query) = query.unwrap_or_default();
    let id = PassageId(id);
    let read = Act::Read(Read::Passage(id.clone()));
    let snapshot = web.show(client, read).await?;
    let page = passage::page(&web, &snapshot, &id, &query.at);
    Ok(revalidated(page?.ok_or_else(Problem::unknown_passage)?))
}

/// `GET /report`: the list of reports, or the only one.
pub(super) async fn reports(State(web): Shared, client: Client) -> Result<Response, Problem> {
    let snapshot = web.show(client, Act::List(List::Documents)).await?;
    Ok(match snapshot.library().documents() {
        [only] => {
            let page = format!("/report/{}", only.id);
            Redirect::temporary(&web.settings.deployment.path(&page)).into_response()
        }
        _ => revalidated(report::list(&web, &snapshot)),
    })
}

/// `GET /report/{document}`
pub(super) async fn report(
    State(web): Shared,
    client: Client,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::unknown_document())?;
    let id = DocumentId(id);
    let read = Act::Read(Read::Document(id.clone()));
    let snapshot = web.show(client, read).await?;
    let page = report::page(&web, &snapshot, &id);
    Ok(revalidated(page?.ok_or_else(Problem::unknown_document)?))
}

/// `GET /terms`
#[derive(Debug, Default, Deserialize)]
pub(super) struct TermsQuery {
    document: Option<String>,
}

pub(super) async fn terms(
    State(web): Shared,
    client: Client,
    query: Result<Query<TermsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.unwrap_or_default();
    let id = query.document.map(DocumentId);
    let list = Act::List(List::Terms(id.clone()));
    let snapshot = web.show(client, list).await?;
    let page = terms::page(&web, &snapshot, id.as_ref());
    Ok(revalidated(page?.ok_or_else(Problem::unknown_document)?))
}

/// An error page.
pub(super) fn problem(web: &Web, problem: &Problem) -> Response {
    let content = html! {
        div.narrow.notice-page {
            h1 { (problem.title) }
            p { (problem.detail) }
            p { a.button href=(web.settings.deployment.path("/")) { (wording::BACK) } }
        }
    };
    let snapshot = web.service.state().snapshot;
    let page = layout(web, &snapshot, &Page::plain(problem.title), &content);
    (problem.status, page).into_response()
}

/// A page that browsers may cache but must revalidate, since a reload of the corpus changes it.
fn revalidated(page: Markup) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], page).into_response()
}
