//! Pinned questions.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::act::{ask, carry_out};
use crate::{
    admin::{Command, ListedPin, Outcome},
    channels::{
        console::{
            layout::{self, Page, token},
            outcome::act,
            sent::Sent,
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::clock,
    },
    replay::{self, Candidate, How},
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    let Outcome::Pins(pins) = ask(&console, &who, Command::Pins).await? else {
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
            @for listed in &pins {
                @let pin = &listed.pin;
                li {
                    div.row {
                        span { (pin.number) "　" (pin.question) }
                        span.soft { (pin.made_by) "，" (clock(pin.made_at)) }
                        @if may { (act(&console, &who, &format!("/unpin {}", pin.number), "取消固定", false)) }
                    }
                    (fared(&console, listed))
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

/// How a question fared when a candidate was judged last.
fn fared(console: &Console, listed: &ListedPin) -> Markup {
    let Some(fared) = &listed.fared else {
        return html! { p.soft { "固定以后还没有检验过，下次改动时会检验。" } };
    };
    let is_bad = matches!(fared.how, How::Wrong | How::Worse(_));
    html! {
        p.warning[is_bad].soft[!is_bad] {
            "上次检验：" (clock(fared.at)) "，"
            @match fared.candidate {
                Candidate::Edition(number) => {
                    a href=(console.path(&format!("/admin/editions/{number}"))) { "第 " (number) " 版" } "："
                }
                // It may have been dropped or gone live since.
                Candidate::Draft(number) => { "没有生效的草稿 " (number) "：" }
            }
            (replay::how(&fared.how))
        }
    }
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
