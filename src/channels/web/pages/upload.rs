//! The page on which an administrator puts files in: opened by a one-time address.

use axum::{
    extract::{Path, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

use super::layout::{Page, layout};
use crate::channels::{
    web::{
        problem::Problem,
        state::{Shared, Web},
        wording,
    },
    wording as shared,
};

/// `GET /upload/{secret}`: the form, while the address can be used. It spends nothing: chats fetch addresses to
/// show what is behind them.
pub(in crate::channels::web) async fn form(
    State(web): Shared,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    if !web.service.knows_upload_page(secret).await? {
        return Err(Problem::upload_gone());
    }
    let content = html! {
        div.narrow.notice-page {
            h1 { (wording::UPLOAD_TITLE) }
            p { (wording::UPLOAD_WHAT) }
            // Without an address: back to the one it stands at.
            form.upload method="post" enctype="multipart/form-data" {
                p { input type="file" name="file" multiple required aria-label=(wording::UPLOAD_FILES)
                    accept=".docx,.xlsx,.xls,.et,.pdf,.ofd,.html,.htm,.txt,.md,.toml"; }
                p { button.button type="submit" { (wording::UPLOAD_SEND) } }
            }
        }
    };
    Ok(private(page(&web, &content)))
}

/// `POST /upload/{secret}`: spends the address, and shows what came of the files.
pub(in crate::channels::web) async fn send(
    State(web): Shared,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(actor) = web.service.spend_upload_page(secret).await? else {
        return Err(Problem::upload_gone());
    };
    let outcome = web.service.receive(actor, request).await?;
    let told = match &outcome {
        Ok(outcome) => shared::admin::outcome(outcome),
        Err(error) => crate::upload::wording::not_kept(error),
    };
    let content = html! {
        div.narrow.notice-page {
            h1 { (wording::UPLOAD_TITLE) }
            p.opening { (told) }
            p { (wording::UPLOAD_AFTER) }
        }
    };
    Ok(private(page(&web, &content)))
}

fn page(web: &Web, content: &Markup) -> Markup {
    let snapshot = web.service.state().snapshot;
    layout(web, &snapshot, &Page::plain(wording::UPLOAD_TITLE), content)
}

fn private(page: Markup) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, page).into_response()
}
