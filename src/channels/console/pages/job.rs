//! A job: how far it is, and what became of it.

use axum::extract::{Path, State};
use maud::{Markup, html};

use super::act::ask;
use crate::{
    admin::{Command, Outcome},
    channels::{
        console::{
            layout::{self, Page},
            outcome::act,
            state::Shared,
            trouble::Trouble,
            who::Who,
        },
        wording::admin::{cause, clock, job_state},
    },
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
    Path(number): Path<i64>,
) -> Result<Markup, Trouble> {
    let Outcome::Jobs(jobs) = ask(&console, &who, Command::Jobs).await? else {
        return Err(Trouble::NoStore);
    };
    let job = jobs.into_iter().find(|listed| listed.job.number == number);
    let job = job.ok_or(Trouble::NotFound)?;
    let is_over = job.job.ended_at.is_some();
    let here = console.path(&format!("/admin/jobs/{number}"));
    let content = html! {
        // The script asks again while this is there.
        div data-poll=[(!is_over).then_some(&here)] aria-live="polite" {
            p { (job.job.author_name) "，" (clock(job.job.made_at)) "：" (cause(&job.job.kind)) }
            p { strong { (job_state(&job)) } }
            @if job.job.whole > 0 && !is_over {
                progress max=(job.job.whole) value=(job.job.done) aria-label="进度" {}
            }
            @if is_over {
                div.told { @for paragraph in job.job.result.split("\n\n") { p.lines { (paragraph) } } }
            } @else {
                div.row {
                    a.quiet href=(here) { "刷新" }
                    @if who.role() >= Role::Editor { (act(&console, &who, &format!("/cancel 任务 {number}"), "停止", false)) }
                }
            }
        }
        p { a href=(console.path("/admin/editions")) { "看全部版本" } }
    };
    let title = format!("任务 {number}");
    Ok(layout::page(
        &console,
        &who,
        Page::Editions,
        &title,
        &content,
    ))
}
