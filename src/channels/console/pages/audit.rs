//! The audit.

use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    admin::{Command, Outcome},
    channels::{
        console::{
            layout::{self, Page},
            outcome::act,
            state::Shared,
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::{cause, clock},
    },
    staff::Role,
};

/// Which rows.
#[derive(Deserialize)]
pub(in crate::channels::console) struct Shown {
    #[serde(default)]
    before: Option<i64>,
}

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
    Query(shown): Query<Shown>,
) -> Result<Markup, Trouble> {
    who.needs(Role::Owner)?;
    let listed = console
        .service
        .administer(Command::Audit(shown.before), who.actor().clone())
        .await?;
    let Outcome::Audit(rows) = listed else {
        return Err(Trouble::NoStore);
    };
    let content = html! {
        p { "谁在什么时候做过什么。记录不能修改；每一条都和前一条用校验码连着。" }
        (act(&console, &who, "/audit 检查", "检查记录是否完整", false))
        table {
            thead { tr { th { "序号" } th { "时间" } th { "谁" } th { "从哪里" } th { "做了什么" } th { "原来" } th { "现在" } } }
            tbody {
                @for row in &rows {
                    tr {
                        td { (row.seq) }
                        td { (clock(row.at)) }
                        td { (row.entry.actor) }
                        td { (row.entry.origin) }
                        td { (cause(&row.entry.act)) @if row.entry.outcome != "done" { "（" (row.entry.outcome) "）" } }
                        td { (row.entry.before) }
                        td { (row.entry.after) }
                    }
                }
            }
        }
        @if let Some(last) = rows.last() {
            @if last.seq > 1 { p { a href=(console.path(&format!("/admin/audit?before={}", last.seq))) { "更早的记录" } } }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Audit,
        wording::AUDIT,
        &content,
    ))
}
