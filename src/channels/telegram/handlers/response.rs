//! Calls the service, renders answers and sends them: one message at a time per chat, replacing the
//! existing reply if the question was edited.

use teloxide::types::MessageId;

use super::{
    sender::Sender,
    state::{BegunJob, Handlers},
};
use crate::{
    channels::{
        telegram::{
            callback::ScriptChoice,
            delivery::{self, Target, TelegramBot},
            render::{self, Rendered},
            replies::Delivery,
        },
        wording,
    },
    corpus::PassageId,
    service::{Act, Command, Refusal, Reply},
};

/// A message, its picture, and the passages behind its button 更多相关.
pub(super) struct Response {
    pub(super) message: Rendered,
    /// A PNG that the message belongs to.
    pub(super) picture: Option<Vec<u8>>,
    pub(super) related: Option<Vec<PassageId>>,
}

impl From<Rendered> for Response {
    fn from(message: Rendered) -> Self {
        Self {
            message,
            picture: None,
            related: None,
        }
    }
}

impl Handlers {
    /// Passes a request of `sender` to the service.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn handle(&self, sender: &Sender, act: Act) -> Result<Reply, Refusal> {
        self.request(sender.request(act)).await
    }

    /// Counts a request that is answered without the service; the reply contains the role of the
    /// sender.
    ///
    /// # Errors
    /// If it is rate-limited.
    pub(super) async fn own(&self, sender: &Sender) -> Result<Reply, Refusal> {
        self.handle(sender, Act::Command(Command::Own)).await
    }

    /// Answers a question or defines a term. The answer is rendered from its own snapshot, in the
    /// script of the chat.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn ask(&self, sender: &Sender, act: Act) -> Result<Response, Refusal> {
        let reply = self.handle(sender, act).await?;
        self.answered(sender, reply, None)
    }

    /// Answers a question that was pressed, not typed: the reply names it.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn ask_pressed(
        &self,
        sender: &Sender,
        question: &str,
    ) -> Result<Response, Refusal> {
        let reply = self.handle(sender, Act::ask(question.to_owned())).await?;
        self.answered(sender, reply, Some(question))
    }

    /// The response that shows the answer of a reply.
    ///
    /// # Errors
    /// [`Refusal::Failed`] if it has none.
    pub(super) fn answered(
        &self,
        sender: &Sender,
        reply: Reply,
        pressed: Option<&str>,
    ) -> Result<Response, Refusal> {
        let id = reply.id.clone();
        let (mut answer, snapshot) = reply.answer()?;
        if let ScriptChoice::Always(script) = self.chosen(sender.target.chat) {
            answer.script = script;
        }
        let mut message = match pressed {
            Some(question) => render::pressed_answer(question, &answer, &self.deployment),
            None => render::answer(&answer, &self.deployment),
        };
        message = message.leading_to(self.name());
        if let Some(first) = answer.citations.first()
            && answer.check.is_none()
        {
            let passage = &first.passage_id;
            if render::has_terms(&snapshot, passage)? {
                message.offer_terms(passage, answer.script);
            }
        }
        render::name_answer(&mut message.keyboard, &id);
        Ok(Response {
            message,
            picture: None,
            related: Some(answer.related),
        })
    }

    /// Sends a response, or edits the existing reply to the question.
    pub(super) async fn deliver(&self, bot: &TelegramBot, sender: &Sender, response: Response) {
        let Response {
            message,
            picture,
            related,
        } = response;
        if let Some(picture) = picture
            && self
                .send_picture(bot, sender.target, picture, &message)
                .await
        {
            return;
        }
        let sent = self.send(bot, sender, &message).await;
        if let (Some(id), Some(related)) = (sent, related) {
            self.related.put((sender.target.chat, id), related);
            self.tell_notices(bot, sender.target).await;
        }
    }

    /// Sends a picture, with the message below it where there is room for that. False when the message is still
    /// to be sent.
    async fn send_picture(
        &self,
        bot: &TelegramBot,
        target: Target,
        picture: Vec<u8>,
        message: &Rendered,
    ) -> bool {
        let Some(mut turn) = self.turn(target.chat).await else {
            return false;
        };
        let caption = Some(message).filter(|message| message.is_caption());
        let sent = delivery::send_photo(bot, &mut turn, target, picture, caption).await;
        sent && caption.is_some()
    }

    /// Tells what the office has to say, once in each chat that asks, below the answer.
    async fn tell_notices(&self, bot: &TelegramBot, target: Target) {
        for notice in self.untold_notices(target.chat) {
            let message = self.note(target.chat, &wording::office_notice(&notice.text));
            let Some(mut turn) = self.turn(target.chat).await else {
                return;
            };
            if delivery::send(bot, &mut turn, target, &message)
                .await
                .is_some()
            {
                self.notice_told(target.chat, &notice);
            }
        }
    }

    /// Tells whoever has begun a job how it ended, in a message of its own.
    pub(in crate::channels::telegram) async fn tell_end(&self, bot: &TelegramBot, job: BegunJob) {
        let BegunJob { number, target } = job;
        let Some(how) = self.end_of_job(number).await else {
            return;
        };
        let message = self.note(target.chat, &wording::admin::job_ended(number, &how));
        if let Some(mut turn) = self.turn(target.chat).await {
            delivery::send(bot, &mut turn, target, &message).await;
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
        let mut turn = self.turn(target.chat).await?;
        let turn = &mut turn;
        let Some((question, update)) = sender.question else {
            return delivery::send(bot, turn, target, message).await;
        };
        let sent = match self.replies.delivery(question, update) {
            Delivery::Outdated => return None,
            Delivery::Send => delivery::send(bot, turn, target, message).await,
            Delivery::Edit(reply) => delivery::edit(bot, turn, target, reply, message).await,
        };
        if let Some(reply) = sent {
            self.replies.note_reply(question, reply);
        }
        sent
    }
}
