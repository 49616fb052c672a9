//! Endpoints of the tree of handlers. Neither failures nor panics escape them.
//!
//! In teloxide, a panic in a handler kills the worker of its chat, and the next update from that
//! chat ends the whole bot. So every endpoint runs inside [`caught`].

use std::{convert::Infallible, panic::AssertUnwindSafe, sync::Arc};

use futures::FutureExt;
use teloxide::types::{CallbackQuery, InlineQuery, Me, Message, Update, UpdateId};
use tracing::Instrument;

use super::{sender::Sender, state::Handlers};
use crate::{
    channels::{
        telegram::delivery::{self, InlineAnswer, TelegramBot},
        wording,
    },
    service::Refusal,
};

/// Handles a message; never fails, never panics.
pub(in crate::channels::telegram) async fn message(
    bot: TelegramBot,
    update: Update,
    message: Message,
    me: Me,
    handlers: Arc<Handlers>,
) -> Result<(), Infallible> {
    let handled = caught(update.id, handlers.message(&bot, update.id, &message, &me)).await;
    if let Some(line) = apology(&handled) {
        let sender = Sender::of(&message);
        let sorry = handlers.note(message.chat.id, line);
        let sorry = handlers.deliver(&bot, &sender, sorry.into());
        let _ = caught(update.id, sorry).await;
    }
    Ok(())
}

/// Handles an edited message; never fails, never panics. After a failure the old reply is kept.
pub(in crate::channels::telegram) async fn edited(
    bot: TelegramBot,
    update: Update,
    message: Message,
    me: Me,
    handlers: Arc<Handlers>,
) -> Result<(), Infallible> {
    let _ = caught(update.id, handlers.edited(&bot, update.id, &message, &me)).await;
    Ok(())
}

/// Handles a button; never fails, never panics, and always answers the callback query.
pub(in crate::channels::telegram) async fn callback(
    bot: TelegramBot,
    update: Update,
    query: CallbackQuery,
    handlers: Arc<Handlers>,
) -> Result<(), Infallible> {
    let handled = caught(update.id, handlers.pressed(&bot, &query)).await;
    if let Some(line) = apology(&handled) {
        let sorry = delivery::acknowledge(&bot, &query.id, Some(line));
        let _ = caught(update.id, sorry).await;
    }
    Ok(())
}

/// Handles an inline query; never fails, never panics.
pub(in crate::channels::telegram) async fn inline(
    bot: TelegramBot,
    update: Update,
    query: InlineQuery,
    me: Me,
    handlers: Arc<Handlers>,
) -> Result<(), Infallible> {
    let handled = caught(update.id, handlers.inline(&bot, &query, &me)).await;
    if apology(&handled).is_some() {
        let nothing = delivery::answer_inline(&bot, &query.id, InlineAnswer::default());
        let _ = caught(update.id, nothing).await;
    }
    Ok(())
}

/// The apology for a failure or panic, if any.
fn apology(handled: &Result<Result<(), Refusal>, Panicked>) -> Option<&'static str> {
    match handled {
        Ok(Ok(())) => None,
        Ok(Err(refusal)) => wording::refusal(*refusal),
        Err(Panicked) => Some(wording::FAILED),
    }
}

/// A handler panicked; the panic hook has logged where.
#[derive(Debug, PartialEq, Eq)]
struct Panicked;

/// Runs a handler to completion, in its own span.
///
/// Unwind safety is asserted: handlers share caches and counters behind locks that ignore
/// poisoning, and an immutable corpus.
///
/// # Errors
/// [`Panicked`] if the handler panics. The payload is not logged since it may quote a message.
async fn caught<T>(update: UpdateId, handler: impl Future<Output = T>) -> Result<T, Panicked> {
    let span = tracing::info_span!("update", channel = "telegram", update.id = update.0);
    let run = AssertUnwindSafe(handler).catch_unwind();
    async {
        run.await.map_err(|_| {
            tracing::error!("a handler panicked");
            Panicked
        })
    }
    .instrument(span)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_handler_and_nothing_else() {
        let update = UpdateId(1);
        let panicking = async { panic!("on purpose") };
        assert_eq!(caught::<()>(update, panicking).await, Err(Panicked));
        assert_eq!(caught(update, async { 7 }).await, Ok(7));
    }
}
