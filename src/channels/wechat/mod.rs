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
//! The platforms differ only in their envelopes, which `account` hides from everything else (`oa`:
//! three modes, receiver AppID; `wecom`: always encrypted, receiver CorpID). A route exists only if
//! its account is configured.
//!
//! Design decisions:
//!
//! * **Nothing is parsed before its signature is verified.** The one exception is the `Encrypt`
//!   field, which the signature covers; it is extracted by a parser that rejects document types and
//!   deep nesting, from a body of at most 64 KiB. In safe mode a message must be encrypted for this
//!   very account, since the signature in the URL does not cover the body.
//! * **A message is handled once**, however often it is delivered. WeChat waits five seconds, then
//!   delivers the same `MsgId` again, three times in all, and then shows people an error. All
//!   deliveries wait for the same work (`dedup`), which continues when a connection breaks. After a restart
//!   the store knows which commands were received.
//! * **Passive replies only**: one text within the limit of the platform. The rest is kept for 更多,
//!   and numbers replace the buttons of other channels (`memory`). So the program needs no access
//!   token, no account secret and no outbound internet access.
//! * **Logs contain no message text or user ids.**

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
    handlers::Handlers,
    render::Renderer,
};
use super::deployment::Deployment;
use crate::{
    answer::Answer,
    service::{Channel, Service},
};

/// Settings of the channel.
#[derive(Debug)]
pub struct WechatSettings {
    /// Hotline and public address.
    pub deployment: Deployment,
    /// The official account, if there is one.
    pub official_account: Option<OfficialAccount>,
    /// The WeCom application, if there is one.
    pub wecom: Option<WecomApp>,
}

/// An official account, as configured at WeChat under 基本配置.
#[derive(Debug)]
pub struct OfficialAccount {
    /// Token
    pub token: SecretString,
    /// 消息加解密方式
    pub mode: OfficialAccountMode,
}

/// How messages of an official account are encrypted.
#[derive(Debug)]
pub enum OfficialAccountMode {
    /// 明文模式
    Plain,
    /// 兼容模式: both plain and encrypted; the encrypted part is preferred.
    Compat(ReceiverKey),
    /// 安全模式: encrypted only.
    Safe(ReceiverKey),
}

/// The key and receiver of envelopes.
#[derive(Debug)]
pub struct ReceiverKey {
    /// EncodingAESKey, 43 characters.
    pub aes_key: SecretString,
    /// AppID or CorpID.
    pub receiver: String,
}

/// A WeCom application, as configured at WeCom under 接收消息.
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
    /// An invalid EncodingAESKey, which is not included in the message.
    #[error("{0}.aes_key 不是 EncodingAESKey，请照微信后台的填写，共 43 个字母和数字")]
    AesKey(&'static str),
}

/// Maximum length of a reply of an official account, in bytes. The documentation says 2048, but at
/// that length people are shown an error instead of the reply.
pub const OFFICIAL_ACCOUNT_BYTES: usize = 2047;
/// Maximum length of a WeCom reply, in bytes; WeCom truncates longer ones.
pub const WECOM_BYTES: usize = 2048;

/// The routes of the configured accounts.
///
/// # Errors
/// [`WechatError`] if a key is invalid.
pub fn router(service: &Service, settings: WechatSettings) -> Result<Router, WechatError> {
    let mut router = Router::new();
    let handlers = |channel, bytes| {
        let deployment = settings.deployment.clone();
        Arc::new(Handlers::new(service.clone(), channel, bytes, deployment))
    };
    if let Some(account) = settings.official_account {
        let envelope = |key: &ReceiverKey| envelope(key, "wechat_oa");
        let protocol = match &account.mode {
            OfficialAccountMode::Plain => Protocol::Plain,
            OfficialAccountMode::Compat(key) => Protocol::Compat(envelope(key)?),
            OfficialAccountMode::Safe(key) => Protocol::Safe(envelope(key)?),
        };
        let handlers = handlers(Channel::WECHAT_OA, OFFICIAL_ACCOUNT_BYTES);
        let account = Account::new(account.token, protocol, handlers);
        router = router.merge(route("/wechat/oa", account));
    }
    if let Some(app) = settings.wecom {
        let protocol = Protocol::Wecom(envelope(&app.key, "wecom")?);
        let handlers = handlers(Channel::WECOM, WECOM_BYTES);
        let account = Account::new(app.token, protocol, handlers);
        router = router.merge(route("/wechat/wecom", account));
    }
    Ok(router)
}

/// Renders an answer as pages of at most `bytes`: the first is the reply, the others follow on 更多.
/// At least one, none empty.
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
