//! What became of a command, as a page shows it.

use maud::{Markup, html};

use super::{layout::token, state::Console, who::Who, wording};
use crate::{admin::Outcome, channels::wording as shared, editions::Unpublished, staff::Role};

/// What became of a command, with what can be done next.
pub(super) fn show(console: &Console, who: &Who, outcome: &Outcome) -> Markup {
    let told = shared::admin::outcome(outcome);
    let class = if outcome.went_well() {
        "told well"
    } else {
        "told"
    };
    html! {
        div class=(class) role="status" {
            @for paragraph in told.split("\n\n") { p.lines { (paragraph) } }
        }
        (next(console, who, outcome))
    }
}

fn next(console: &Console, who: &Who, outcome: &Outcome) -> Markup {
    match outcome {
        Outcome::Started(job) => html! {
            p { a.button href=(console.path(&format!("/admin/jobs/{job}"))) { "看进度" } }
        },
        Outcome::Previewed {
            draft, by_another, ..
        } => html! {
            div.row {
                @if !by_another { (act(console, who, &format!("/confirm {draft}"), wording::CONFIRM, true)) }
                (act(console, who, &format!("/cancel {draft}"), wording::DROP, false))
            }
        },
        Outcome::Proposed(draft) | Outcome::Drafted(draft, _) => html! {
            p { a href=(console.path(&format!("/admin/drafts/{draft}"))) { "看这份草稿" } }
        },
        Outcome::Unpublished(error) => match &**error {
            Unpublished::Worse { draft, .. } if who.role() >= Role::Owner => {
                insist(console, who, *draft)
            }
            Unpublished::Worse { draft, .. } => html! {
                p { a href=(console.path(&format!("/admin/drafts/{draft}"))) { "看这份草稿" } }
            },
            _ => html! {},
        },
        _ => html! {},
    }
}

/// An owner lets a draft go live for a reason, though answers are worse.
pub(super) fn insist(console: &Console, who: &Who, draft: i64) -> Markup {
    html! {
        form.stack method="post" action=(console.path("/admin/do")) {
            (token(who))
            input type="hidden" name="command" value={ "/confirm " (draft) };
            p { (wording::SAVED_AS_DRAFT) }
            label { (wording::REASON) input name="rest" required maxlength="200"; }
            button.quiet type="submit" { (wording::INSIST) }
        }
    }
}

/// A button that gives a command.
pub(super) fn act(console: &Console, who: &Who, command: &str, label: &str, main: bool) -> Markup {
    let class = if main { "button" } else { "quiet" };
    html! {
        form method="post" action=(console.path("/admin/do")) {
            (token(who))
            input type="hidden" name="command" value=(command);
            button class=(class) type="submit" { (label) }
        }
    }
}
