//! Updates by webhook: Telegram calls us.
//!
//! ```text
//! POST /telegram/webhook ─ secret ─ size ─ queue ─▶ UpdateStream ─▶ the same dispatcher as for polling
//! ```
//!
//! An update is acknowledged once it stands in the queue, not when it is answered: Telegram waits
//! with the next one for the acknowledgement. What finds the queue full is refused, and Telegram
//! delivers it again.
//!
//! What a newcomer would question:
//!
//! * **Not teloxide's own webhook server**: it compares the secret byte by byte, keeps an endless
//!   queue, logs updates that it cannot read, and sets the webhook before anybody listens.
//! * **The secret is made from the token** unless one is given. So it is the same after a restart
//!   and in every copy of the program behind a load balancer, and nobody has to store it.
//! * **The webhook stays when the program ends.** Telegram keeps updates for a day and delivers them
//!   to the next start; removing it would cut off the other copies behind the load balancer.
//!   Polling removes it when it starts.

mod route;
mod update_stream;

use std::{sync::Arc, time::Duration};

use axum::Router;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use teloxide::{
    RequestError,
    payloads::SetWebhookSetters as _,
    requests::Requester as _,
    types::{AllowedUpdate, Update, WebhookInfo},
};
use tokio::{sync::mpsc, time::sleep};

use self::{route::Route, update_stream::UpdateStream};
use super::delivery::{TelegramBot, failure::kind};
use crate::text::hex;

/// Updates that may wait for the dispatcher.
const QUEUE: usize = 1_000;
/// Pause between two looks at whether Telegram still delivers here.
const WATCH: Duration = Duration::from_secs(60);

/// What the bot handles; Telegram is asked for nothing else. Polling asks for what the tree of
/// handlers holds; the end-to-end tests compare the two.
const KINDS: [AllowedUpdate; 4] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::CallbackQuery,
];

/// What a webhook needs to know.
#[derive(Debug, Clone)]
pub struct WebhookSettings {
    /// Where Telegram delivers to; a reverse proxy may stand there.
    pub url: String,
    /// Path of the route on this server, with its leading `/`.
    pub path: String,
    /// 1 to 256 characters `[A-Za-z0-9_-]`; without one it is made from the token.
    pub secret: Option<SecretString>,
}

/// The inner side of a webhook: what [`run`](super::run) listens to.
#[derive(Debug)]
pub struct Webhook {
    url: String,
    secret: SecretString,
    arrived: mpsc::Receiver<Update>,
}

impl Webhook {
    /// A webhook and the route that feeds it, to be served by the program's HTTP server. Whatever
    /// arrives before [`run`](super::run) is started waits.
    pub fn new(settings: &WebhookSettings, token: &SecretString) -> (Self, Router) {
        let secret = settings.secret.clone().unwrap_or_else(|| made_from(token));
        let (queue, arrived) = mpsc::channel(QUEUE);
        let route = Route {
            secret: secret.clone(),
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

    /// Tells Telegram where to deliver.
    ///
    /// # Errors
    /// What Telegram or the network has against it.
    pub(super) async fn set(&self, bot: &TelegramBot) -> Result<(), RequestError> {
        set(bot, &self.url, &self.secret).await
    }

    /// Looks once a minute whether Telegram still delivers here, says in the log when it cannot,
    /// and sets the webhook again when it is gone. Never ends.
    pub(super) fn watch(&self, bot: TelegramBot) -> impl Future<Output = ()> + Send + use<> {
        watch(bot, self.url.clone(), self.secret.clone())
    }

    /// The listener for one run of the dispatcher.
    pub(super) fn listen(&mut self) -> UpdateStream<'_> {
        UpdateStream::new(&mut self.arrived)
    }
}

async fn set(bot: &TelegramBot, url: &str, secret: &SecretString) -> Result<(), RequestError> {
    // The settings have checked it; this is for callers that have none.
    let no_address = |_| RequestError::Io(Arc::new(std::io::ErrorKind::InvalidInput.into()));
    let url: Url = url.parse().map_err(no_address)?;
    // Not the whole address: it may hold a password for the proxy.
    let host = url.host_str().unwrap_or_default().to_owned();
    bot.set_webhook(url)
        .secret_token(secret.expose_secret())
        .allowed_updates(KINDS)
        .await?;
    tracing::info!(host, "telegram delivers by webhook");
    Ok(())
}

async fn watch(bot: TelegramBot, url: String, secret: SecretString) {
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

/// How a webhook does, by Telegram's account.
#[derive(Debug, PartialEq, Eq)]
enum Health {
    Fine,
    /// It leads elsewhere or nowhere.
    Gone,
    /// A delivery failed, at that time (Unix seconds), and nobody was told yet.
    Failing(i64),
}

fn judge(info: &WebhookInfo, url: &str, notified: Option<i64>) -> Health {
    // As addresses: Telegram may write ours in another way.
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

/// 64 hexadecimal digits that only who knows the token can tell, and that do not tell the token.
fn made_from(token: &SecretString) -> SecretString {
    let mut hash = Sha256::new();
    hash.update(b"wenzheng telegram webhook secret\n");
    hash.update(token.expose_secret());
    SecretString::from(hex::encode(&hash.finalize()))
}

#[cfg(test)]
mod tests;
