//! Pinned questions.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::act::carry_out;
use crate::{
    admin::{Command, Outcome},
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
    let listed = console
        .service
        .administer(Command::Pins, who.actor().clone())
        .await?;
    let Outcome::Pins(pins) = listed else {
        return Err(Trouble::NoStore);
    };
    let may = who.role() >= Role::Editor;
    let content = html! {
        p { "每次改动生效之前，这些问题都会重新问一遍；答得不如现在，改动就不会生效。" }
        @if may {
            form.row method="post" action=(console.path("/admin/pins")) {
                (token(&who))
                label { "问题 " input name="question" required maxlength="200"; }
                button.button type="submit" { "固定" }
            }
        }
        ul.list {
            @for pin in &pins {
                li.row {
                    span { (pin.number) "　" (pin.question) }
                    span.soft { (pin.made_by) "，" (clock(pin.made_at)) }
                    @if may { (act(&console, &who, &format!("/unpin {}", pin.number), "取消固定", false)) }
                }
            }
        }
        @if pins.is_empty() { p { "还没有固定的问题。" } }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Pins,
        wording::PINS,
        &content,
    ))
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    question: String,
}

pub(in crate::channels::console) async fn pin(
    State(console): Shared,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let question = form.question.trim().to_owned();
    if question.is_empty() {
        return Err(Trouble::Unreadable);
    }
    carry_out(&console, &who, Command::Pin(question), Page::Pins).await
}
