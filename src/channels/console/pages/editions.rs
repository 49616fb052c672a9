//! Editions and drafts: what changed, who did it, and how it is taken back.

use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use wenzheng_store::{Draft, EditionRecord};

use super::act::ask;
use crate::{
    admin::{Command, Outcome},
    channels::{
        console::{
            layout::{self, Page},
            outcome::{act, insist},
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::{cause, clock, draft_state, job_state},
    },
    editions::Diff,
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    let (Outcome::Editions(editions), Outcome::Drafts(drafts), Outcome::Jobs(jobs)) = (
        ask(&console, &who, Command::Editions).await?,
        ask(&console, &who, Command::Drafts).await?,
        ask(&console, &who, Command::Jobs).await?,
    ) else {
        return Err(Trouble::NoStore);
    };
    let content = html! {
        @if !drafts.is_empty() {
            section.card {
                h2 { "等待处理的草稿" }
                ul.list { @for draft in &drafts { li { (draft_line(&console, draft)) } } }
            }
        }
        section.card {
            h2 { "各版" }
            table {
                thead { tr { th { "版" } th { "时间" } th { "谁" } th { "做了什么" } } }
                tbody {
                    @for edition in &editions {
                        tr {
                            td { a href=(console.path(&format!("/admin/editions/{}", edition.number))) { "第 " (edition.number) " 版" } }
                            td { (clock(edition.made_at)) }
                            td { (edition.author) }
                            td { (cause(&edition.cause)) "：" (edition.note) }
                        }
                    }
                }
            }
            @if editions.is_empty() { p { "还没有版本。" } }
        }
        section.card {
            h2 { "任务" }
            ul.list {
                @for listed in &jobs {
                    li { a href=(console.path(&format!("/admin/jobs/{}", listed.job.number))) { "任务 " (listed.job.number) }
                        "　" (clock(listed.job.made_at)) "　" (listed.job.author_name) "　" (cause(&listed.job.kind)) "：" (job_state(listed)) }
                }
            }
            @if jobs.is_empty() { p { "没有任务。" } }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Editions,
        wording::EDITIONS,
        &content,
    ))
}

fn draft_line(console: &Console, draft: &Draft) -> Markup {
    html! {
        a href=(console.path(&format!("/admin/drafts/{}", draft.number))) { "草稿 " (draft.number) }
        "　" (clock(draft.made_at)) "　" (draft.author_name) "：" (draft.note) "（" (draft_state(draft)) "）"
    }
}

/// Which edition another is compared with.
#[derive(Deserialize)]
pub(in crate::channels::console) struct Against {
    #[serde(default)]
    with: Option<i64>,
}

/// An edition: what it changed, or how it differs from another.
pub(in crate::channels::console) async fn one(
    State(console): Shared,
    who: Who,
    Path(number): Path<i64>,
    Query(against): Query<Against>,
) -> Result<Markup, Trouble> {
    let Outcome::Editions(editions) = ask(&console, &who, Command::Editions).await? else {
        return Err(Trouble::NoStore);
    };
    let live = editions.first().map_or(0, |edition| edition.number);
    let edition = editions.iter().find(|edition| edition.number == number);
    let edition = edition.ok_or(Trouble::NotFound)?;
    let with = against.with.unwrap_or(number - 1);
    let diff = match ask(&console, &who, Command::Diff(with, number)).await? {
        Outcome::Differs(_, _, diff) => Some(diff),
        _ => None,
    };
    let title = format!("第 {number} 版");
    let content = html! {
        p { (clock(edition.made_at)) "，" (edition.author) "，" (cause(&edition.cause)) "：" (edition.note) }
        @if number == live { p.badge { "正在使用" } }
        section.card {
            h2 { "和第 " (with) " 版相比" }
            @match &diff {
                Some(diff) => { (differences(diff)) }
                None => { p { "没有可以比较的那一版（只保存最近 50 版）。" } }
            }
            (compare(&console, number, with, &editions))
        }
        @if who.role() >= Role::Editor {
            section.card {
                h2 { "恢复" }
                div.row {
                    @if number != live { (act(&console, &who, &format!("/rollback {number}"), "回到这一版的内容", true)) }
                    @if number > 1 { (act(&console, &who, &format!("/undo {number}"), "只撤销这一版的改动", false)) }
                }
                p.soft { "两种做法都会生成新的一版，原来的各版不会丢。" }
            }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Editions,
        &title,
        &content,
    ))
}

fn compare(console: &Console, number: i64, with: i64, editions: &[EditionRecord]) -> Markup {
    html! {
        form.row method="get" action=(console.path(&format!("/admin/editions/{number}"))) {
            label { "比较对象 "
                select name="with" {
                    @for other in editions.iter().filter(|other| other.number != number) {
                        option value=(other.number) selected[other.number == with] { "第 " (other.number) " 版　" (clock(other.made_at)) }
                    }
                }
            }
            button.quiet type="submit" { "比较" }
        }
    }
}

/// What differs between two editions, by kind.
pub(in crate::channels::console) fn differences(diff: &Diff) -> Markup {
    let kinds = [
        ("新增文件", &diff.added, "added"),
        ("改动文件", &diff.changed, "changed"),
        ("删去文件", &diff.removed, "removed"),
        ("新增用语", &diff.terms_added, "added"),
        ("删去用语", &diff.terms_removed, "removed"),
        ("改动的词表和设置", &diff.lists, "changed"),
    ];
    html! {
        dl.diff {
            @for (kind, names, class) in kinds {
                @if !names.is_empty() {
                    dt { (kind) "（" (names.len()) "）" }
                    @for name in names { dd class=(class) { (name) } }
                }
            }
            @if diff.passages_added + diff.passages_removed > 0 {
                dt { "段落" }
                dd { "新增 " (diff.passages_added) " 段，删去 " (diff.passages_removed) " 段" }
            }
            @for (n, one) in diff.rewritten.iter().enumerate() {
                @if n == 0 || diff.rewritten[n - 1].document != one.document {
                    dt { "《" (one.document) "》里" }
                }
                dd class=(if one.is_new { "added" } else { "removed" }) { (one.text) }
            }
        }
        @if *diff == Diff::default() { p { "内容没有不同。" } }
    }
}

/// `GET /admin/drafts/{number}`
pub(in crate::channels::console) async fn draft(
    State(console): Shared,
    who: Who,
    Path(number): Path<i64>,
) -> Result<Markup, Trouble> {
    who.needs(Role::Editor)?;
    let Outcome::Drafts(drafts) = ask(&console, &who, Command::Drafts).await? else {
        return Err(Trouble::NoStore);
    };
    let draft = drafts.iter().find(|draft| draft.number == number);
    let draft = draft.ok_or(Trouble::NotFound)?;
    let files = match ask(&console, &who, Command::Draft(number)).await? {
        Outcome::Drafted(_, files) => files,
        _ => Vec::new(),
    };
    let title = format!("草稿 {number}");
    let content = html! {
        p { (draft_line(&console, draft)) }
        section.card {
            h2 { "会改动" }
            ul.list { @for file in &files { li { (file) } } }
        }
        section.card {
            h2 { "决定" }
            div.row {
                (act(&console, &who, &format!("/confirm {number}"), wording::CONFIRM, true))
                (act(&console, &who, &format!("/cancel {number}"), wording::DROP, false))
            }
            form.row method="post" action=(console.path("/admin/do")) {
                (layout::token(&who))
                input type="hidden" name="command" value={ "/schedule " (number) };
                label { "定时生效 " input name="rest" placeholder="2027-01-08 15:00" required; }
                button.quiet type="submit" { "定时" }
            }
            p { a href=(console.path(&format!("/admin/try?draft={number}"))) { "先用这份草稿试着提问" } }
            @if who.role() >= Role::Owner { (insist(&console, &who, number)) }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Editions,
        &title,
        &content,
    ))
}
