//! Telegram, by long polling or by webhook.
//!
//! ```text
//! getUpdates ─ polling ─┐
//! POST       ─ webhook ─┴ listener ─ dispatch ─ update::request ─▶ Handlers ─▶ Service
//!                                               callback::Press ─▶  │
//!                           sendMessage ◀─ delivery ◀─ render ◀─────┘
//! ```
//!
//! [`run`] is handed a [`Service`](crate::service::Service), where [`Updates`] come from and a future that ends it.
//! `update` and `callback` say what is asked, `render` makes a message of an answer, both without a
//! network; `handlers` brings them together and `delivery` talks to Telegram.
//!
//! What a newcomer would question:
//!
//! * **Updates are handled side by side**, those of one chat too. teloxide's default, one after the
//!   other with a queue of 64 a chat, lets a single flooded chat stall all others. Handlers take
//!   milliseconds, but a message may wait for `Throttle` or for a server that is down; what must
//!   keep its order is done before a handler first waits (see `handlers`).
//! * **An update is handled once or not at all.** Telegram takes it for delivered with the next
//!   poll, or with our answer to its call, handled or not, and may deliver it twice; what comes
//!   twice is dropped.
//! * **Telegram being away is no error.** The start waits and tries again, so does polling; the
//!   other channels serve meanwhile.
//! * **Logs hold no words, names or ids of people**, and no token, at any level: unreadable updates
//!   are dropped before teloxide can log them, failures are logged by their kind.

mod callback;
mod chat_queue;
mod commands;
mod connect;
mod delivery;
mod dispatch;
mod guard;
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
mod updates;
mod webhook;
mod wording;

pub use self::{
    run::run,
    settings::{TelegramError, TelegramSettings},
    updates::Updates,
    webhook::{Webhook, WebhookSettings},
};

use super::deployment::Deployment;
use crate::answer::Answer;

/// The message that answers somebody, as HTML for Telegram and without its buttons.
#[must_use]
pub fn html(answer: &Answer, deployment: &Deployment) -> String {
    render::answer(answer, deployment).html
}
