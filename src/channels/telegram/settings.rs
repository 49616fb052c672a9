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
    /// Private chats whose menu shows the commands of administrators. Who may use them is the
    /// service's business.
    pub admin_menus: Vec<u64>,
    /// Hotline and public address.
    pub deployment: Deployment,
}

/// Why the channel cannot start at all.
#[derive(Debug, thiserror::Error)]
pub enum TelegramError {
    /// The address of the Bot API server is none.
    #[error("telegram.api_url: {0:?} is not an address")]
    ApiUrl(String),
}
