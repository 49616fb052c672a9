//! Telegram, by long polling or by webhook.
//!
//! ```text
//! getUpdates ─ polling ─┐
//! POST       ─ webhook ─┴ listener ─ dispatch ─ update::request ─▶ Handlers ─▶ Assistant
//!                                               callback::Press ─▶  │
//!                           sendMessage ◀─ delivery ◀─ render ◀─────┘
//! ```
//!
//! [`run`] is handed an [`Assistant`], where [`Updates`] come from and a future that ends it.
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
mod text;
mod update;
mod webhook;
mod wording;

use std::{
    panic::AssertUnwindSafe,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use secrecy::SecretString;
use teloxide::{RequestError, error_handlers::IgnoringErrorHandlerSafe};
use tokio::time::{sleep, timeout};

pub use self::webhook::{Webhook, WebhookSettings};

use self::{
    connect::{connect, pause},
    delivery::TelegramBot,
    dispatch::{Dispatching, dispatcher},
    handlers::Handlers,
    listener::Readable,
    polling::PollErrors,
};
use super::deployment::Deployment;
use crate::{answer::Answer, assistant::Assistant};

/// How long handlers may go on once the program is to end.
const GRACE: Duration = Duration::from_secs(5);

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

/// Where updates come from.
#[derive(Debug)]
pub enum Updates {
    /// We ask Telegram for them.
    Polling,
    /// Telegram calls a route of ours.
    Webhook(Webhook),
}

/// Why the channel cannot start at all.
#[derive(Debug, thiserror::Error)]
pub enum TelegramError {
    /// The address of the Bot API server is none.
    #[error("telegram.api_url: {0:?} is not an address")]
    ApiUrl(String),
}

/// Serves Telegram until `shutdown` is ready, then lets running handlers finish, 5 seconds at most.
///
/// Neither an unreachable server nor a panic ends it; both are logged and tried again.
///
/// # Errors
/// [`TelegramError`] when the settings cannot be used.
pub async fn run(
    assistant: Assistant,
    settings: TelegramSettings,
    mut updates: Updates,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), TelegramError> {
    let bot = connect::bot(&settings)?;
    let handlers = Arc::new(Handlers::new(assistant, &settings));
    let mut shutdown = pin!(shutdown);
    tokio::select! {
        () = connect(&bot, &updates, &settings.admins) => {}
        () = &mut shutdown => return Ok(()),
    }
    for attempt in 0_u32.. {
        let stopping = Arc::new(AtomicBool::new(false));
        let mut dispatcher = dispatcher(bot.clone(), Arc::clone(&handlers));
        let token = dispatcher.shutdown_token();
        let running = dispatch(&mut dispatcher, &bot, &mut updates, &stopping);
        let mut running = pin!(AssertUnwindSafe(running).catch_unwind());
        tokio::select! {
            ended = &mut running => match ended {
                Ok(Ok(())) => tracing::warn!("telegram updates ended, starting again"),
                Ok(Err(error)) => tracing::warn!(
                    reason = delivery::failure::kind(&error),
                    "telegram cannot be reached"
                ),
                Err(_) => tracing::error!("telegram dispatcher panicked, starting again"),
            },
            () = &mut shutdown => {
                stopping.store(true, Ordering::Relaxed);
                tracing::info!("telegram is stopping");
                if timeout(GRACE, dispatch::stop(&token, running)).await.is_err() {
                    tracing::warn!("telegram handlers did not end in time");
                }
                return Ok(());
            }
        }
        tokio::select! {
            () = sleep(pause(attempt)) => {}
            () = &mut shutdown => return Ok(()),
        }
    }
    Ok(())
}

/// The message that answers somebody, as HTML for Telegram and without its buttons.
#[must_use]
pub fn html(answer: &Answer, deployment: &Deployment) -> String {
    render::answer(answer, deployment).html
}

/// One run of the dispatcher, with a listener of its own.
fn dispatch<'r>(
    dispatcher: &'r mut Dispatching,
    bot: &'r TelegramBot,
    updates: &'r mut Updates,
    stopping: &Arc<AtomicBool>,
) -> BoxFuture<'r, Result<(), RequestError>> {
    match updates {
        Updates::Polling => {
            let errors = Arc::new(PollErrors(Arc::clone(stopping)));
            let listener = Readable(polling::listen(bot));
            dispatcher
                .try_dispatch_with_listener(listener, errors)
                .boxed()
        }
        Updates::Webhook(webhook) => {
            let watch = webhook.watch(bot.clone());
            let errors = IgnoringErrorHandlerSafe::new();
            let listener = Readable(webhook.listen());
            async move {
                tokio::select! {
                    ended = dispatcher.try_dispatch_with_listener(listener, errors) => ended,
                    () = watch => Ok(()),
                }
            }
            .boxed()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assistant::Options;

    fn settings(api_url: &str) -> TelegramSettings {
        TelegramSettings {
            token: SecretString::from("1:x"),
            api_url: api_url.into(),
            admins: vec![99],
            deployment: Deployment::default(),
            questions_per_minute: 20,
        }
    }

    fn assistant() -> Assistant {
        Assistant::open(Options::default()).expect("the corpus inside the program is sound")
    }

    fn webhook() -> Updates {
        let settings = WebhookSettings {
            url: "https://wz.example.cn/telegram/webhook".into(),
            path: "/telegram/webhook".into(),
            secret: None,
        };
        Updates::Webhook(Webhook::new(&settings, &SecretString::from("1:x")).0)
    }

    #[tokio::test]
    async fn the_dispatcher_finds_all_that_its_handlers_need() {
        let settings = settings("http://127.0.0.1:9");
        let bot = connect::bot(&settings).expect("an address");
        // Would panic when a handler asked for something that nobody provides.
        let _ = dispatcher(bot, Arc::new(Handlers::new(assistant(), &settings)));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_an_error_and_no_panic() {
        for address in ["", "nowhere", "mailto:x"] {
            let ended = run(assistant(), settings(address), Updates::Polling, async {}).await;
            assert!(matches!(ended, Err(TelegramError::ApiUrl(_))), "{address}");
        }
    }

    #[tokio::test]
    async fn telegram_out_of_reach_keeps_it_waiting_until_it_is_stopped() {
        for updates in [Updates::Polling, webhook()] {
            let soon = sleep(Duration::from_millis(300));
            // Nobody listens on the discard port.
            let run = run(assistant(), settings("http://127.0.0.1:9"), updates, soon);
            let ended = timeout(Duration::from_secs(3), run).await;
            assert!(matches!(ended, Ok(Ok(()))));
        }
    }
}
