//! Forms that people send: from a page of ours, by whoever is signed in.

use std::sync::Arc;

use axum::{
    extract::{Form, FromRequest, FromRequestParts as _, Request},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, de::DeserializeOwned};
use subtle::ConstantTimeEq as _;

use super::{state::Console, trouble::Trouble, who::Who};

/// What a form says, and who sent it.
pub(super) struct Sent<T> {
    pub(super) who: Who,
    pub(super) form: T,
}

/// The token that every form carries.
#[derive(Deserialize)]
struct Tokened<T> {
    #[serde(default)]
    token: String,
    #[serde(flatten)]
    form: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<Console>> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, console: &Arc<Console>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let who = Who::from_request_parts(&mut parts, console).await?;
        if !is_ours(&parts.headers, console) {
            return Err(Trouble::Forged.into_response());
        }
        let request = Request::from_parts(parts, body);
        let read = Form::<Tokened<T>>::from_request(request, console).await;
        let Ok(Form(Tokened { token, form })) = read else {
            return Err(Trouble::Unreadable.into_response());
        };
        if !is_token(&token, &who) {
            return Err(Trouble::Forged.into_response());
        }
        Ok(Self { who, form })
    }
}

/// True when `token` is that of the forms of this session.
pub(super) fn is_token(token: &str, who: &Who) -> bool {
    token.as_bytes().ct_eq(who.token.as_bytes()).into()
}

/// True when a browser says that the request comes from a page of this site.
pub(super) fn is_ours(headers: &HeaderMap, console: &Console) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else {
        return false;
    };
    let public = console.settings.deployment.public_url.as_deref();
    let public = public.map(|url| {
        url.strip_suffix(console.settings.deployment.prefix())
            .unwrap_or(url)
    });
    if public == Some(origin) {
        return true;
    }
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let sent_from = origin.split_once("://").map(|(_, host)| host);
    !host.is_empty() && sent_from == Some(host)
}
