//! Settings: defaults < file < environment (`.env` included) < flags.
//!
//! Two steps: what was written ([`Sources`], layered by the `config` crate, which remembers where
//! each value came from) and what it means ([`Settings`]: typed and validated). All mistakes are
//! reported together, each with its key and its origin.

mod admin;
mod defaults;
mod grants;
mod http;
mod keys;
mod layers;
mod problem;
mod reader;
mod semantic;
mod settings;
mod sources;
mod telegram;
mod wechat;

pub use self::{
    admin::Admin,
    defaults::{DEFAULT_FILE, DEFAULTS},
    grants::GrantLine,
    http::Http,
    problem::{Problem, SettingsError},
    semantic::{Semantic, SemanticBackend},
    settings::{AnswerLimits, CorpusFolder, Log, LogFormat, Privacy, Settings, StoreSettings},
    sources::Sources,
    telegram::{Telegram, TelegramMode},
    wechat::{WechatKey, WechatMode, WechatOa, Wecom},
};
