//! Updates by long polling: we call Telegram.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use teloxide::{ApiError, RequestError, error_handlers::ErrorHandler, update_listeners::Polling};

use super::{
    connect::pause,
    delivery::{TelegramBot, failure::kind},
};

/// How long a poll waits for updates. teloxide's client times out after 17 seconds.
const POLL: Duration = Duration::from_secs(10);

/// Creates the listener for one run of the dispatcher.
pub(super) fn listen(bot: &TelegramBot) -> Polling<TelegramBot> {
    Polling::builder(bot.clone())
        .timeout(POLL)
        .backoff_strategy(pause)
        .build()
}

/// Logs the kind of each polling failure, until the flag signals that the bot is stopping.
pub(super) struct PollErrors(pub(super) Arc<AtomicBool>);

impl ErrorHandler<RequestError> for PollErrors {
    fn handle_error(self: Arc<Self>, error: RequestError) -> BoxFuture<'static, ()> {
        if !self.0.load(Ordering::Relaxed) {
            log(&error);
        }
        Box::pin(async {})
    }
}

fn log(error: &RequestError) {
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
        let reason = kind(error);
        tracing::warn!(reason, "telegram poll failed");
    }
}
