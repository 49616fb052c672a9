//! Telegram, by long polling or by webhook.
//!
//! ```text
//! getUpdates ─ polling ─┐
//! POST       ─ webhook ─┴ Journal ─ run ─ update::request ─▶ Handlers ─▶ Service
//!                                         callback::Press ─▶  │
//!             sendMessage ◀─ delivery ◀─ pace ◀─ render ◀─────┘
//! ```
//!
//! [`run`](fn@run) takes a [`Service`](crate::service::Service), the source of [`Updates`], their
//! [`Journal`] and a future that ends it. `update` and `callback` parse requests and `render` builds messages, all without a
//! network; `handlers` connects them to the service and `delivery` sends.
//!
//! Design decisions:
//!
//! * **Updates are handled concurrently**, even those of one chat, and without teloxide's dispatcher:
//!   with it a single flooded chat stalls all others, a panic ends the bot, and an update is confirmed
//!   before it has been handled. Handlers take milliseconds, but sending may wait for Telegram's limits
//!   or for a server that is down; order-sensitive work is done before a handler's first `await` (see
//!   `handlers`).
//! * **An update is answered at least once.** It is confirmed when it is on disk or has been handled;
//!   what is delivered again is dropped. See [`Journal`].
//! * **A chat that has to wait delays no other.** See `pace`.
//! * **An unreachable Telegram is not an error.** Startup and polling retry; the other channels
//!   keep serving.
//! * **Logs contain no message text, names or user ids**, and no token, at any level: failures are
//!   logged by kind.

mod callback;
mod commands;
mod connect;
mod delivery;
mod handlers;
mod journal;
mod memory;
mod pace;
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
    journal::Journal,
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
