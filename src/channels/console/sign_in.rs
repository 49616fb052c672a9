//! Signing in and out.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use axum::{
    extract::{Form, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    layout,
    sent::{Sent, is_ours},
    session::cookie,
    state::{Console, Shared},
    trouble::Trouble,
    wording,
};
use crate::{
    admin::{Offered, PasswordTry},
    channels::client::Client,
};

/// Tries to sign in that may wait for a place; further ones are told to try again.
const WAITING: usize = 100;

/// What is typed to sign in.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// Nothing.
#[derive(Deserialize)]
pub(super) struct Empty {}

/// `GET /admin/sign-in`
pub(super) async fn form(State(console): Shared, client: Client) -> Response {
    if !may_sign_in(&console, &client) {
        return insecure();
    }
    layout::bare_with(
        &console,
        wording::SIGN_IN,
        &password_form(&console, "", false, ""),
    )
    .into_response()
}

/// `POST /admin/sign-in`
pub(super) async fn by_password(
    State(console): Shared,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    if !may_sign_in(&console, &client) {
        return insecure();
    }
    if !is_ours(&headers, &console) {
        return Trouble::Forged.into_response();
    }
    match try_password(&console, &client, &headers, &typed).await {
        Ok(PasswordTry::In(secret, _)) => let_in(&console, &secret),
        Ok(PasswordTry::Wrong) => again(
            &console,
            StatusCode::FORBIDDEN,
            &typed,
            false,
            wording::WRONG,
        ),
        Ok(PasswordTry::NeedsCode) => {
            again(&console, StatusCode::OK, &typed, true, wording::NEEDS_CODE)
        }
        Ok(PasswordTry::Wait(left)) => {
            let seconds = left.as_secs() + 1;
            let told = wording::wait(seconds);
            let mut response = again(
                &console,
                StatusCode::TOO_MANY_REQUESTS,
                &typed,
                false,
                &told,
            );
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
            response
        }
        Err(trouble) => trouble.into_response(),
    }
}

async fn try_password(
    console: &Arc<Console>,
    client: &Client,
    headers: &HeaderMap,
    typed: &Typed,
) -> Result<PasswordTry, Trouble> {
    let busy = Trouble::Refused(crate::service::Refusal::Busy);
    if console.waiting.fetch_add(1, Relaxed) >= WAITING {
        console.waiting.fetch_sub(1, Relaxed);
        return Err(busy);
    }
    let pause = pause(console, client, &typed.name).await;
    if let Ok(pause) = pause {
        tokio::time::sleep(pause).await;
    }
    let place = console.passwords.acquire().await;
    console.waiting.fetch_sub(1, Relaxed);
    let _place = place.map_err(|_| busy)?;
    if let Err(left) = pause {
        return left.map(PasswordTry::Wait);
    }
    let (name, password, code) = (
        typed.name.clone(),
        typed.password.clone(),
        typed.code.clone(),
    );
    let (address, device) = (client.account().to_owned(), device(headers));
    let tried = console
        .service
        .with_office(move |office| office.sign_in(&name, &password, &code, &address, &device));
    tried.await?.ok_or(Trouble::NoStore)
}

/// How long the try is to take; an error is the time to wait before it, or why nobody can tell.
async fn pause(
    console: &Console,
    client: &Client,
    name: &str,
) -> Result<std::time::Duration, Result<std::time::Duration, Trouble>> {
    let (name, address) = (name.to_owned(), client.account().to_owned());
    let asked = console
        .service
        .with_office(move |office| Ok(office.sign_in_pause(&name, &address)));
    match asked.await {
        Ok(Some(pause)) => pause.map_err(Ok),
        Ok(None) => Err(Err(Trouble::NoStore)),
        Err(refusal) => Err(Err(refusal.into())),
    }
}

fn again(
    console: &Console,
    status: StatusCode,
    typed: &Typed,
    needs_code: bool,
    why: &str,
) -> Response {
    let form = password_form(console, &typed.name, needs_code, why);
    let mut response = layout::bare_with(console, wording::SIGN_IN, &form).into_response();
    *response.status_mut() = status;
    response
}

