//! The cookie of a browser, and whose it is.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use cookie::{Cookie, SameSite, time::Duration};

use super::{layout, state::Console, trouble::Trouble, who::Who};
use crate::{admin::WHOLE, staff::Role};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The name of the cookie.
const COOKIE: &str = "wenzheng_console";

/// The secret of the session that a browser has.
pub(super) fn secret(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let cookies = cookies.filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(Cookie::split_parse).flatten();
    let own = cookies.find(|cookie| cookie.name() == COOKIE)?;
    Some(own.value().to_owned())
}

/// The header that gives a browser its session, or takes it away.
pub(super) fn cookie(console: &Console, secret: Option<&str>) -> HeaderValue {
    let path = console.path("/admin");
    let lifetime = match secret {
        Some(_) => Duration::milliseconds(WHOLE),
        None => Duration::ZERO,
    };
    let cookie = Cookie::build((COOKIE, secret.unwrap_or_default()))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(console.is_encrypted())
        .path(path)
        .max_age(lifetime)
        .build();
    // Letters, digits and a path of plain characters.
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

impl FromRequestParts<Arc<Console>> for Who {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        console: &Arc<Console>,
    ) -> Result<Self, Response> {
        let Some(secret) = secret(&parts.headers) else {
            return Err(nobody(console, parts));
        };
        let found = console.service.with_office(move |office| {
            let found = office.signed_in(&secret)?;
            let Some(signed_in) = found else {
                return Ok(None);
            };
            let alerts = match signed_in.actor.grant.role {
                Role::Owner => office.newest_alerts(DAY)?,
                _ => Vec::new(),
            };
            Ok(Some(Self {
                signed_in,
                token: office.form_token(&secret),
                alerts,
            }))
        });
        match found.await {
            Ok(Some(Some(who))) => Ok(who),
            Ok(Some(None)) => Err(nobody(console, parts)),
            Ok(None) => Err(Trouble::NoStore.into_response()),
            Err(refusal) => Err(Trouble::from(refusal).into_response()),
        }
    }
}

/// What a browser without a session is shown. One that comes from another site does not send its cookie: a
/// page that asks again from here lets it.
fn nobody(console: &Console, parts: &Parts) -> Response {
    let site = parts.headers.get("sec-fetch-site");
    let is_elsewhere = site.is_some_and(|site| site == "cross-site");
    if is_elsewhere && parts.method == axum::http::Method::GET {
        return layout::once_more(console, parts.uri.path_and_query()).into_response();
    }
    Redirect::to(&console.path("/admin/sign-in")).into_response()
}
