//! Who has which role, keys of the HTTP endpoints, sessions.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use wenzheng_store::{Session, Token};

use super::act::{ask, carry_out};
use crate::{
    admin::{Command, GrantedBy, Member, Outcome},
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
    staff::Role,
};

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    who.needs(Role::Owner)?;
    let (Outcome::People(members), Outcome::Tokens(tokens)) = (
        ask(&console, &who, Command::People).await?,
        ask(&console, &who, Command::Tokens).await?,
    ) else {
        return Err(Trouble::NoStore);
    };
    let by = who.actor().clone();
    let sessions = console
        .service
        .with_office(move |office| office.sessions(&by))
        .await?;
    let sessions = sessions.ok_or(Trouble::NoStore)?;
    let content = html! {
        (people(&console, &who, &members))
        (open_sessions(&console, &who, &sessions))
        (keys(&console, &who, &tokens))
    };
    Ok(layout::page(
        &console,
        &who,
        Page::People,
        wording::PEOPLE,
        &content,
    ))
}

fn people(console: &Console, who: &Who, members: &[Member]) -> Markup {
    html! {
        section.card {
            h2 { "人员" }
            table {
                thead { tr { th { "姓名" } th { "角色" } th { "地方" } th { "渠道" } th { "操作" } } }
                tbody {
                    @for (index, member) in members.iter().enumerate() {
                        tr {
                            td { (member.name) }
                            td { (member.grant.role.called()) }
                            td { @if member.grant.places.is_empty() { "所有地方" } @else { (member.grant.places.join("、")) } }
                            td { (member.channel) }
                            td {
                                @match member.by {
                                    GrantedBy::Settings => { "写在设置文件里" }
                                    GrantedBy::Owner => { (act(console, who, &format!("/revoke {}", index + 1), "收回权限", false)) }
                                }
                            }
                        }
                    }
                }
            }
            h3 { "邀请" }
            form.row method="post" action=(console.path("/admin/people")) {
                (token(who))
                input type="hidden" name="what" value="invite";
                label { "姓名 " input name="name" required maxlength="30" pattern="\\S+"; }
                label { "角色 " (roles()) }
                label { "只管这些地方（空格隔开，可不填） " input name="places" maxlength="200"; }
                button.button type="submit" { "生成邀请码" }
            }
        }
    }
}

fn roles() -> Markup {
    html! {
        select name="role" {
            @for role in [Role::Viewer, Role::Editor, Role::Owner] {
                option value=(role.name()) { (role.called()) }
            }
        }
    }
}

pub(super) fn open_sessions(console: &Console, who: &Who, sessions: &[Session]) -> Markup {
    html! {
        section.card {
            h2 { "正在登录" }
            table {
                thead { tr { th { "姓名" } th { "设备" } th { "登录时间" } th { "最近使用" } th { "操作" } } }
                tbody {
                    @for session in sessions {
                        tr {
                            td { (session.name) @if session.id == who.signed_in.session.id { "（本次）" } }
                            td { (session.device) }
                            td { (clock(session.made_at)) }
                            td { (clock(session.used_at)) }
                            td {
                                form method="post" action=(console.path("/admin/me")) {
                                    (token(who))
                                    input type="hidden" name="what" value="end";
                                    input type="hidden" name="session" value=(session.id);
                                    button.quiet type="submit" { "退出" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn keys(console: &Console, who: &Who, tokens: &[Token]) -> Markup {
    html! {
        section.card {
            h2 { "接口令牌" }
            @if !tokens.is_empty() {
                table {
                    thead { tr { th { "编号" } th { "用途" } th { "角色" } th { "到期" } th { "最近使用" } th { "操作" } } }
                    tbody {
                        @for key in tokens {
                            tr {
                                td { (key.id) }
                                td { (key.name) }
                                td { (Role::parse(&key.role).map_or("", Role::called)) }
                                td { (clock(key.expires_at)) }
                                td { (key.used_at.map(clock).unwrap_or_default()) }
                                td {
                                    @match key.revoked_at {
                                        Some(_) => { "已收回" }
                                        None => { (act(console, who, &format!("/token 收回 {}", key.id), "收回", false)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            form.row method="post" action=(console.path("/admin/people")) {
                (token(who))
                input type="hidden" name="what" value="token";
                label { "用途 " input name="name" required maxlength="30" pattern="\\S+"; }
                label { "角色 " (roles()) }
                label { "有效天数 " input name="days" type="number" min="1" max="3650" value="90" required; }
                label { "只管这些地方（可不填） " input name="places" maxlength="200"; }
                button.button type="submit" { "生成令牌" }
            }
        }
    }
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    what: String,
    name: String,
    role: String,
    #[serde(default)]
    places: String,
    #[serde(default)]
    days: String,
}

pub(in crate::channels::console) async fn change(
    State(console): Shared,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let role = Role::parse(&form.role).ok_or(Trouble::Unreadable)?;
    let name = form.name.trim().to_owned();
    let places = form.places.split_whitespace().map(str::to_owned).collect();
    if name.is_empty() {
        return Err(Trouble::Unreadable);
    }
    let command = match form.what.as_str() {
        "invite" => Command::Invite { role, name, places },
        "token" => {
            let days = form.days.trim().parse().ok().filter(|days| *days > 0);
            let days = days.ok_or(Trouble::Unreadable)?;
            Command::Token {
                name,
                role,
                places,
                days,
            }
        }
        _ => return Err(Trouble::Unreadable),
    };
    carry_out(&console, &who, command, Page::People).await
}
