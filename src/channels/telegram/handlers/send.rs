//! Sends rendered messages: one at a time per chat, replacing the existing reply if the question
//! was edited.

use teloxide::types::{ChatId, MessageId};

use super::{answer::Response, sender::Sender, state::Handlers};
use crate::{
    answer::Script,
    channels::{
        telegram::{
            callback::ScriptChoice,
            delivery::{self, TelegramBot},
            render::{self, Rendered},
            replies::Delivery,
        },
        wording::in_script,
    },
};

impl Handlers {
    /// The script of messages in `chat` that are not answers.
    pub(super) fn script(&self, chat: ChatId) -> Script {
        match self.scripts.of(chat) {
            ScriptChoice::Always(script) => script,
            ScriptChoice::Auto => Script::Simplified,
        }
    }

    /// A plain message in the script of the chat.
    pub(super) fn note(&self, chat: ChatId, text: &str) -> Rendered {
        render::note(&in_script(text, self.script(chat)))
    }

    /// Sends a response, or edits the existing reply to the question.
    pub(super) async fn deliver(&self, bot: &TelegramBot, sender: &Sender, response: Response) {
        let Response { message, related } = response;
        let sent = self.send(bot, sender, &message).await;
        if let (Some(id), Some(related)) = (sent, related) {
            self.related.note((sender.target.chat, id), related);
        }
    }

    /// Returns the id of the message that now contains it, on success.
    async fn send(
        &self,
        bot: &TelegramBot,
        sender: &Sender,
        message: &Rendered,
    ) -> Option<MessageId> {
        let target = sender.target;
        let Some(_turn) = self.queues.turn(target.chat).await else {
            tracing::warn!("telegram chat is flooded, a message was dropped");
            return None;
        };
        let Some((question, update)) = sender.question else {
            return delivery::send(bot, target, message).await;
        };
        let sent = match self.replies.delivery(question, update) {
            Delivery::Outdated => return None,
            Delivery::Send => delivery::send(bot, target, message).await,
            Delivery::Edit(reply) => delivery::edit(bot, target, reply, message).await,
        };
        if let Some(reply) = sent {
            self.replies.note_reply(question, reply);
        }
        sent
    }
}
