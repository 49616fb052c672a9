//! Handles an update by its kind. Neither failures nor panics escape.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use teloxide::types::{Me, Update, UpdateId, UpdateKind};
use tracing::Instrument;

use super::{sender::Sender, state::Handlers};
use crate::{
    channels::{
        telegram::delivery::{self, InlineAnswer, TelegramBot},
        wording,
    },
    service::Refusal,
};

impl Handlers {
    /// Handles an update; never fails, never panics.
    ///
    /// After a failure people are told so, but for edits, whose old reply is kept.
    pub(in crate::channels::telegram) async fn dispatch(
        &self,
        bot: &TelegramBot,
        update: Update,
        me: &Me,
    ) {
        let id = update.id;
        self.is_called(me.user.username.as_deref());
        match &update.kind {
            UpdateKind::Message(message) => {
                let handled = caught(id, self.message(bot, id, message, me)).await;
                if let Some(line) = apology(&handled) {
                    let sorry = self.note(message.chat.id, line);
                    let sender = Sender::of(message);
                    let _ = caught(id, self.deliver(bot, &sender, sorry.into())).await;
                }
            }
            UpdateKind::EditedMessage(message) => {
                let _ = caught(id, self.edited(bot, id, message, me)).await;
            }
            UpdateKind::CallbackQuery(query) => {
                let handled = caught(id, self.pressed(bot, query)).await;
                if let Some(line) = apology(&handled) {
                    let sorry = delivery::acknowledge(bot, &query.id, Some(line));
                    let _ = caught(id, sorry).await;
                }
            }
            UpdateKind::InlineQuery(query) => {
                let handled = caught(id, self.inline(bot, query, me)).await;
                if apology(&handled).is_some() {
                    let nothing = delivery::answer_inline(bot, &query.id, InlineAnswer::default());
                    let _ = caught(id, nothing).await;
                }
            }
            // Only its id: the rest may be somebody's words.
            UpdateKind::Error(_) => {
                tracing::warn!(update.id = id.0, "telegram update cannot be read");
            }
            // A kind that was not asked for.
            _ => {}
        }
    }
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
