//! The documents that answers are made from.

use axum::extract::{Path, State};
use maud::{Markup, html};

use crate::{
    channels::console::{
        layout::{self, Page},
        outcome::act,
        state::Shared,
        trouble::Trouble,
        who::Who,
        wording,
    },
    corpus::DocumentId,
    service::Refusal,
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    let snapshot = console.service.state().snapshot;
    let documents = snapshot.library().documents();
    let content = html! {
        p { (documents.len()) " 份文件。" @if who.role() >= Role::Editor { a href=(console.path("/admin/import")) { "导入新的文件" } } }
        table {
            thead { tr { th { "题目" } th { "地方" } th { "年份" } th { "段数" } } }
            tbody {
                @for document in documents {
                    tr {
                        td { a href=(console.path(&format!("/admin/documents/{}", document.id.0))) { (document.meta.title) } }
                        td { (document.meta.place) }
                        td { @if let Some(year) = document.meta.year { (year) } }
                        td { (document.passages) }
                    }
                }
            }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Documents,
        wording::DOCUMENTS,
        &content,
    ))
}

pub(in crate::channels::console) async fn one(
    State(console): Shared,
    who: Who,
    Path(id): Path<String>,
) -> Result<Markup, Trouble> {
    let snapshot = console.service.state().snapshot;
    let library = snapshot.library();
    let document = library
        .document_by_id(&DocumentId(id))
        .ok_or(Trouble::NotFound)?;
    let passages = library.passages_of(document).map_err(|_| Refusal::Failed)?;
    let meta = &document.meta;
    let may_change = who.role() >= Role::Editor && who.actor().grant.covers(&meta.place);
    let content = html! {
        p { (meta.place) @if let Some(year) = meta.year { "，" (year) "年" } "，" (passages.len()) " 段。"
            a href=(console.path(&format!("/report/{}", document.id.0))) { "看公开的页面" } }
        @if may_change {
            section.card {
                h2 { "修改" }
                p { "要换成新的文字，请" a href=(console.path("/admin/import")) { "导入" } "改好的文件；题目、地方和年份相同时，会换掉这一份。" }
                (act(&console, &who, &format!("/remove {}", document.id.0), "删去这份文件", false))
            }
        }
        section.card {
            h2 { "内容" }
            ol.passages {
                @for passage in &passages {
                    li {
                        p.soft { (passage.path.join(" › ")) }
                        p { (passage.text) }
                    }
                }
            }
        }
    };
    Ok(layout::page(
        &console,
        &who,
        Page::Documents,
        &meta.title,
        &content,
    ))
}
