//! `POST /admin/do`: a command, as it is typed in a chat.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    admin::{self, Command, Outcome},
    channels::console::{
        layout::{self, Page},
        outcome,
        sent::Sent,
        state::{Console, Shared},
        trouble::Trouble,
        who::Who,
        wording,
    },
};

/// A command.
#[derive(Deserialize)]
pub(in crate::channels::console) struct Asked {
    command: String,
    /// What is typed after it.
    #[serde(default)]
    rest: String,
}

pub(in crate::channels::console) async fn perform(
    State(console): Shared,
    sent: Sent<Asked>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let rest = form.rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = admin::parse(&format!("{} {rest}", form.command));
    let command = command.ok_or(Trouble::Unreadable)?;
    carry_out(&console, &who, command, Page::Overview).await
}

/// Gives a command: what became of it.
pub(in crate::channels::console) async fn ask(
    console: &Console,
    who: &Who,
    command: Command,
) -> Result<Outcome, Trouble> {
    let by = who.actor().clone();
    Ok(console.service.administer(command, by).await?)
}

/// Gives a command and shows what became of it, as a page of the menu.
pub(in crate::channels::console) async fn carry_out(
    console: &Console,
    who: &Who,
    command: Command,
    page: Page,
) -> Result<Markup, Trouble> {
    let outcome = ask(console, who, command).await?;
    Ok(result(console, who, &outcome, page))
}

/// The page that shows what became of a command.
pub(in crate::channels::console) fn result(
    console: &Console,
    who: &Who,
    outcome: &Outcome,
    page: Page,
) -> Markup {
    let title = if outcome.went_well() {
        "好了"
    } else {
        "没有做成"
    };
    let title = match outcome {
        Outcome::Started(_) => "已经开始",
        Outcome::Previewed { .. } => "请核对",
        _ => title,
    };
    let content = html! {
        (outcome::show(console, who, outcome))
        p { a href=(console.path(layout::address(page))) { (wording::BACK) } }
    };
    layout::page(console, who, page, title, &content)
}
