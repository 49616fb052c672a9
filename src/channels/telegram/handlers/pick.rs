//! Buttons of a dialogue on who qualifies.

use teloxide::types::{CallbackQuery, InlineKeyboardMarkup};

use super::{sender::Sender, state::Handlers};
use crate::{
    answer::CheckStep,
    channels::{
        telegram::{
            callback::Pick,
            delivery::{self, TelegramBot},
            wording as words,
        },
        wording,
    },
    service::{Act, Outcome},
};

impl Handlers {
    /// Says what the pressed button says, as if the person who pressed it had typed it. The buttons are gone then: each
    /// question is answered once.
    pub(super) async fn picked(&self, bot: &TelegramBot, query: &CallbackQuery, pick: Pick) {
        let Some(message) = query.regular_message() else {
            return delivery::acknowledge(bot, &query.id, Some(words::STALE)).await;
        };
        let sender = Sender::pressing(message, &query.from);
        let reply = match self.handle(&sender, Act::Pick(pick.0)).await {
            Ok(reply) => reply,
            Err(refusal) => {
                let line = wording::refusal(refusal);
                return delivery::acknowledge(bot, &query.id, line).await;
            }
        };
        // Somebody else's button in a group, or one of a step that is over: nobody else need see that.
        let is_over = match &reply.outcome {
            Outcome::Answer(answer) => answer
                .check
                .as_ref()
                .is_none_or(|check| check.step == CheckStep::Over),
            _ => true,
        };
        if is_over {
            return delivery::acknowledge(bot, &query.id, Some(words::STALE)).await;
        }
        delivery::acknowledge(bot, &query.id, None).await;
        let nothing = InlineKeyboardMarkup::default();
        delivery::edit_buttons(bot, message.chat.id, message.id, &nothing).await;
        if let Ok(response) = self.answered(&sender, reply, None) {
            self.deliver(bot, &sender, response).await;
        }
    }
}
