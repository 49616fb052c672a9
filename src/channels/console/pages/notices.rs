//! Notices on all channels.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::act::{ask, carry_out};
use crate::{
    admin::{self, Command, Outcome},
    channels::{
        console::{
            layout::{self, Page, token},
            outcome::act,
            sent::Sent,
            state::Shared,
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::clock,
    },
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    let Outcome::Notices(notices) = ask(&console, &who, Command::Notices).await? else {
        return Err(Trouble::NoStore);
    };
    let may = who.role() >= Role::Editor;
    let content = html! {
        p { "公告显示在网页最上面，并在 Telegram、微信里各告诉每个人一次。" }
        @if may {
            form.stack.card method="post" action=(console.path("/admin/notices")) {
                (token(&who))
                label { "内容" textarea name="text" required maxlength="300" rows="3" {} }
                div.row {
                    label { "从 " input type="date" name="from"; }
                    label { "到 " input type="date" name="until"; }
                }
                p.soft { "日期可以不填：立即显示，撤下为止。" }
                button.button type="submit" { "发布" }
            }
        }
        ul.list {
            @for notice in &notices {
                li.row {
                    span { (notice.text) }
                    span.soft { (clock(notice.from)) " 到 " (notice.until.map_or_else(|| "撤下为止".to_owned(), clock)) "，" (notice.made_by) }
                    @if may { (act(&console, &who, &format!("/notice 撤 {}", notice.number), "撤下", false)) }
                }
            }
        }
        @if notices.is_empty() { p { "没有公告。" } }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Notices,
        wording::NOTICES,
        &content,
    ))
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    text: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

pub(in crate::channels::console) async fn put_up(
    State(console): Shared,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let text = form.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut typed = format!("/notice {text}");
    for (word, day) in [("从", form.from.trim()), ("到", form.until.trim())] {
        if !day.is_empty() {
            typed.push_str(&format!(" {word} {day}"));
        }
    }
    let command = admin::parse(&typed).filter(|command| matches!(command, Command::Notice { .. }));
    carry_out(
        &console,
        &who,
        command.ok_or(Trouble::Unreadable)?,
        Page::Notices,
    )
    .await
}
