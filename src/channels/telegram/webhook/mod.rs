//! Updates by webhook: Telegram calls us.
//!
//! ```text
//! POST /telegram/webhook ─ secret ─ size ─ journal ─ queue ─▶ the same handlers as for polling
//! ```
//!
//! An update is acknowledged once it is settled (see [`Journal`]), as a rule before it is answered:
//! Telegram waits for the acknowledgement before it delivers the next one. When the queue is full,
//! updates are rejected, and Telegram delivers them again.
//!
//! Design decisions:
//!
//! * **Not teloxide's own webhook server**: it does not compare the secret in constant time, has an
//!   unbounded queue, logs updates that it cannot parse, and sets the webhook before anything
//!   listens.
//! * **The secret is derived from the token** unless one is set. So it is the same after a restart
//!   and in every instance behind a load balancer, and need not be stored.
//! * **The webhook stays set when the program ends.** Telegram keeps updates for a day and delivers
//!   them after the next start; removing the webhook would cut off other instances behind the load
//!   balancer. Polling removes it on startup.

mod route;

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::Router;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use teloxide::{
    RequestError,
    payloads::SetWebhookSetters as _,
    requests::Requester as _,
    types::{Update, WebhookInfo},
};
use tokio::{sync::mpsc, time::sleep};

use self::route::Route;
use super::{
    delivery::{TelegramBot, failure::kind},
    journal::Journal,
    update::KINDS,
};
use crate::text::hex;

/// Maximum number of updates waiting for the handlers.
const QUEUE: usize = 1_000;
/// Interval between two checks that Telegram still delivers here.
const WATCH: Duration = Duration::from_secs(60);

/// Settings of a webhook.
#[derive(Debug, Clone)]
pub struct WebhookSettings {
    /// The URL that Telegram calls, perhaps of a reverse proxy.
    pub url: String,
    /// Path of the route on this server, with a leading `/`.
    pub path: String,
    /// 1 to 256 characters `[A-Za-z0-9_-]`; derived from the token if not set.
    pub secret: Option<SecretString>,
}

/// The receiving end of a webhook, which [`run`](fn@super::run) listens to.
#[derive(Debug)]
pub struct Webhook {
    url: String,
    secret: SecretString,
    arrived: mpsc::Receiver<Update>,
}

impl Webhook {
    /// Creates a webhook and the route that feeds it, to be served by the program's HTTP server.
    /// Updates that arrive before [`run`](fn@super::run) is started are queued.
    pub fn new(
        settings: &WebhookSettings,
        token: &SecretString,
        journal: Arc<Journal>,
    ) -> (Self, Router) {
        let secret = settings.secret.clone().unwrap_or_else(|| made_from(token));
        let (queue, arrived) = mpsc::channel(QUEUE);
        let route = Route {
            secret: secret.clone(),
            journal,
            queue,
        };
        let routes = route.at(&settings.path);
        let webhook = Self {
            url: settings.url.clone(),
            secret,
            arrived,
        };
        (webhook, routes)
    }

    /// Registers the webhook with Telegram.
    ///
    /// # Errors
    /// The failed request.
    pub(super) async fn set(&self, bot: &TelegramBot) -> Result<(), RequestError> {
        set(bot, &self.url, &self.secret).await
    }

    /// Checks once a minute that Telegram still delivers here, logs when it cannot, and sets the
    /// webhook again when it was removed. Never ends.
    pub(super) fn watch(
        &self,
        bot: TelegramBot,
    ) -> impl Future<Output = Infallible> + Send + use<> {
        watch(bot, self.url.clone(), self.secret.clone())
    }

    /// What arrives; nothing more is accepted once the receiver is closed.
    pub(super) fn into_updates(self) -> mpsc::Receiver<Update> {
        self.arrived
    }
}

async fn set(bot: &TelegramBot, url: &str, secret: &SecretString) -> Result<(), RequestError> {
    // The settings have validated it; this is for other callers.
    let no_address = |_| RequestError::Io(Arc::new(std::io::ErrorKind::InvalidInput.into()));
    let url: Url = url.parse().map_err(no_address)?;
    // Not the whole URL, which may contain a password for the proxy.
    let host = url.host_str().unwrap_or_default().to_owned();
    bot.set_webhook(url)
        .secret_token(secret.expose_secret())
        .allowed_updates(KINDS)
        .await?;
    tracing::info!(host, "telegram delivers by webhook");
    Ok(())
}

async fn watch(bot: TelegramBot, url: String, secret: SecretString) -> Infallible {
    let mut notified = None;
    loop {
        sleep(WATCH).await;
        let info = match bot.get_webhook_info().await {
            Ok(info) => info,
            Err(error) => {
                tracing::debug!(reason = kind(&error), "telegram webhook was not looked at");
                continue;
            }
        };
        match judge(&info, &url, notified) {
            Health::Fine => {}
            Health::Gone => {
                tracing::warn!("the telegram webhook was removed or changed, setting it again");
                if let Err(error) = set(&bot, &url, &secret).await {
                    tracing::warn!(reason = kind(&error), "telegram webhook was not set");
                }
            }
            Health::Failing(at) => {
                notified = Some(at);
                tracing::warn!(
                    reason = info.last_error_message.as_deref().unwrap_or("unknown"),
                    pending = info.pending_update_count,
                    "telegram cannot deliver to the webhook"
                );
            }
        }
    }
}

/// The state of a webhook, as reported by Telegram.
#[derive(Debug, PartialEq, Eq)]
enum Health {
    Fine,
    /// It is not set, or set to another URL.
    Gone,
    /// A delivery failed at that time (Unix seconds) and has not been logged yet.
    Failing(i64),
}

fn judge(info: &WebhookInfo, url: &str, notified: Option<i64>) -> Health {
    // Compared as parsed URLs: Telegram may normalise ours.
    if info.url != url.parse().ok() {
        return Health::Gone;
    }
    match info.last_error_date.map(|date| date.timestamp()) {
        Some(at)
            if notified.is_none_or(|notified| notified < at) && info.pending_update_count > 0 =>
        {
            Health::Failing(at)
        }
        _ => Health::Fine,
    }
}

/// A secret derived from the token: a one-way digest, 64 hexadecimal digits.
fn made_from(token: &SecretString) -> SecretString {
    let mut hash = Sha256::new();
    hash.update(b"wenzheng telegram webhook secret\n");
    hash.update(token.expose_secret());
    SecretString::from(hex::encode(&hash.finalize()))
}

#[cfg(test)]
mod tests;
