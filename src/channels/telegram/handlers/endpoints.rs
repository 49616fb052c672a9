//! Endpoints of the tree of handlers. Neither failures nor panics escape them.

use std::{convert::Infallible, sync::Arc};

use teloxide::types::{CallbackQuery, InlineQuery, Me, Message, Update};

use super::{sender::Sender, state::Handlers};
use crate::{
    channels::{
        telegram::{
            delivery::{self, InlineAnswer, TelegramBot},
            guard::{self, Panicked},
        },
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
    let handled = guard::caught(update.id, handlers.message(&bot, update.id, &message, &me)).await;
    if let Some(line) = apology(&handled) {
        let sender = Sender::of(&message);
        let sorry = handlers.note(message.chat.id, line);
        let sorry = handlers.deliver(&bot, &sender, sorry.into());
        let _ = guard::caught(update.id, sorry).await;
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
    let _ = guard::caught(update.id, handlers.edited(&bot, update.id, &message, &me)).await;
    Ok(())
}

/// Handles a button; never fails, never panics, and always answers the callback query.
pub(in crate::channels::telegram) async fn callback(
    bot: TelegramBot,
    update: Update,
    query: CallbackQuery,
    handlers: Arc<Handlers>,
) -> Result<(), Infallible> {
    let handled = guard::caught(update.id, handlers.pressed(&bot, &query)).await;
    if let Some(line) = apology(&handled) {
        let sorry = delivery::acknowledge(&bot, &query.id, Some(line));
        let _ = guard::caught(update.id, sorry).await;
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
    let handled = guard::caught(update.id, handlers.inline(&bot, &query, &me)).await;
    if apology(&handled).is_some() {
        let nothing = delivery::answer_inline(&bot, &query.id, InlineAnswer::default());
        let _ = guard::caught(update.id, nothing).await;
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
