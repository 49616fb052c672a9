//! The page on which a visitor leaves a question for a person, and the one that shows the reply.

use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::layout::{Page, layout};
use crate::{
    admin::TicketDetail,
    channels::{
        client::Client,
        web::{
            problem::Problem,
            state::{Shared, Web},
            wording,
        },
    },
    service::Channel,
};

/// Characters of the longest question.
const LONGEST: usize = 500;

/// The question that the page is opened with.
#[derive(Debug, Default, Deserialize)]
pub(in crate::channels::web) struct Opened {
    #[serde(default)]
    q: String,
}

/// `GET /ticket`: the form.
pub(in crate::channels::web) async fn form(
    State(web): Shared,
    Query(Opened { q }): Query<Opened>,
) -> Result<Markup, Problem> {
    if !web.service.takes_tickets() {
        return Err(Problem::of(StatusCode::NOT_FOUND));
    }
    let question: String = q.trim().chars().take(LONGEST).collect();
    let content = html! {
        div.narrow.notice-page {
            h1 { (wording::TICKET_TITLE) }
            p { (wording::TICKET_WHAT) }
            form.ticket method="post" action=(web.settings.deployment.path("/ticket")) {
                p { label for="question" { (wording::TICKET_QUESTION) } }
                p { textarea #question name="question" rows="4" required maxlength=(LONGEST) { (question) } }
                p { label { input type="checkbox" name="agrees" value="yes"; " " (wording::TICKET_AGREES) } }
                p { button.button type="submit" { (wording::TICKET_SEND) } }
            }
        }
    };
    Ok(page(&web, &content))
}

/// What is sent.
#[derive(Debug, Deserialize)]
pub(in crate::channels::web) struct Sent {
    question: String,
    #[serde(default)]
    agrees: String,
}

/// `POST /ticket`: opens a ticket; its page has an address that nobody guesses.
pub(in crate::channels::web) async fn send(
    State(web): Shared,
    client: Client,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let question: String = sent.question.trim().chars().take(LONGEST).collect();
    if question.is_empty() {
        return Err(Problem::empty_question());
    }
    let caller = client.caller(Channel::WEB);
    let agrees = sent.agrees == "yes";
    let opened = web.service.open_ticket(&caller, question, agrees).await?;
    let code = opened.ok_or_else(|| Problem::of(StatusCode::NOT_FOUND))?;
    let to = web.settings.deployment.path(&format!("/ticket/{code}"));
    Ok(Redirect::to(&to).into_response())
}

/// `GET /ticket/{code}`: the ticket with its replies.
pub(in crate::channels::web) async fn show(
    State(web): Shared,
    client: Client,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let caller = client.caller(Channel::WEB);
    let found = web.service.ticket(&caller, code).await?;
    let detail = found.ok_or_else(|| Problem::of(StatusCode::NOT_FOUND))?;
    Ok(page(&web, &shown(&detail)))
}

fn shown(detail: &TicketDetail) -> Markup {
    let TicketDetail { ticket, replies } = detail;
    html! {
        div.narrow.notice-page {
            h1 { (wording::ticket_number(ticket.number)) }
            p.opening { (ticket.question) }
            @if replies.is_empty() { p { (wording::TICKET_WAITS) } }
            @for reply in replies { blockquote { p { (reply.text) } } }
            p { (wording::TICKET_KEEP) }
        }
    }
}

fn page(web: &Web, content: &Markup) -> Markup {
    let snapshot = web.service.state().snapshot;
    layout(web, &snapshot, &Page::plain(wording::TICKET_TITLE), content)
}
