//! How whoever is signed in signs in: password, second factor, sessions.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::{act::result, people::open_sessions};
use crate::{
    admin::{NewSecondFactor, Office, hash_password},
    channels::{
        console::{
            layout::{self, Page, token},
            sent::Sent,
            state::{Console, Shared},
            trouble::Trouble,
            who::Who,
            wording,
        },
        wording::admin::bad_password,
    },
};

/// What of a login is shown.
struct Own {
    name: Option<String>,
    has_second_factor: bool,
}

pub(in crate::channels::console) async fn page(
    State(console): Shared,
    who: Who,
) -> Result<Markup, Trouble> {
    show(&console, &who, None, "").await
}

async fn show(
    console: &Console,
    who: &Who,
    new: Option<&NewSecondFactor>,
    told: &str,
) -> Result<Markup, Trouble> {
    let by = who.actor().clone();
    let read = console.service.with_office(move |office| {
        let mut sessions = office.sessions(&by)?;
        sessions.retain(|session| session.person == by.person);
        let login = office.login_of(by.person)?;
        Ok((sessions, login))
    });
    let (sessions, login) = read.await?.ok_or(Trouble::NoStore)?;
    let own = Own {
        has_second_factor: login.as_ref().is_some_and(|login| login.totp.is_some()),
        name: login
            .filter(|login| !login.password.is_empty())
            .map(|login| login.name),
    };
    let content = html! {
        @if !told.is_empty() { p.told role="alert" { (told) } }
        (password(console, who, &own))
        @if own.name.is_some() { (second_factor(console, who, &own, new)) }
        (open_sessions(console, who, &sessions))
    };
    Ok(layout::page(console, who, Page::Me, wording::ME, &content))
}

fn password(console: &Console, who: &Who, own: &Own) -> Markup {
    html! {
        section.card {
            h2 { "密码" }
            @match &own.name {
                Some(name) => { p { "您可以用用户名“" (name) "”和密码登录。" } }
                None => { p { "还没有设置密码：现在只能用一次性链接登录。" } }
            }
            form.stack method="post" action=(console.path("/admin/me")) {
                (token(who))
                input type="hidden" name="what" value="password";
                @if own.name.is_some() {
                    label { "现在的密码" input name="old" type="password" autocomplete="current-password" required maxlength="200"; }
                }
                label { "新密码（至少 10 个字符）" input name="new" type="password" autocomplete="new-password" required minlength="10" maxlength="200"; }
                label { "再输入一次" input name="again" type="password" autocomplete="new-password" required maxlength="200"; }
                button.button type="submit" { "保存密码" }
                p.soft { "保存后，所有设备都要重新登录。" }
            }
        }
    }
}

fn second_factor(console: &Console, who: &Who, own: &Own, new: Option<&NewSecondFactor>) -> Markup {
    html! {
        section.card {
            h2 { "动态码" }
            @if let Some(new) = new {
                p { "请在手机的验证器（如微软身份验证器、FreeOTP）里添加账号，选择“手动输入”，密钥是：" }
                p { code.secret { (new.typed) } }
                p { a href=(new.address) { "在本机的验证器里打开" } }
                form.row method="post" action=(console.path("/admin/me")) {
                    (token(who))
                    input type="hidden" name="what" value="second_factor";
                    input type="hidden" name="new" value=(new.typed);
                    label { "验证器显示的 6 位数 " input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10"; }
                    button.button type="submit" { "启用" }
                }
            } @else if own.has_second_factor {
                p { "登录时还要输入手机验证器里的 6 位数。" }
                form.row method="post" action=(console.path("/admin/me")) {
                    (token(who))
                    input type="hidden" name="what" value="no_second_factor";
                    label { "现在的密码 " input name="old" type="password" autocomplete="current-password" required maxlength="200"; }
                    button.quiet type="submit" { "停用" }
                }
            } @else {
                p { "没有启用。启用后，光知道密码也登录不了。" }
                form method="post" action=(console.path("/admin/me")) {
                    (token(who))
                    input type="hidden" name="what" value="new_second_factor";
                    button.quiet type="submit" { "启用动态码" }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub(in crate::channels::console) struct Typed {
    what: String,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    session: String,
}

pub(in crate::channels::console) async fn change(
    State(console): Shared,
    sent: Sent<Typed>,
) -> Result<Markup, Trouble> {
    let Sent { who, form } = sent;
    let by = who.actor().clone();
    let outcome = match form.what.as_str() {
        "end" => {
            let ended = move |office: &Office| office.end_session(&form.session, &by);
            console.service.with_office(ended).await?
        }
        "new_second_factor" => {
            let new = Office::new_second_factor(&by.name);
            let new = new.map_err(|_| Trouble::NoStore)?;
            return show(&console, &who, Some(&new), "").await;
        }
        "second_factor" => {
            let set = move |office: &Office| {
                office.set_second_factor(by.person, Some(&form.new), &form.code, &by)
            };
            console.service.with_office(set).await?
        }
        "password" | "no_second_factor" => {
            let _place = console.passwords.acquire().await;
            let Some(told) = with_password(&console, &who, form).await? else {
                return show(&console, &who, None, "现在的密码不对，什么都没有改动。").await;
            };
            match told {
                Ok(outcome) => Some(outcome),
                Err(bad) => return show(&console, &who, None, &bad).await,
            }
        }
        _ => return Err(Trouble::Unreadable),
    };
    let outcome = outcome.ok_or(Trouble::NoStore)?;
    Ok(result(&console, &who, &outcome, Page::Me))
}

/// Does what takes the present password, or says what is wrong with the new one; `None` when the present one
/// is wrong.
async fn with_password(
    console: &Console,
    who: &Who,
    form: Typed,
) -> Result<Option<Result<crate::admin::Outcome, String>>, Trouble> {
    let by = who.actor().clone();
    let done = console.service.with_office(move |office| {
        if !office.knows_password(by.person, &form.old)? {
            return Ok(None);
        }
        if form.what == "no_second_factor" {
            return office
                .set_second_factor(by.person, None, "", &by)
                .map(Ok)
                .map(Some);
        }
        if form.new != form.again {
            return Ok(Some(Err("两次输入的新密码不一样，没有改动。".to_owned())));
        }
        match hash_password(&by.name, &form.new) {
            Ok(hash) => office.set_password(by.person, &hash, &by).map(Ok).map(Some),
            Err(bad) => Ok(Some(Err(bad_password(bad)))),
        }
    });
    done.await?.ok_or(Trouble::NoStore)
}
