//! The HTTP endpoint of one account: verifies the URL, decrypts pushes and encrypts replies.
//!
//! | | the address is signed | the message is signed | the message is encrypted |
//! |---|---|---|---|
//! | official account, plain | `signature` | – | – |
//! | official account, compatible | `signature` | `msg_signature` | beside the plain one |
//! | official account, safe | `signature` | `msg_signature` | yes |
//! | WeCom | – | `msg_signature` | yes |
//!
//! `signature` covers token, timestamp and nonce but not the body; `msg_signature` also covers the
//! ciphertext.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use secrecy::SecretString;
use serde::Deserialize;
use time::OffsetDateTime;
use tokio::time::{Instant, timeout};

use super::{
    crypto::{Envelope, EnvelopeError},
    dedup::{Dedup, Outcome},
    handlers::Handlers,
    push::Push,
    signature::{is_signed, sign},
    wording as words,
    xml::{self, Fields, XmlError, cdata},
};
use crate::channels::wording;

/// Maximum size of a body, in bytes. A message takes a few kilobytes.
const BODY: usize = 64 * 1024;
/// Time limit for receiving a body; WeChat sends it at once.
const SENDING: Duration = Duration::from_secs(5);
/// The response that acknowledges a push without a reply.
const SUCCESS: &str = "success";

/// How messages of an account are encrypted.
#[derive(Debug)]
pub(super) enum Protocol {
    /// Official account, 明文模式.
    Plain,
    /// Official account, 兼容模式.
    Compat(Envelope),
    /// Official account, 安全模式.
    Safe(Envelope),
    /// WeCom application.
    Wecom(Envelope),
}

/// An account and the handlers of its pushes.
#[derive(Debug)]
pub(super) struct Account {
    token: SecretString,
    protocol: Protocol,
    handlers: Arc<Handlers>,
    dedup: Dedup,
}

/// The query parameters; missing ones are empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    signature: String,
    msg_signature: String,
    timestamp: String,
    nonce: String,
    encrypt_type: String,
    echostr: String,
}

/// Why a request was rejected. The response contains only the status.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("the parameters cannot be read")]
    Unreadable,
    #[error("the signature is missing or wrong")]
    NotSigned,
    #[error("the message is not encrypted, or not for this account's mode")]
    NotSealed,
    #[error("the body is larger than 64 KiB, or broke off")]
    Body,
    #[error(transparent)]
    Xml(#[from] XmlError),
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    #[error("the message names no sender or kind")]
    NotAPush,
}

impl Refusal {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NotSigned | Self::NotSealed => StatusCode::FORBIDDEN,
            Self::Envelope(EnvelopeError::NoRandomness) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Body => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable | Self::Xml(_) | Self::Envelope(_) | Self::NotAPush => {
                StatusCode::BAD_REQUEST
            }
        }
    }
}

/// `GET`: proves to WeChat that this server knows the token.
pub(super) async fn verify(
    State(account): State<Arc<Account>>,
    query: Result<Query<Parameters>, QueryRejection>,
) -> Response {
    let proof = query
        .map_err(|_| Refusal::Unreadable)
        .and_then(|Query(query)| account.proof(&query));
    match proof {
        Ok(proof) => {
            tracing::info!(
                channel = account.handlers.name(),
                "the address was verified"
            );
            text("text/plain; charset=utf-8", proof)
        }
        Err(refusal) => account.refuse(&refusal),
    }
}

/// `POST`: a message or an event, with the reply in the response.
pub(super) async fn receive(
    State(account): State<Arc<Account>>,
    query: Result<Query<Parameters>, QueryRejection>,
    body: Body,
) -> Response {
    let begun = Instant::now();
    let reply = match query {
        Ok(Query(query)) => account.reply(&query, body).await,
        Err(_) => Err(Refusal::Unreadable),
    };
    let channel = account.handlers.name();
    match reply {
        Ok(reply) => {
            let duration_ms = begun.elapsed().as_micros() as f64 / 1000.0;
            tracing::info!(channel, answered = reply.is_some(), duration_ms, "push");
            match reply {
                Some(xml) => text("text/xml; charset=utf-8", xml),
                None => text("text/plain; charset=utf-8", SUCCESS.into()),
            }
        }
        Err(refusal) => account.refuse(&refusal),
    }
}

fn text(content_type: &'static str, text: String) -> Response {
    let nosniff = HeaderName::from_static("x-content-type-options");
    let headers = [(header::CONTENT_TYPE, content_type), (nosniff, "nosniff")];
    (headers, text).into_response()
}

impl Account {
    pub(super) fn new(token: SecretString, protocol: Protocol, handlers: Arc<Handlers>) -> Self {
        Self {
            token,
            protocol,
            handlers,
            dedup: Dedup::default(),
        }
    }

