//! Sends what was rendered: in the script of the chat, one message at a time, into the reply that
//! an edited question already has.

use teloxide::types::MessageId;

use super::{sender::Sender, state::Handlers};
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
    /// The script of what the bot says by itself.
    pub(super) fn script(&self, sender: &Sender) -> Script {
        match self.scripts.of(sender.target.chat) {
            ScriptChoice::Always(script) => script,
            ScriptChoice::Auto => Script::Simplified,
        }
    }

    /// Says something of our own, in the script of the chat.
    pub(super) async fn say(&self, bot: &TelegramBot, sender: &Sender, text: &str) {
        let text = in_script(text, self.script(sender));
        self.deliver(bot, sender, &render::note(&text)).await;
    }

    /// Sends a message, or edits the reply that the question already has. Its id when it arrived.
    pub(super) async fn deliver(
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
