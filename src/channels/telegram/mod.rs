//! Telegram, by long polling.
//!
//! ```text
//! getUpdates ─ listener ─ dispatcher ─ update::request ─▶ Desk ─▶ Assistant
//!                                      callback::Press ─▶  │
//!                  sendMessage ◀─ delivery ◀─ render ◀─────┘
//! ```
//!
//! [`run`] is handed an [`Assistant`] and a future that ends it. `update` and `callback` say what is
//! asked, `render` makes a message of an answer, both without a network; `desk` brings them
//! together and `delivery` talks to Telegram. A webhook would be another listener in front of the
//! same dispatcher; inline queries and edited messages, further branches of its tree.
//!
//! What a newcomer would question:
//!
//! * **Updates are handled side by side**, those of one chat too. teloxide's default, one after the
//!   other with a queue of 64 a chat, lets a single flooded chat stall all others. Handlers take
//!   milliseconds, but a message may wait for `Throttle` or for a server that is down; what must
//!   keep its order is done before a handler first waits (see `desk`).
//! * **An update is handled once or not at all.** Telegram takes it for delivered with the next
//!   poll, handled or not, and may deliver it twice; what comes twice is dropped.
//! * **Telegram being away is no error.** The start waits and tries again, so does polling; the
//!   other channels serve meanwhile.
//! * **Logs hold no words, names or ids of people**, and no token, at any level: unreadable updates
//!   are dropped before teloxide can log them, failures are logged by their kind.

mod callback;
mod commands;
mod delivery;
mod desk;
mod guard;
mod lanes;
mod listener;
mod memory;
mod render;
mod text;
mod update;
mod wording;

use std::{
    convert::Infallible,
    panic::AssertUnwindSafe,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt, future::BoxFuture};
use secrecy::{ExposeSecret, SecretString};
use teloxide::{
    ApiError, Bot, RequestError,
    adaptors::throttle::Limits,
    dispatching::{Dispatcher, ShutdownToken, UpdateFilterExt, UpdateHandler},
    dptree,
    error_handlers::ErrorHandler,
    requests::{Requester, RequesterExt},
    types::Update,
    update_listeners::Polling,
    utils::command::BotCommands,
};
use tokio::time::{sleep, timeout};

use self::{commands::Command, delivery::TelegramBot, desk::Desk, listener::Readable};
use super::wording::Deployment;
use crate::{answer::Answer, assistant::Assistant};

/// How long a poll waits for updates. teloxide's client gives up after 17 seconds in all.
const POLL: Duration = Duration::from_secs(10);
/// The longest pause between two tries to reach Telegram.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long handlers may go on once the program is to end.
const GRACE: Duration = Duration::from_secs(5);

/// Messages that are sent at most. Telegram asks for no more than one a second and chat on average
/// and allows short bursts; in groups 20 a minute; 30 a second in all. The limits on questions keep
/// below that what one person can cause.
const LIMITS: Limits = Limits {
    messages_per_sec_chat: 3,
    messages_per_min_chat: 60,
    messages_per_min_channel_or_supergroup: 20,
    messages_per_sec_overall: 30,
};

