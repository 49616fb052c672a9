//! Buttons below messages.

use teloxide::types::{CallbackQuery, InlineKeyboardMarkup, MessageId};

use super::{
    sender::{request_of, topic},
    state::Handlers,
};
use crate::{
    channels::{
        telegram::{
            callback::{Action, Press, ScriptChoice},
            delivery::{self, Target, TelegramBot},
            render::{self, Rendered},
            wording as words,
        },
        wording,
    },
    service::{Act, Command, List, Read, Refusal, Reply},
};

/// A pressed button and its message.
pub(super) struct Pressed<'a> {
    bot: &'a TelegramBot,
    query: &'a CallbackQuery,
    target: Target,
    /// The message with the button; `None` if it is too old to be read or edited.
    message: Option<MessageId>,
}

impl Pressed<'_> {
    /// Answers the callback query, optionally with a notification.
    pub(super) async fn acknowledge(&self, line: Option<&str>) {
        delivery::acknowledge(self.bot, &self.query.id, line).await;
    }

    /// The current buttons of the message.
    pub(super) fn buttons(&self) -> Option<&InlineKeyboardMarkup> {
        self.query.regular_message()?.reply_markup()
    }

    /// Replaces the buttons of the message.
    pub(super) async fn edit_buttons(&self, buttons: &InlineKeyboardMarkup) {
        if let Some(message) = self.message {
            delivery::edit_buttons(self.bot, self.target.chat, message, buttons).await;
        }
    }
}

impl Handlers {
    /// Handles a button.
    ///
    /// # Errors
    /// A [`Refusal`] after which the callback query is still unanswered.
    pub(super) async fn pressed(
        &self,
        bot: &TelegramBot,
        query: &CallbackQuery,
    ) -> Result<(), Refusal> {
        let data = query.data.as_deref().unwrap_or_default();
        let chat = query.message.as_ref().map(|message| message.chat());
        let Some(chat) = chat else {
            delivery::acknowledge(bot, &query.id, Some(words::STALE)).await;
            return Ok(());
        };
        let message = query.regular_message();
        let pressed = Pressed {
            bot,
            query,
            target: Target {
                chat: chat.id,
                reply_to: message.map(|m| m.id).filter(|_| !chat.is_private()),
                topic: message.and_then(topic),
            },
            message: message.map(|message| message.id),
        };
        let done = match (ScriptChoice::decode(data), Press::decode(data)) {
            (Some(choice), _) => self.choose(&pressed, choice).await,
            (None, Some(press)) => self.act(&pressed, &press).await,
            (None, None) => {
                pressed.acknowledge(Some(words::STALE)).await;
                Ok(())
            }
        };
        let line = match done {
            Ok(()) => return Ok(()),
            Err(Refusal::TooFast { .. }) => wording::TOO_FAST,
            Err(Refusal::UnknownPassage | Refusal::UnknownDocument) => wording::GONE,
            Err(refusal @ (Refusal::Busy | Refusal::NotAllowed | Refusal::Failed)) => {
                return Err(refusal);
            }
        };
        pressed.acknowledge(Some(line)).await;
        Ok(())
    }

    async fn act(&self, pressed: &Pressed<'_>, press: &Press) -> Result<(), Refusal> {
        match press.action {
            Action::Vote(vote) => self.vote(pressed, press, vote).await,
            Action::Reason(reason) => self.reason(pressed, press, reason).await,
            Action::Section => {
                let section = self.section(pressed, press, None).await?;
                self.hand_over(pressed, &section).await;
                Ok(())
            }
            Action::Page(page) => {
                let section = self.section(pressed, press, Some(page)).await?;
                self.turn_page(pressed, section).await;
                Ok(())
            }
            Action::Related => {
                let more = self.related(pressed, press).await?;
                match more {
                    Some(more) => self.hand_over(pressed, &more).await,
                    None => pressed.acknowledge(Some(words::NO_MORE)).await,
                }
                Ok(())
            }
            Action::Terms => {
                let read = Act::Read(Read::Passage(press.passage.clone()));
                let reply = self.handle_press(pressed, read).await?;
                let terms = render::terms(&reply.snapshot, &press.passage, press.script)?;
                match terms {
                    Some(terms) => self.hand_over(pressed, &terms).await,
                    None => pressed.acknowledge(Some(words::NO_TERMS_HERE)).await,
                }
                Ok(())
            }
        }
    }

    /// Passes a request to the service.
    ///
    /// # Errors
    /// The [`Refusal`] of the service.
    pub(super) async fn handle_press(
        &self,
        pressed: &Pressed<'_>,
        act: Act,
    ) -> Result<Reply, Refusal> {
        let request = request_of(pressed.query.from.id, act);
        self.service.handle(request).await
    }

    /// Sets the script of the chat and shows it in the message with the buttons.
    async fn choose(&self, pressed: &Pressed<'_>, choice: ScriptChoice) -> Result<(), Refusal> {
        self.handle_press(pressed, Act::Command(Command::Own))
            .await?;
        let chat = pressed.target.chat;
        self.scripts.choose(chat, choice);
        pressed.acknowledge(None).await;
        let message = render::lang(choice, self.script(chat));
        let _turn = self.queues.turn(chat).await;
        match pressed.message {
            Some(id) => delivery::edit(pressed.bot, pressed.target, id, &message).await,
            None => delivery::send(pressed.bot, pressed.target, &message).await,
        };
        Ok(())
    }

    /// Answers the callback query and sends the message it asked for.
    async fn hand_over(&self, pressed: &Pressed<'_>, message: &Rendered) {
        pressed.acknowledge(None).await;
        if let Some(_turn) = self.queues.turn(pressed.target.chat).await {
            delivery::send(pressed.bot, pressed.target, message).await;
        } else {
            tracing::warn!("telegram chat is flooded, a message was dropped");
        }
    }

    /// Answers the callback query and turns the page in place, if the message can be edited.
    async fn turn_page(&self, pressed: &Pressed<'_>, section: Rendered) {
        let Some(message) = pressed.message else {
            return self.hand_over(pressed, &section).await;
        };
        pressed.acknowledge(None).await;
        let _turn = self.queues.turn(pressed.target.chat).await;
        delivery::edit(pressed.bot, pressed.target, message, &section).await;
    }

    async fn section(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
        page: Option<usize>,
    ) -> Result<Rendered, Refusal> {
        let read = Act::Read(Read::Passage(press.passage.clone()));
        let reply = self.handle_press(pressed, read).await?;
        render::section(&reply.snapshot, &press.passage, page, press.script)?
            .ok_or(Refusal::UnknownPassage)
    }

    /// The passages stored with the answer, or, after a restart, passages found by the heading.
    async fn related(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
    ) -> Result<Option<Rendered>, Refusal> {
        let chat = pressed.target.chat;
        let noted = pressed.message.and_then(|id| self.related.of((chat, id)));
        let (passages, snapshot) = match noted {
            Some(passages) => {
                let list = Act::List(List::Passages);
                (passages, self.handle_press(pressed, list).await?.snapshot)
            }
            None => {
                let similar = Act::Read(Read::Similar(press.passage.clone()));
                self.handle_press(pressed, similar).await?.similar()?
            }
        };
        Ok(render::related(&snapshot, &passages, press.script)?)
    }
}
