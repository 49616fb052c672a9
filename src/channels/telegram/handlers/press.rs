//! Buttons below messages, those for feedback among them.

use teloxide::types::{
    CallbackQuery, InlineKeyboardButton, InlineKeyboardButtonKind::CallbackData,
    InlineKeyboardMarkup, MessageId,
};

use super::{
    sender::{request_of, topic},
    state::Handlers,
};
use crate::{
    admin,
    channels::{
        telegram::{
            callback::{self, Action, Pick, Press, ScriptChoice, Suggested},
            delivery::{self, Target, TelegramBot},
            render::{self, Rendered},
            wording as words,
        },
        wording::{self, in_script},
    },
    service::{Act, Command, List, Outcome, Read, Reason, Refusal, Reply, Vote, VoteCast},
};

/// A pressed button and its message.
struct Pressed<'a> {
    bot: &'a TelegramBot,
    query: &'a CallbackQuery,
    target: Target,
    /// The message with the button; `None` if it is too old to be read or edited.
    message: Option<MessageId>,
}

impl Pressed<'_> {
    /// Answers the callback query, optionally with a notification.
    async fn acknowledge(&self, line: Option<&str>) {
        delivery::acknowledge(self.bot, &self.query.id, line).await;
    }

    /// The current buttons of the message.
    fn buttons(&self) -> Option<&InlineKeyboardMarkup> {
        self.query.regular_message()?.reply_markup()
    }

    /// Replaces the buttons of the message.
    async fn edit_buttons(&self, buttons: &InlineKeyboardMarkup) {
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
        if Suggested::decode(data).is_some() {
            self.suggested(bot, query).await;
            return Ok(());
        }
        if let Some(pick) = Pick::decode(data) {
            self.picked(bot, query, pick).await;
            return Ok(());
        }
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
        if let Some(command) = callback::command(data) {
            return self.perform(&pressed, command).await;
        }
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

    /// Gives a command of administrators in the name of whoever pressed.
    async fn perform(&self, pressed: &Pressed<'_>, command: admin::Command) -> Result<(), Refusal> {
        let reply = self
            .handle_press(pressed, Act::Command(command.into()))
            .await?;
        let told = match &reply.outcome {
            Outcome::Admin(outcome) if outcome.is_news_to(reply.role) => {
                words::NOT_ADMIN.to_owned()
            }
            Outcome::Admin(outcome) => {
                if let admin::Outcome::Started(job) = **outcome {
                    self.follow(job, pressed.target);
                }
                wording::admin::outcome(outcome)
            }
            _ => words::STALE.to_owned(),
        };
        let message = self.note(pressed.target.chat, &told);
        self.hand_over(pressed, &message).await;
        Ok(())
    }

    async fn act(&self, pressed: &Pressed<'_>, press: &Press) -> Result<(), Refusal> {
        let message = match press.action {
            Action::Vote(vote) => return self.vote(pressed, press, vote).await,
            Action::Reason(reason) => return self.reason(pressed, press, reason).await,
            Action::Page(page) => {
                let section = self.section(pressed, press, Some(page)).await?;
                self.turn_page(pressed, section).await;
                return Ok(());
            }
            Action::Section => Ok(self.section(pressed, press, None).await?),
            Action::Related => {
                let related = self.related(pressed, press).await?;
                related.ok_or(words::NO_MORE)
            }
            Action::Terms => {
                let read = Act::Read(Read::Passage(press.passage.clone()));
                let reply = self.handle_press(pressed, read).await?;
                let terms = render::terms(&reply.snapshot, &press.passage, press.script)?;
                terms.ok_or(words::NO_TERMS_HERE)
            }
        };
        match message {
            Ok(message) => self.hand_over(pressed, &message).await,
            Err(line) => pressed.acknowledge(Some(line)).await,
        }
        Ok(())
    }

    /// Passes a request to the service.
    async fn handle_press(&self, pressed: &Pressed<'_>, act: Act) -> Result<Reply, Refusal> {
        self.request(request_of(pressed.query.from.id, act)).await
    }

    /// Sets the script of the chat and shows it in the message with the buttons.
    async fn choose(&self, pressed: &Pressed<'_>, choice: ScriptChoice) -> Result<(), Refusal> {
        self.handle_press(pressed, Act::Command(Command::Own))
            .await?;
        let chat = pressed.target.chat;
        self.choose_script(chat, choice);
        pressed.acknowledge(None).await;
        let message = render::lang(choice, self.script(chat));
        let Some(mut turn) = self.turn(chat).await else {
            return Ok(());
        };
        match pressed.message {
            Some(id) => delivery::edit(pressed.bot, &mut turn, pressed.target, id, &message).await,
            None => delivery::send(pressed.bot, &mut turn, pressed.target, &message).await,
        };
        Ok(())
    }

    /// Answers the callback query and sends the message it asked for.
    async fn hand_over(&self, pressed: &Pressed<'_>, message: &Rendered) {
        pressed.acknowledge(None).await;
        if let Some(mut turn) = self.turn(pressed.target.chat).await {
            delivery::send(pressed.bot, &mut turn, pressed.target, message).await;
        }
    }

    /// Answers the callback query and turns the page in place, if the message can be edited.
    async fn turn_page(&self, pressed: &Pressed<'_>, section: Rendered) {
        let Some(message) = pressed.message else {
            return self.hand_over(pressed, &section).await;
        };
        pressed.acknowledge(None).await;
        if let Some(mut turn) = self.turn(pressed.target.chat).await {
            delivery::edit(pressed.bot, &mut turn, pressed.target, message, &section).await;
        }
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
        let noted = pressed.message.and_then(|id| self.related.get(&(chat, id)));
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

    /// Counts a vote. 没用 adds buttons that ask for the reason.
    async fn vote(&self, pressed: &Pressed<'_>, press: &Press, vote: Vote) -> Result<(), Refusal> {
        self.count_vote(pressed, press, vote, None).await?;
        let (line, reasons) = match vote {
            Vote::Useful => (words::THANKS, Vec::new()),
            Vote::Useless => (words::WHY, render::reasons(&press.passage, press.script)),
        };
        pressed
            .acknowledge(Some(&in_script(line, press.script)))
            .await;
        let Some(buttons) = pressed.buttons() else {
            return Ok(());
        };
        let mut reasons = reasons;
        if let Some(answer) = &press.answer {
            render::name_answer(&mut reasons, answer);
        }
        let mut wanted = without_reasons(buttons);
        let rows = reasons.iter().map(|row| {
            row.iter()
                .filter_map(delivery::inline_button)
                .collect::<Vec<InlineKeyboardButton>>()
        });
        let below_votes = above_suggestions(&wanted);
        wanted
            .inline_keyboard
            .splice(below_votes..below_votes, rows);
        // A change from 没用 to 有用 removes the question for a reason.
        if wanted != *buttons {
            pressed.edit_buttons(&wanted).await;
        }
        Ok(())
    }

    /// Counts the reason for a vote and removes the question for it.
    async fn reason(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
        reason: Reason,
    ) -> Result<(), Refusal> {
        self.count_vote(pressed, press, Vote::Useless, Some(reason))
            .await?;
        let thanks = in_script(words::THANKS, press.script);
        pressed.acknowledge(Some(&thanks)).await;
        if let Some(buttons) = pressed.buttons() {
            pressed.edit_buttons(&without_reasons(buttons)).await;
        }
        Ok(())
    }

    async fn count_vote(
        &self,
        pressed: &Pressed<'_>,
        press: &Press,
        vote: Vote,
        reason: Option<Reason>,
    ) -> Result<(), Refusal> {
        let vote = Act::Vote(VoteCast {
            answer: press.answer.clone(),
            passage: press.cited().cloned(),
            vote,
            reason,
        });
        match self.handle_press(pressed, vote).await {
            // A vote on a passage that is no longer served is acknowledged all the same.
            Ok(_) | Err(Refusal::UnknownPassage) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }
}

/// The number of rows above the suggested questions.
fn above_suggestions(buttons: &InlineKeyboardMarkup) -> usize {
    let rows = &buttons.inline_keyboard;
    let suggests = |button: &InlineKeyboardButton| match &button.kind {
        CallbackData(data) => Suggested::decode(data).is_some(),
        _ => false,
    };
    let first = rows.iter().position(|row| row.iter().any(suggests));
    first.unwrap_or(rows.len())
}

/// The keyboard without the rows that ask for a reason.
fn without_reasons(buttons: &InlineKeyboardMarkup) -> InlineKeyboardMarkup {
    let asks_why = |button: &InlineKeyboardButton| match &button.kind {
        CallbackData(data) => {
            Press::decode(data).is_some_and(|press| matches!(press.action, Action::Reason(_)))
        }
        _ => false,
    };
    let rows = buttons.inline_keyboard.iter();
    InlineKeyboardMarkup::new(rows.filter(|row| !row.iter().any(asks_why)).cloned())
}
