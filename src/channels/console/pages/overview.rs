//! The overview: what is live, what waits, and how much was asked.

use axum::extract::{Query, State};
use maud::{Markup, html};

use super::{
    act::ask,
    figures::{self, Filter},
};
use crate::{
    admin::{Command, Outcome},
    channels::{
        console::{
            layout::{self, Page},
            state::Shared,
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::{cause, clock},
    },
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
    Query(filter): Query<Filter>,
) -> Result<Markup, Trouble> {
    let Outcome::State(state) = ask(&console, &who, Command::Corpus).await? else {
        return Err(Trouble::NoStore);
    };
    let (figures, places) = figures::read(&console, &who, filter.chosen(&who)).await?;
    let service = console.service.state();
    let content = html! {
        section.card {
            h2 { "现在回答用的内容" }
            @match &state.edition {
                Some(edition) => {
                    p { a href=(console.path(&format!("/admin/editions/{}", edition.number))) { "第 " (edition.number) " 版" }
                        "，" (clock(edition.made_at)) "，" (edition.author) "，" (cause(&edition.cause)) }
                }
                None => { p { "还没有存入数据库。" } }
            }
            p { (state.documents) " 份文件，" (state.passages) " 段。" }
            @if !state.errors.is_empty() {
                p.warning { "文件夹里有错误的文件，没有采用：" (state.errors.join("、")) }
            }
            @if state.drafts > 0 {
                p { a href=(console.path("/admin/editions")) { (state.drafts) " 份草稿等待处理" } }
            }
            @if let Some(records) = service.records { @if records.failing {
                p.warning { "数据库现在不能写入，新的提问没有记下来。" }
            } }
        }
        @if !who.alerts.is_empty() {
            section.card #alerts {
                h2 { "最近一天的提醒" }
                ul.list { @for alert in &who.alerts { li { (clock(alert.at)) "　" (alert.text) } } }
            }
        }
        (figures::show(&console, &who, &figures, &places))
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Overview,
        wording::OVERVIEW,
        &content,
    ))
}
