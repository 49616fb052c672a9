//! Where updates come from.

use super::webhook::Webhook;

/// Where updates come from.
#[derive(Debug)]
pub enum Updates {
    /// We ask Telegram for them.
    Polling,
    /// Telegram calls a route of ours.
    Webhook(Webhook),
}