    fn refuse(&self, refusal: &Refusal) -> Response {
        let (channel, status) = (self.handlers.name(), refusal.status());
        tracing::warn!(channel, reason = %refusal, status = status.as_u16(), "request refused");
        status.into_response()
    }

    /// The response that WeChat expects when the URL is configured: for an official account the
    /// echo itself, in every mode; for WeCom the decrypted echo.
    fn proof(&self, query: &Parameters) -> Result<String, Refusal> {
        match &self.protocol {
            Protocol::Wecom(envelope) => {
                self.check(query, Some(&query.echostr))?;
                Ok(envelope.open(&query.echostr)?)
            }
            Protocol::Plain | Protocol::Compat(_) | Protocol::Safe(_) => {
                self.check(query, None)?;
                Ok(query.echostr.clone())
            }
        }
    }

    /// The reply to a push, as XML; `None` if there is none.
    async fn reply(&self, query: &Parameters, body: Body) -> Result<Option<String>, Refusal> {
        if !matches!(self.protocol, Protocol::Wecom(_)) {
            // Before any byte of the body is read.
            self.check(query, None)?;
        }
        let body = timeout(SENDING, to_bytes(body, BODY))
            .await
            .map_err(|_| Refusal::Body)?
            .map_err(|_| Refusal::Body)?;
        let (fields, envelope) = self.open(query, &body)?;
        let push = Push::new(&fields).ok_or(Refusal::NotAPush)?;
        let handlers = Arc::clone(&self.handlers);
        let (account, person) = (push.account.clone(), push.person.clone());
        let key = push.key.clone();
        let work = self.dedup.work(&key, || handlers.reply(push));
        let text = match work.outcome().await {
            Outcome::Done(Some(text)) => text,
            Outcome::Done(None) => return Ok(None),
            Outcome::Late => words::BUSY.into(),
            Outcome::Failed => wording::FAILED.into(),
        };
        let xml = reply_xml(&person, &account, &text);
        Ok(Some(match envelope {
            Some(envelope) => self.seal(envelope, &xml)?,
            None => xml,
        }))
    }

    /// The fields of a message, and what it was encrypted with, if it was.
    fn open(
        &self,
        query: &Parameters,
        body: &[u8],
    ) -> Result<(Fields, Option<&Envelope>), Refusal> {
        let outer = xml::read(body)?;
        let sealed = outer.filled("Encrypt");
        let announced = query.encrypt_type == "aes" || !query.msg_signature.is_empty();
        let envelope = match &self.protocol {
            Protocol::Wecom(envelope) => envelope,
            Protocol::Safe(envelope) if query.encrypt_type == "aes" => envelope,
            Protocol::Safe(_) => return Err(Refusal::NotSealed),
            Protocol::Compat(envelope) if announced || sealed.is_some() => envelope,
            Protocol::Plain if outer.get("MsgType").is_none() && sealed.is_some() => {
                return Err(Refusal::NotSealed);
            }
            Protocol::Compat(_) | Protocol::Plain => return Ok((outer, None)),
        };
        let sealed = sealed.ok_or(Refusal::NotSealed)?;
        self.check(query, Some(sealed))?;
        let inner = envelope.open(sealed)?;
        Ok((xml::read(inner.as_bytes())?, Some(envelope)))
    }

    /// Checks the signature of a message, or without one that of the address.
    fn check(&self, query: &Parameters, sealed: Option<&str>) -> Result<(), Refusal> {
        let mut parts = vec![query.timestamp.as_str(), &query.nonce];
        parts.extend(sealed);
        let given = match sealed {
            Some(_) => &query.msg_signature,
            None => &query.signature,
        };
        is_signed(&self.token, &parts, given)
            .then_some(())
            .ok_or(Refusal::NotSigned)
    }

    fn seal(&self, envelope: &Envelope, xml: &str) -> Result<String, EnvelopeError> {
        let sealed = envelope.seal(xml)?;
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| EnvelopeError::NoRandomness)?;
        let nonce = u64::from_le_bytes(random).to_string();
        let timestamp = now().to_string();
        let signature = sign(&self.token, &[&timestamp, &nonce, &sealed]);
        Ok(format!(
            "<xml><Encrypt>{}</Encrypt><MsgSignature>{}</MsgSignature>\
             <TimeStamp>{timestamp}</TimeStamp><Nonce>{}</Nonce></xml>",
            cdata(&sealed),
            cdata(&signature),
            cdata(&nonce),
        ))
    }
}

/// A passive reply (被动回复文本消息).
fn reply_xml(to: &str, from: &str, text: &str) -> String {
    format!(
        "<xml><ToUserName>{}</ToUserName><FromUserName>{}</FromUserName>\
         <CreateTime>{}</CreateTime><MsgType>{}</MsgType><Content>{}</Content></xml>",
        cdata(to),
        cdata(from),
        now(),
        cdata("text"),
        cdata(text),
    )
}

/// Seconds since 1970.
fn now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}
