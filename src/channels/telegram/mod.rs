//! Telegram, by long polling or by webhook.
//!
//! ```text
//! getUpdates ─ polling ─┐
//! POST       ─ webhook ─┴ listener ─ dispatch ─ update::request ─▶ Handlers ─▶ Service
//!                                               callback::Press ─▶  │
//!                           sendMessage ◀─ delivery ◀─ render ◀─────┘
//! ```
//!
//! [`run`](fn@run) takes a [`Service`](crate::service::Service), the source of [`Updates`] and a future
//! that ends it. `update` and `callback` parse requests and `render` builds messages, all without a
//! network; `handlers` connects them to the service and `delivery` sends.
//!
//! Design decisions:
//!
//! * **Updates are handled concurrently**, even those of one chat. teloxide's default, sequential
//!   handling with a queue of 64 per chat, lets a single flooded chat stall all others. Handlers
//!   take milliseconds, but sending may wait for `Throttle` or for a server that is down;
//!   order-sensitive work is done before a handler's first `await` (see `handlers`).
//! * **An update is handled at most once.** Telegram considers it delivered with the next poll, or
//!   with our response to its call, whether handled or not, and may deliver it twice; duplicates
//!   are dropped.
//! * **An unreachable Telegram is not an error.** Startup and polling retry; the other channels
//!   keep serving.
//! * **Logs contain no message text, names or user ids**, and no token, at any level: updates that
//!   cannot be parsed are dropped before teloxide can log them, and failures are logged by kind.

mod callback;
mod chat_queue;
mod commands;
mod connect;
mod delivery;
mod dispatch;
mod handlers;
mod listener;
mod memory;
mod polling;
mod render;
mod replies;
mod run;
mod settings;
mod text;
mod update;
mod webhook;
mod wording;

pub use self::{
    run::run,
    settings::{TelegramError, TelegramSettings, Updates},
    webhook::{Webhook, WebhookSettings},
};

use super::deployment::Deployment;
use crate::answer::Answer;

/// Renders an answer as Telegram HTML, without its buttons: suggested questions are among them.
#[must_use]
pub fn html(answer: &Answer, deployment: &Deployment) -> String {
    render::answer(answer, deployment).html
}