fn password_form(console: &Console, name: &str, needs_code: bool, why: &str) -> Markup {
    html! {
        form.stack method="post" action=(console.path("/admin/sign-in")) autocomplete="on" {
            @if !why.is_empty() { p.told role="alert" { (why) } }
            label { (wording::NAME)
                input name="name" value=(name) autocomplete="username" required maxlength="60" autofocus[name.is_empty()]; }
            label { (wording::PASSWORD)
                input name="password" type="password" autocomplete="current-password" required maxlength="200" autofocus[!name.is_empty()]; }
            @if needs_code {
                label { (wording::CODE)
                    input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10"; }
            }
            button.button type="submit" { (wording::SIGN_IN) }
            p.soft { (wording::OTHER_WAYS) }
        }
    }
}

/// `GET /admin/in/{secret}`: a button. Chats fetch addresses to show what is behind them, and spend nothing.
pub(super) async fn link(
    State(console): Shared,
    client: Client,
    Path(secret): Path<String>,
) -> Response {
    if !may_sign_in(&console, &client) {
        return insecure();
    }
    let address = client.account().to_owned();
    let offered = console
        .service
        .with_office(move |office| office.offered(&secret, &address))
        .await;
    let offered = match offered {
        Ok(Some(offered)) => offered,
        Ok(None) => return Trouble::NoStore.into_response(),
        Err(refusal) => return Trouble::from(refusal).into_response(),
    };
    let Some(offered) = offered else {
        let mut response = layout::bare(wording::LINK_GONE, "").into_response();
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let told = match &offered {
        Offered::SignIn(name) => wording::sign_in_as(name),
        Offered::Join { name, role, places } => wording::join_as(name, *role, places),
    };
    let content = html! {
        // Without an address: back to the one it stands at.
        form.stack method="post" {
            p { (told) }
            button.button type="submit" { (wording::ENTER) }
        }
    };
    layout::bare_with(&console, wording::SIGN_IN, &content).into_response()
}

/// `POST /admin/in/{secret}`: spends the link.
pub(super) async fn by_link(
    State(console): Shared,
    client: Client,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Response {
    if !may_sign_in(&console, &client) {
        return insecure();
    }
    if !is_ours(&headers, &console) {
        return Trouble::Forged.into_response();
    }
    let (address, device) = (client.account().to_owned(), device(&headers));
    let spent = console
        .service
        .with_office(move |office| office.sign_in_by_link(&secret, &address, &device))
        .await;
    match spent {
        Ok(Some(Some((secret, _)))) => let_in(&console, &secret),
        Ok(Some(None)) => {
            let mut response = layout::bare(wording::LINK_GONE, "").into_response();
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        Ok(None) => Trouble::NoStore.into_response(),
        Err(refusal) => Trouble::from(refusal).into_response(),
    }
}

/// `POST /admin/out`
pub(super) async fn out(State(console): Shared, sent: Sent<Empty>) -> Response {
    let Sent { who, .. } = sent;
    let ended = console.service.with_office(move |office| {
        let id = who.signed_in.session.id.clone();
        office.end_session(&id, who.actor())
    });
    if let Err(refusal) = ended.await {
        return Trouble::from(refusal).into_response();
    }
    let mut response = Redirect::to(&console.path("/admin/sign-in")).into_response();
    response
        .headers_mut()
        .insert(header::SET_COOKIE, cookie(&console, None));
    response
}

/// To the overview, with a new session: one that the browser had is not gone on with.
fn let_in(console: &Console, secret: &str) -> Response {
    let mut response = Redirect::to(&console.path("/admin")).into_response();
    response
        .headers_mut()
        .insert(header::SET_COOKIE, cookie(console, Some(secret)));
    response
}

/// True where nobody on the way can read along: encrypted, from this machine, or because the settings say
/// that it may be read.
fn may_sign_in(console: &Console, client: &Client) -> bool {
    let is_near = client.ip().is_some_and(|ip| ip.is_loopback());
    console.is_encrypted() || is_near || console.settings.plain_http
}

fn insecure() -> Response {
    let mut response = layout::bare(wording::INSECURE, "").into_response();
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

/// The browser in a few words: what it calls itself, without versions.
fn device(headers: &HeaderMap) -> String {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let agent = agent.unwrap_or_default();
    let known = |names: &[(&str, &'static str)]| {
        let mut names = names.iter();
        names
            .find(|(sign, _)| agent.contains(sign))
            .map(|(_, name)| *name)
    };
    let browser = known(&[
        ("MicroMessenger", "微信"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = known(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    let words: Vec<&str> = [browser, system].into_iter().flatten().collect();
    words.join("，")
}
