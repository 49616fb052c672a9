//! Buttons that ask a suggested question.
//!
//! The question is read from the label of the button, in the message that Telegram sends along with
//! the press: nothing has to be remembered, and nobody but this bot writes labels there.

use futures::future::join;
use teloxide::types::{CallbackQuery, InlineKeyboardButtonKind::CallbackData, Message};

use super::{sender::Sender, state::Handlers};
use crate::channels::{
    telegram::{
        delivery::{self, TelegramBot},
        wording as words,
    },
    wording,
};

impl Handlers {
    /// Asks what the pressed button says, as if the person who pressed it had typed it.
    ///
    /// Refusals are told in the chat, as to typed questions: the callback query has been answered
    /// by then.
    pub(super) async fn suggested(&self, bot: &TelegramBot, query: &CallbackQuery) {
        let (message, question) = match asked(query) {
            Ok(asked) => asked,
            Err(line) => return delivery::acknowledge(bot, &query.id, Some(line)).await,
        };
        let sender = Sender::pressing(message, &query.from);
        let response = self.ask_pressed(&sender, question);
        // In this order: a question takes its turn in the conversation before the first `await`.
        let acknowledged = delivery::acknowledge(bot, &query.id, None);
        let (response, ()) = join(response, acknowledged).await;
        let response = match response {
            Ok(response) => response,
            Err(refusal) => match wording::refusal(refusal) {
                Some(line) => self.note(sender.target.chat, line).into(),
                None => return,
            },
        };
        self.deliver(bot, &sender, response).await;
    }
}

/// The message with the pressed button, and the question on it.
///
/// # Errors
/// What to tell if there is no such button, or it cannot be read.
fn asked(query: &CallbackQuery) -> Result<(&Message, &str), &'static str> {
    let message = query.regular_message().ok_or(words::UNREADABLE)?;
    let rows = message.reply_markup().map(|markup| &markup.inline_keyboard);
    let mut buttons = rows.into_iter().flatten().flatten();
    let pressed = buttons.find(|button| match &button.kind {
        CallbackData(data) => query.data.as_ref() == Some(data),
        _ => false,
    });
    let question = pressed.map(|button| button.text.trim()).unwrap_or_default();
    if question.is_empty() {
        return Err(words::STALE);
    }
    Ok((message, question))
}
