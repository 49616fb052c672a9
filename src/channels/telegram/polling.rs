//! Updates by long polling: we call Telegram.

use std::{convert::Infallible, time::Duration};

use teloxide::{
    ApiError, RequestError, payloads::GetUpdatesSetters as _, requests::Requester as _,
    types::Update,
};
use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};

use super::{
    delivery::{
        TelegramBot,
        failure::{kind, pause},
    },
    journal::Journal,
    update::KINDS,
};

/// How long a poll waits for updates. teloxide's client times out after 17 seconds.
const POLL: Duration = Duration::from_secs(10);
/// Interval between polls while updates cannot be confirmed: Telegram answers such polls at once.
const UNCONFIRMED: Duration = Duration::from_millis(500);
/// Time limit for the last poll.
const LAST: Duration = Duration::from_secs(2);

/// Polls for ever and passes on new updates. Failures are logged, and the poll is repeated.
pub(super) async fn poll(
    bot: TelegramBot,
    journal: &Journal,
    updates: mpsc::Sender<Update>,
) -> Infallible {
    let mut failures = 0;
    loop {
        let unconfirmed = journal.first_unsettled().is_some();
        let arrived = match get_updates(&bot, journal, POLL).await {
            Ok(arrived) => arrived,
            Err(error) => {
                log(&error);
                let told = match error {
                    RequestError::RetryAfter(seconds) => seconds.duration(),
                    _ => Duration::ZERO,
                };
                sleep(pause(failures).max(told)).await;
                failures += 1;
                continue;
            }
        };
        failures = 0;
        let new = journal.take(arrived).await;
        if unconfirmed && new.is_empty() {
            sleep(UNCONFIRMED).await;
        }
        for update in new {
            // Nobody receives any more once the bot is stopping, and then this future is dropped.
            let _ = updates.send(update).await;
        }
    }
}

/// Confirms what has been taken in hand since the last poll, so that another program, or the next
/// run without its data, does not answer it again.
pub(super) async fn confirm(bot: &TelegramBot, journal: &Journal) {
    if journal.offset().is_some() {
        // What this poll returns stays unconfirmed.
        let _ = timeout(LAST, get_updates(bot, journal, Duration::ZERO)).await;
    }
}

async fn get_updates(
    bot: &TelegramBot,
    journal: &Journal,
    wait: Duration,
) -> Result<Vec<Update>, RequestError> {
    let wait = u32::try_from(wait.as_secs()).unwrap_or_default();
    let mut request = bot.get_updates().timeout(wait).allowed_updates(KINDS);
    // Signed in the Bot API, since it also takes offsets from the end.
    if let Some(offset) = journal.offset().and_then(|id| i32::try_from(id).ok()) {
        request = request.offset(offset);
    }
    request.await
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
