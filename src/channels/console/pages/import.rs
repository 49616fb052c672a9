//! Files put in, and what came of them before they are live.

use axum::{
    extract::{Query, Request, State},
    http::HeaderMap,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::act;
use crate::{
    channels::console::{
        layout::{self, Page},
        sent::{is_ours, is_token},
        state::Shared,
        trouble::Trouble,
        who::Who,
        wording,
    },
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    who.needs(Role::Editor)?;
    let to = console.path(&format!("/admin/import/upload/?token={}", who.token));
    let content = html! {
        p { "报告、通知、办事指南都可以。先看转换的结果，确认后才会用来回答。" }
        form.stack.drop method="post" enctype="multipart/form-data" action=(to) {
            label for="files" { "选择文件，或把文件拖到这里" }
            input #files type="file" name="file" multiple required accept=".docx,.xlsx,.xls,.et,.pdf,.ofd,.html,.htm,.txt,.md";
            ul.list data-files="" aria-live="polite" {}
            p.soft { "一次最多两个，每个不超过 20 MB：Word（docx）、Excel（xlsx、xls）、PDF、OFD、网页、纯文字。" }
            button.button type="submit" { "上传" }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Import,
        wording::IMPORT,
        &content,
    ))
}

/// The token of the form: its fields are read as they come, and this has to be known before.
#[derive(Deserialize)]
pub(in crate::channels::console) struct Token {
    #[serde(default)]
    token: String,
}

/// `POST /admin/import/upload/`
pub(in crate::channels::console) async fn upload(
    State(console): Shared,
    who: Who,
    headers: HeaderMap,
    Query(Token { token }): Query<Token>,
    request: Request,
) -> Result<Markup, Trouble> {
    who.needs(Role::Editor)?;
    if !is_ours(&headers, &console) || !is_token(&token, &who) {
        return Err(Trouble::Forged);
    }
    let received = console
        .service
        .receive(who.actor().clone(), request)
        .await?;
    Ok(match received {
        Ok(outcome) => act::result(&console, &who, &outcome, Page::Import),
        Err(error) => {
            let content = html! {
                p.told role="alert" { (crate::upload::wording::not_kept(&error)) }
                p { a href=(console.path("/admin/import")) { (wording::BACK) } }
            };
            layout::page(&console, &who, Page::Import, "没有收下", &content)
        }
    })
}
