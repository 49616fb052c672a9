//! Texts of the office: telephone number, hours, greeting.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::act::{ask, carry_out};
use crate::{
    admin::{Command, ListedText, Outcome},
    channels::{
        console::{
            layout::{self, Page, token},
            sent::Sent,
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::clock,
    },
    staff::{Role, TextName},
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    let Outcome::Texts(texts) = ask(&console, &who, Command::Texts).await? else {
        return Err(Trouble::NoStore);
    };
    let content = html! {
        p { "改动立即在所有渠道生效，不用重启；谁改过什么，都在操作记录里。" }
        @for text in &texts { (one(&console, &who, text)) }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Texts,
        wording::TEXTS,
        &content,
    ))
}

fn one(console: &Console, who: &Who, text: &ListedText) -> Markup {
    let name = text.name;
    let may = who.role() >= Role::Editor && !text.is_fixed;
    html! {
        section.card {
            h2 { (name.called()) }
            @if may {
                form.stack method="post" action=(console.path("/admin/texts")) {
                    (token(who))
                    input type="hidden" name="name" value=(name.name());
                    textarea name="value" rows="2" maxlength=(name.longest()) aria-label=(name.called())
                        placeholder="没有填写，用程序自带的说法" { (text.value) }
                    button.button type="submit" { "保存" }
                }
            } @else {
                p.lines { @if text.value.is_empty() { "没有填写，用程序自带的说法。" } @else { (text.value) } }
            }
            @if text.is_fixed {
                p.soft { "写在服务器的设置里（" code { (name.setting()) } "），不能在这里改。" }
            } @else if let Some(changed) = &text.changed {
                p.soft { (changed.made_by) "，" (clock(changed.made_at)) "。清空后保存，就改回设置里的。" }
            }
        }
    }
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    name: String,
    #[serde(default)]
    value: String,
}

pub(in crate::channels::console) async fn change(
    State(console): Shared,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let name = TextName::parse(&form.name).ok_or(Trouble::Unreadable)?;
    let value = form.value.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.chars().count() > name.longest() {
        return Err(Trouble::Unreadable);
    }
    let value = Some(value).filter(|value| !value.is_empty());
    carry_out(&console, &who, Command::Text(name, value), Page::Texts).await
}
