//! Settings of the channel, and where updates come from.

use secrecy::SecretString;
use teloxide::types::ChatId;

use super::webhook::Webhook;
use crate::channels::deployment::Deployment;

/// Settings of the channel.
#[derive(Debug, Clone)]
pub struct TelegramSettings {
    /// The bot's token.
    pub token: SecretString,
    /// URL of the Bot API server, without a trailing `/`.
    pub api_url: String,
    /// Users whose private chat shows the administrators' menu. The service decides who may use its
    /// commands.
    pub admin_menus: Vec<u64>,
    /// The group to which questions for a person are posted, by its id.
    pub staff_group: Option<i64>,
    /// Hotline and public address.
    pub deployment: Deployment,
}

/// What a deployment has in Telegram beside those who ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Staff {
    /// The group to which questions for a person are posted.
    pub(super) group: Option<ChatId>,
    /// Owners by the settings: their chats are known by their ids.
    pub(super) owners: Vec<u64>,
}

/// Where updates come from.
#[derive(Debug)]
pub enum Updates {
    /// We poll Telegram.
    Polling,
    /// Telegram calls our webhook.
    Webhook(Webhook),
}

/// Why the channel cannot start.
#[derive(Debug, thiserror::Error)]
pub enum TelegramError {
    /// The URL of the Bot API server is invalid.
    #[error("telegram.api_url：“{0}”不是网址，应写成 https://api.telegram.org 这样")]
    ApiUrl(String),
}
