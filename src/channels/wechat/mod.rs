//! WeChat Official Accounts (公众号) and WeCom (企业微信), by callback and passive reply.
//!
//! ```text
//! POST ─ account: signature, envelope ─▶ Push ─ dedup ─▶ Handlers ─▶ Service
//!                                                        │
//! reply ◀──── seal ◀── xml ◀────────── render ◀──────────┘
//! ```
//!
//! | route | what it gives |
//! |---|---|
//! | `GET /wechat/oa`, `GET /wechat/wecom` | the proof, asked for once when the address is entered at WeChat |
//! | `POST /wechat/oa`, `POST /wechat/wecom` | a message or event, answered in the response itself |
//!
//! Both are one thing with two envelopes: `account` knows them (`oa`: three modes, receiver AppID;
//! `wecom`: always encrypted, receiver CorpID), everything behind it does not. A route exists only
//! when its account is set up.
//!
//! What a newcomer would question:
//!
//! * **Nothing is read before its signature is.** The one exception is the `Encrypt` field, which
//!   the signature covers; it is taken out by a parser that refuses document types and depth, from a
//!   body of at most 64 KiB. In safe mode a message must come in an envelope for this very account:
//!   the signature in the address does not cover the body.
//! * **A message is worked on once**, however often it is delivered. WeChat waits five seconds, then
//!   delivers the same `MsgId` again, three times in all, and shows people an error after that. Each
//!   delivery waits for the same piece of work (`dedup`), which does not end when a connection does.
//! * **Passive replies only**: one text within the limit of the platform. What does not fit is kept
//!   for 更多, and numbers stand for the buttons that other channels have (`memory`). So the service
//!   needs no access token, no secret of the account and no way out to the internet.
//! * **Logs hold no words or ids of people.**

mod account;
mod crypto;
mod dedup;
mod handlers;
mod memory;
mod push;
mod render;
mod request;
mod signature;
mod wording;
mod xml;

use std::sync::Arc;

use axum::{Router, routing::get};
use secrecy::SecretString;

use self::{
    account::{Account, Protocol},
    crypto::Envelope,
    handlers::{Handlers, Platform},
    render::Renderer,
};
use super::deployment::Deployment;
use crate::{
    answer::Answer,
    service::{Channel, Service},
};

/// What this channel needs to know.
#[derive(Debug)]
pub struct WechatSettings {
    /// Hotline and public address.
    pub deployment: Deployment,
    /// The official account, when there is one.
    pub official_account: Option<OfficialAccount>,
    /// The WeCom application, when there is one.
    pub wecom: Option<WecomApp>,
}

/// An official account, as entered at WeChat under 基本配置.
#[derive(Debug)]
pub struct OfficialAccount {
    /// Token
    pub token: SecretString,
    /// 消息加解密方式
    pub mode: OfficialAccountMode,
}

/// How the messages of an official account come.
#[derive(Debug)]
pub enum OfficialAccountMode {
    /// 明文模式
    Plain,
    /// 兼容模式: both ways at once; what comes encrypted is read encrypted.
    Compat(ReceiverKey),
    /// 安全模式: encrypted, and nothing else is taken.
    Safe(ReceiverKey),
}

/// What opens and seals envelopes.
#[derive(Debug)]
pub struct ReceiverKey {
    /// EncodingAESKey, 43 characters.
    pub aes_key: SecretString,
    /// AppID or CorpID.
    pub receiver: String,
}

/// A WeCom application, as entered at WeCom under 接收消息.
#[derive(Debug)]
pub struct WecomApp {
    /// Token
    pub token: SecretString,
    /// EncodingAESKey and CorpID.
    pub key: ReceiverKey,
}

/// Why the channel cannot start.
#[derive(Debug, thiserror::Error)]
pub enum WechatError {
    /// An EncodingAESKey that is none; it is not repeated here.
    #[error("{0}.aes_key is not an EncodingAESKey: 43 letters and digits")]
    AesKey(&'static str),
}

/// Most bytes of UTF-8 in a reply of an official account. The documents say 2048; at that length
/// people are shown an error instead of the reply.
pub const OFFICIAL_ACCOUNT_BYTES: usize = 2047;
/// Most bytes of UTF-8 in a WeCom reply; WeCom cuts off what is beyond.
pub const WECOM_BYTES: usize = 2048;

/// The routes of the accounts that are set up; none when none is.
///
/// # Errors
/// [`WechatError`] when a key cannot be used.
pub fn router(service: &Service, settings: WechatSettings) -> Result<Router, WechatError> {
    let mut router = Router::new();
    let handlers = |platform| {
        Arc::new(Handlers::new(
            service.clone(),
            platform,
            settings.deployment.clone(),
        ))
    };
    if let Some(account) = settings.official_account {
        let envelope = |key: &ReceiverKey| envelope(key, "wechat_oa");
        let protocol = match &account.mode {
            OfficialAccountMode::Plain => Protocol::Plain,
            OfficialAccountMode::Compat(key) => Protocol::Compat(envelope(key)?),
            OfficialAccountMode::Safe(key) => Protocol::Safe(envelope(key)?),
        };
        let platform = Platform {
            channel: Channel::WECHAT_OA,
            bytes: OFFICIAL_ACCOUNT_BYTES,
        };
        let account = Account::new(account.token, protocol, handlers(platform));
        router = router.merge(route("/wechat/oa", account));
    }
    if let Some(app) = settings.wecom {
        let protocol = Protocol::Wecom(envelope(&app.key, "wecom")?);
        let platform = Platform {
            channel: Channel::WECOM,
            bytes: WECOM_BYTES,
        };
        let account = Account::new(app.token, protocol, handlers(platform));
        router = router.merge(route("/wechat/wecom", account));
    }
    Ok(router)
}

/// The texts that answer somebody on a platform whose replies have at most `bytes`: the first is the
/// reply, 更多 brings the others. At least one, none empty.
#[must_use]
pub fn pages(answer: &Answer, deployment: &Deployment, bytes: usize) -> Vec<String> {
    let renderer = Renderer::new(bytes, deployment.clone());
    renderer.answer(answer).pages
}

fn envelope(key: &ReceiverKey, section: &'static str) -> Result<Envelope, WechatError> {
    Envelope::new(&key.aes_key, &key.receiver).ok_or(WechatError::AesKey(section))
}

fn route(path: &str, account: Account) -> Router {
    Router::new()
        .route(path, get(account::verify).post(account::receive))
        .with_state(Arc::new(account))
}
