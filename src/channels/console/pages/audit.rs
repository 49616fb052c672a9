//! The audit.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use maud::{Markup, html};
use serde::Deserialize;
use wenzheng_store::{AuditFilter, Recorded};

use super::{
    act::ask,
    filter::{self, Unclear},
};
use crate::{
    admin::{Command, Outcome},
    channels::{
        console::{
            layout::{self, Page},
            outcome::act,
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::{cause, clock, ended, origin},
    },
    staff::Role,
};

/// The roles in which something is done, or tried.
const ROLES: [Role; 4] = [Role::Owner, Role::Editor, Role::Viewer, Role::Resident];

/// Which rows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::channels::console) struct Shown {
    person: String,
    role: String,
    place: String,
    from: String,
    until: String,
    before: String,
}

impl Shown {
    fn filter(&self) -> Result<AuditFilter, Unclear> {
        let (from, until) = filter::days(&self.from, &self.until)?;
        let is_role = self.role.is_empty() || ROLES.iter().any(|role| role.name() == self.role);
        if !is_role {
            return Err(wording::NO_ROLE);
        }
        Ok(AuditFilter {
            actor: self.person.clone(),
            role: self.role.clone(),
            place: self.place.clone(),
            from,
            until,
            before: filter::number(&self.before)?,
        })
    }

    /// The address of the rows before `seq`, chosen alike.
    fn before(&self, console: &Console, seq: i64) -> String {
        let seq = seq.to_string();
        let chosen = [
            ("person", &*self.person),
            ("role", &*self.role),
            ("place", &*self.place),
            ("from", &*self.from),
            ("until", &*self.until),
            ("before", &*seq),
        ];
        filter::address(console, "/admin/audit", &chosen)
    }
}

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
    shown: Result<Query<Shown>, QueryRejection>,
) -> Result<(StatusCode, Markup), Trouble> {
    who.needs(Role::Owner)?;
    let Query(shown) = shown.map_err(|_| Trouble::Unfiltered)?;
    let by = who.actor().clone();
    let names = console
        .service
        .with_office(move |office| Ok((office.audited()?, office.places(&by))));
    let (people, places) = names.await?.ok_or(Trouble::NoStore)?;
    let (status, list) = match shown.filter() {
        Ok(filter) => {
            let Outcome::Audit(rows) = ask(&console, &who, Command::Audit(filter)).await? else {
                return Err(Trouble::NoStore);
            };
            (StatusCode::OK, list(&console, &shown, &rows))
        }
        Err(unclear) => {
            let told = html! { p.warning role="alert" { (unclear) } };
            (StatusCode::BAD_REQUEST, told)
        }
    };
    let content = html! {
        p { "谁在什么时候做过什么。记录不能修改；每一条都和前一条用校验码连着。" }
        (act(&console, &who, "/audit 检查", "检查记录是否完整", false))
        (form(&console, &shown, &people, &places))
        (list)
    };
    let page = layout::page(&console, &who, Page::Audit, wording::AUDIT, &content);
    Ok((status, page))
}

fn form(console: &Console, shown: &Shown, people: &[String], places: &[String]) -> Markup {
    html! {
        form.row.filters method="get" action=(console.path("/admin/audit")) {
            (filter::names("person", "谁", "所有人", people, &shown.person))
            label { "角色 "
                select name="role" {
                    option value="" selected[shown.role.is_empty()] { "所有角色" }
                    @for role in ROLES {
                        option value=(role.name()) selected[shown.role == role.name()] { (role.called()) }
                    }
                }
            }
            (filter::names("place", "只管这个地方的人", "不限", places, &shown.place))
            (filter::from_until(&shown.from, &shown.until))
            button.button type="submit" { "查看" }
            a href=(console.path("/admin/audit")) { "全部记录" }
        }
    }
}

fn list(console: &Console, shown: &Shown, rows: &[Recorded]) -> Markup {
    html! {
        @if rows.is_empty() { p { "没有这样的记录。" } } @else {
            table {
                thead { tr { th { "序号" } th { "时间" } th { "谁" } th { "从哪里" } th { "做了什么" } th { "原来" } th { "现在" } } }
                tbody { @for row in rows { (line(row)) } }
            }
        }
        @if let Some(last) = rows.last() {
            @if last.seq > 1 { p { a href=(shown.before(console, last.seq)) { "更早的记录" } } }
        }
    }
}

fn line(row: &Recorded) -> Markup {
    let entry = &row.entry;
    let role = ROLES.iter().find(|role| role.name() == entry.role);
    html! {
        tr {
            td { (row.seq) }
            td { (clock(row.at)) }
            td { (entry.actor)
                @if let Some(role) = role {
                    p.soft { (role.called()) @if !entry.places.is_empty() { "，" (entry.places) } }
                }
            }
            td { (origin(&entry.origin)) }
            td { (cause(&entry.act)) @if let Some(ended) = ended(&entry.outcome) { "（" (ended) "）" } }
            td { (entry.before) }
            td { (entry.after) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_or_it_is_told_why_not() {
        let shown = Shown {
            role: "editor".into(),
            until: "2026-11-30".into(),
            before: "40".into(),
            ..Shown::default()
        };
        let filter = shown.filter().expect("it is clear");
        assert_eq!((filter.role.as_str(), filter.before), ("editor", Some(40)));
        assert!(filter.from.is_none() && filter.until.is_some());
        let other = |role: &str, before: &str| Shown {
            role: role.into(),
            before: before.into(),
            ..Shown::default()
        };
        assert_eq!(other("king", "").filter(), Err(wording::NO_ROLE));
        assert_eq!(other("", "x").filter(), Err(wording::NO_PAGE));
    }
}