/// What this channel needs to know.
#[derive(Debug, Clone)]
pub struct TelegramSettings {
    /// The bot's token.
    pub token: SecretString,
    /// Bot API server, without a closing `/`.
    pub api_url: String,
    /// User ids that may reload the corpus.
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

/// Serves Telegram until `shutdown` is ready, then lets running handlers finish, 5 seconds at most.
///
/// Neither an unreachable server nor a panic ends it; both are logged and tried again.
///
/// # Errors
/// [`TelegramError`] when the settings cannot be used.
pub async fn run(
    assistant: Assistant,
    settings: TelegramSettings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), TelegramError> {
    let bot = bot(&settings)?;
    let desk = Arc::new(Desk::new(assistant, &settings));
    let mut shutdown = pin!(shutdown);
    tokio::select! {
        () = connect(&bot) => {}
        () = &mut shutdown => return Ok(()),
    }
    for attempt in 0_u32.. {
        let stopping = Arc::new(AtomicBool::new(false));
        let mut dispatcher = dispatcher(bot.clone(), Arc::clone(&desk));
        let token = dispatcher.shutdown_token();
        let listener = Polling::builder(bot.clone())
            .timeout(POLL)
            .backoff_strategy(pause)
            .build();
        let errors = Arc::new(PollErrors(Arc::clone(&stopping)));
        let polling = dispatcher.try_dispatch_with_listener(Readable(listener), errors);
        let mut polling = pin!(AssertUnwindSafe(polling).catch_unwind());
        tokio::select! {
            ended = &mut polling => match ended {
                Ok(Ok(())) => tracing::warn!("telegram polling ended, starting again"),
                Ok(Err(error)) => tracing::warn!(
                    reason = delivery::kind(&error),
                    "telegram cannot be reached"
                ),
                Err(_) => tracing::error!("telegram dispatcher panicked, starting again"),
            },
            () = &mut shutdown => {
                stopping.store(true, Ordering::Relaxed);
                tracing::info!("telegram is stopping");
                if timeout(GRACE, stop(&token, polling)).await.is_err() {
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

fn bot(settings: &TelegramSettings) -> Result<TelegramBot, TelegramError> {
    let bad_address = || TelegramError::ApiUrl(settings.api_url.clone());
    // teloxide panics on addresses without a host (mailto:…).
    if !settings.api_url.starts_with("http") {
        return Err(bad_address());
    }
    let address = settings.api_url.parse().map_err(|_| bad_address())?;
    let bot = Bot::new(settings.token.expose_secret()).set_api_url(address);
    // Throttle goes on first: adaptors below it would hide requests from its count.
    Ok(bot.throttle(LIMITS))
}

/// Asks the dispatcher to stop and waits until it has; it may not have started yet.
async fn stop(token: &ShutdownToken, polling: impl Future) {
    let mut polling = pin!(polling);
    while token.shutdown().is_err() {
        tokio::select! {
            _ = &mut polling => return,
            () = sleep(Duration::from_millis(50)) => {}
        }
    }
    polling.await;
}

/// 1, 2, 4 … 60 seconds.
fn pause(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.min(6)).min(LONGEST_PAUSE)
}

/// Introduces the bot to Telegram, however long that takes.
async fn connect(bot: &TelegramBot) {
    let mut failures = 0;
    while let Err(error) = introduce(bot).await {
        let delay = pause(failures);
        let reason = delivery::kind(&error);
        let retry_s = delay.as_secs();
        if matches!(error, RequestError::Api(ApiError::InvalidToken)) {
            tracing::error!(
                retry_s,
                "telegram does not know this token; please check TELOXIDE_TOKEN"
            );
        } else {
            tracing::warn!(reason, retry_s, "telegram cannot be reached");
        }
        sleep(delay).await;
        failures += 1;
    }
}

async fn introduce(bot: &TelegramBot) -> Result<(), RequestError> {
    let me = bot.get_me().await?;
    // Polling is refused while a webhook is set.
    if bot.get_webhook_info().await?.url.is_some() {
        bot.delete_webhook().await?;
        tracing::warn!("the telegram webhook of this bot was removed: polling needs that");
    }
    if let Err(error) = bot.set_my_commands(Command::bot_commands()).await {
        let reason = delivery::kind(&error);
        tracing::warn!(reason, "telegram did not take the list of commands");
    }
    let bot = me.user.username.unwrap_or_default();
    tracing::info!(bot, "telegram is connected");
    Ok(())
}

/// The tree of handlers: an update goes to the branch of its kind and is taken there once.
///
/// The filter stands in the branches, not above them: above, it would make teloxide ask Telegram
/// for updates of every kind.
fn handlers() -> UpdateHandler<Infallible> {
    let first_time = |update: Update, desk: Arc<Desk>| desk.seen.first_time(update.id);
    dptree::entry()
        .branch(
            Update::filter_message()
                .filter(first_time)
                .endpoint(desk::on_message),
        )
        .branch(
            Update::filter_callback_query()
                .filter(first_time)
                .endpoint(desk::on_callback),
        )
}

fn dispatcher(
    bot: TelegramBot,
    desk: Arc<Desk>,
) -> Dispatcher<TelegramBot, Infallible, Infallible> {
    Dispatcher::builder(bot, handlers())
        .dependencies(dptree::deps![desk])
        // Side by side: see the module's head.
        .distribution_function(|_| None::<Infallible>)
        // teloxide's own would log the whole update.
        .default_handler(|_| async {})
        .build()
}

/// Logs why a poll failed, by its kind.
struct PollErrors(Arc<AtomicBool>);

impl ErrorHandler<RequestError> for PollErrors {
    fn handle_error(self: Arc<Self>, error: RequestError) -> BoxFuture<'static, ()> {
        if !self.0.load(Ordering::Relaxed) {
            log_poll_error(&error);
        }
        Box::pin(async {})
    }
}

fn log_poll_error(error: &RequestError) {
    let conflict = match error {
        RequestError::Api(ApiError::TerminatedByOtherGetUpdates | ApiError::CantGetUpdates) => true,
        RequestError::Api(ApiError::Unknown(text)) => text.starts_with("Conflict"),
        _ => false,
    };
    if conflict {
        tracing::error!(
            "another program uses this telegram token; each bot must run only once: stop the other \
             one or give this one a token of its own"
        );
    } else {
        let reason = delivery::kind(error);
        tracing::warn!(reason, "telegram poll failed");
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

    #[tokio::test]
    async fn the_dispatcher_finds_all_that_its_handlers_need() {
        let settings = settings("http://127.0.0.1:9");
        let bot = bot(&settings).expect("an address");
        // Would panic when a handler asked for something that nobody provides.
        let _ = dispatcher(bot, Arc::new(Desk::new(assistant(), &settings)));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_an_error_and_no_panic() {
        for address in ["", "nowhere", "mailto:x"] {
            let ended = run(assistant(), settings(address), async {}).await;
            assert!(matches!(ended, Err(TelegramError::ApiUrl(_))), "{address}");
        }
    }

    #[tokio::test]
    async fn telegram_out_of_reach_keeps_it_waiting_until_it_is_stopped() {
        let soon = sleep(Duration::from_millis(300));
        // Nobody listens on the discard port.
        let run = run(assistant(), settings("http://127.0.0.1:9"), soon);
        let ended = timeout(Duration::from_secs(3), run).await;
        assert!(matches!(ended, Ok(Ok(()))));
    }

    #[test]
    fn pauses_grow_to_a_minute() {
        let seconds: Vec<u64> = (0..8).map(|n| pause(n).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
    }
}
