//! Where updates come from.

use super::webhook::Webhook;

/// Where updates come from.
#[derive(Debug)]
pub enum Updates {
    /// We poll Telegram.
    Polling,
    /// Telegram calls our webhook.
    Webhook(Webhook),
}
