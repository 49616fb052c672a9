//! A question tried out: what the live edition or a draft answers, as each channel shows it, and why.

use axum::extract::{Query, State};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use crate::{
    admin::Tried,
    answer::explain,
    channels::console::{
        layout::{self, Page},
        outcome::act,
        state::{Console, Message, Shared},
        trouble::Trouble,
        who::Who,
        wording,
    },
    service::{Refusal, today},
    staff::Role,
};

/// Characters of the longest question.
const LONGEST: usize = 500;

/// What is asked, and of which edition.
#[derive(Deserialize)]
pub(in crate::channels::console) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    draft: String,
}

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
    Query(asked): Query<Asked>,
) -> Result<Markup, Trouble> {
    let question: String = asked.q.trim().chars().take(LONGEST).collect();
    let draft: Option<i64> = asked.draft.trim().parse().ok();
    if draft.is_some() {
        who.needs(Role::Editor)?;
    }
    let tried = match question.as_str() {
        "" => None,
        text => Some(try_out(&console, text.to_owned(), draft).await?),
    };
    let content = html! {
        form.row method="get" action=(console.path("/admin/try")) role="search" {
            label { "问题 " input name="q" value=(question) required maxlength=(LONGEST) autofocus; }
            @if who.role() >= Role::Editor {
                label { "用哪一份（不填就是现在的版本） " input name="draft" value=(asked.draft) inputmode="numeric" placeholder="草稿编号" size="8"; }
            }
            button.button type="submit" { "试一试" }
        }
        p.soft { "试的问题不会记入统计。" }
        @match &tried {
            Some(Some(tried)) => { (shown(&console, &who, &question, tried)) }
            Some(None) => { p.told { "没有这份草稿，或者它不能用来回答。" } }
            None => {}
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Try,
        wording::TRY,
        &content,
    ))
}

async fn try_out(
    console: &Console,
    question: String,
    draft: Option<i64>,
) -> Result<Option<Tried>, Trouble> {
    let tried = console
        .service
        .with_office(move |office| office.try_out(&question, draft, today()));
    tried.await?.ok_or(Trouble::Refused(Refusal::Failed))
}

fn shown(console: &Console, who: &Who, question: &str, tried: &Tried) -> Markup {
    let Tried {
        answer,
        snapshot,
        trace,
    } = tried;
    html! {
        @for rendering in &console.settings.renderings {
            section.card {
                h2 { (rendering.name) }
                @for message in (rendering.messages)(answer, snapshot, &console.settings.deployment) {
                    @match message {
                        Message::Text(text) => { div.message { p.lines { (text) } } }
                        // Made by the channel's own renderer, which escapes what people wrote.
                        Message::Html(html) => { div.message.html { (PreEscaped(html)) } }
                    }
                }
            }
        }
        details.card {
            summary { "为什么这样答：理解成了什么，找到了哪些段落，各得多少分" }
            pre tabindex="0" { (explain(trace)) }
        }
        @if who.role() >= Role::Editor {
            (act(console, who, &format!("/pin {question}"), "固定这个问题", false))
        }
    }
}
