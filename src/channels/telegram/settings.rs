//! What this channel needs to know, and what can be wrong with it.

use secrecy::SecretString;

use crate::channels::deployment::Deployment;

/// What this channel needs to know.
#[derive(Debug, Clone)]
pub struct TelegramSettings {
    /// The bot's token.
    pub token: SecretString,
    /// Bot API server, without a closing `/`.
    pub api_url: String,
    /// User ids that may use the commands of administrators.
    pub admins: Vec<u64>,
    /// Hotline and public address.
    pub deployment: Deployment,
    /// Questions a person may ask within a minute.
    pub questions_per_minute: u32,
}

/// Why the channel cannot start at all.
#[derive(Debug, thiserror::Error)]
pub enum TelegramError {
    /// The address of the Bot API server is none.
    #[error("telegram.api_url: {0:?} is not an address")]
    ApiUrl(String),
}
