//! Questions: asks the assistant and sends the answer.

use super::{sender::Sender, state::Handlers};
use crate::{
    answer::{Answer, Question},
    channels::telegram::{
        callback::ScriptChoice,
        delivery::{Target, TelegramBot},
        render,
    },
};

impl Handlers {
    /// Answers a question, in its conversation.
    pub(super) async fn question(&self, bot: &TelegramBot, sender: &Sender, text: String) {
        let Target { chat, topic, .. } = sender.target;
        let topic = topic.map_or(0, |topic| topic.0.0);
        let conversation = format!("{}:{chat}:{topic}", sender.person);
        let history = self.conversations.turn(&conversation, &text);
        let question = Question {
            text,
            history,
            limit: 0,
        };
        let answer = self.assistant.ask(question).await;
        self.reply(bot, sender, answer).await;
    }

    /// Sends an answer, and keeps what else there is to it.
    pub(super) async fn reply(&self, bot: &TelegramBot, sender: &Sender, mut answer: Answer) {
        tracing::info!(
            status = ?answer.status,
            hits.count = answer.citations.len(),
            "question answered"
        );
        if let ScriptChoice::Always(script) = self.scripts.of(sender.target.chat) {
            answer.script = script;
        }
        let mut message = render::answer(&answer, &self.deployment);
        if let Some(first) = answer.citations.first() {
            let passage = &first.passage_id;
            if render::has_terms(&self.assistant.snapshot(), passage) {
                message.offer_terms(passage, answer.script);
            }
        }
        let sent = self.deliver(bot, sender, &message).await;
        if let Some(id) = sent {
            let key = (sender.target.chat, id);
            self.related.note(key, answer.related);
        }
    }
}
