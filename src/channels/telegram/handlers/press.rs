//! The buttons.

use teloxide::types::{CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, MessageId};

use super::{sender::topic, state::Handlers};
use crate::{
    answer::{Question, Script},
    channels::{
        limits::Pace,
        telegram::{
            callback::{Action, Press, Reason, ScriptChoice, Vote},
            delivery::{self, Target, TelegramBot},
            render::{self, Rendered},
            wording as words,
        },
        wording::{self, in_script},
    },
    corpus::PassageId,
};

/// The passage of a button is not served any more.
struct Gone;

/// A button and where its message stands.
struct Pressed<'a> {
    bot: &'a TelegramBot,
    query: &'a CallbackQuery,
    target: Target,
    /// The message below which it stands, unless that is too old: such a one can be replied to, but
    /// neither read nor edited.
    message: Option<MessageId>,
}

impl Pressed<'_> {
    /// Answers the button, with a line shown for a moment.
    async fn acknowledge(&self, line: Option<&str>) {
        delivery::acknowledge(self.bot, &self.query.id, line).await;
    }

    /// The buttons below the message as they are now.
    fn buttons(&self) -> Option<&InlineKeyboardMarkup> {
        self.query.regular_message()?.reply_markup()
    }

    async fn edit_buttons(&self, buttons: &InlineKeyboardMarkup) {
        if let Some(message) = self.message {
            delivery::edit_buttons(self.bot, self.target.chat, message, buttons).await;
        }
    }
}

impl Handlers {
    pub(super) async fn pressed(&self, bot: &TelegramBot, query: &CallbackQuery) {
        let data = query.data.as_deref().unwrap_or_default();
        let chat = query.message.as_ref().map(|message| message.chat());
        let Some(chat) = chat else {
            return delivery::acknowledge(bot, &query.id, Some(words::STALE)).await;
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
        let choice = ScriptChoice::decode(data);
        let press = Press::decode(data);
        if choice.is_none() && press.is_none() {
            return pressed.acknowledge(Some(words::STALE)).await;
        }
        let person = format!("telegram:{}", query.from.id);
        if self.actions.count(&person) != Pace::Fine {
            return pressed.acknowledge(Some(wording::TOO_FAST)).await;
        }
        if let Some(choice) = choice {
            self.choose(&pressed, choice).await;
        } else if let Some(press) = press {
            self.act(&pressed, &press).await;
        }
    }

    async fn act(&self, pressed: &Pressed<'_>, press: &Press) {
        match press.action {
            Action::Vote(vote) => vote_cast(pressed, press, vote).await,
            Action::Reason(reason) => reason_given(pressed, press, reason).await,
            Action::Section => {
                let section = self.section(press, None);
                self.hand_over(pressed, section, words::GONE).await;
            }
            Action::Page(page) => {
                let section = self.section(press, Some(page));
                match (section, pressed.message) {
                    (Some(section), Some(message)) => {
                        pressed.acknowledge(None).await;
                        let _turn = self.queues.turn(pressed.target.chat).await;
                        delivery::edit(pressed.bot, pressed.target, message, &section).await;
                    }
                    (section, _) => self.hand_over(pressed, section, words::GONE).await,
                }
            }
            Action::Related => {
                let chat = pressed.target.chat;
                let noted = pressed.message.and_then(|id| self.related.of((chat, id)));
                let (more, otherwise) = match self.related(press, noted).await {
                    Ok(more) => (more, words::NO_MORE),
                    Err(Gone) => (None, words::GONE),
                };
                self.hand_over(pressed, more, otherwise).await;
            }
            Action::Terms => {
                let snapshot = self.assistant.snapshot();
                let known = snapshot.passage(&press.passage).is_some();
                let terms = render::terms(&snapshot, &press.passage, press.script);
                drop(snapshot);
                let otherwise = if known {
                    words::NO_TERMS_HERE
                } else {
                    words::GONE
                };
                self.hand_over(pressed, terms, otherwise).await;
            }
        }
    }

    /// Sets the script of the chat and shows it in the message that asked for it.
    async fn choose(&self, pressed: &Pressed<'_>, choice: ScriptChoice) {
        let chat = pressed.target.chat;
        self.scripts.choose(chat, choice);
        pressed.acknowledge(None).await;
        let script = match choice {
            ScriptChoice::Always(script) => script,
            ScriptChoice::Auto => Script::Simplified,
        };
        let message = render::lang(choice, script);
        let _turn = self.queues.turn(chat).await;
        match pressed.message {
            Some(id) => delivery::edit(pressed.bot, pressed.target, id, &message).await,
            None => delivery::send(pressed.bot, pressed.target, &message).await,
        };
    }

    /// Answers the button and sends what it asked for; `otherwise` is shown when there is nothing.
    async fn hand_over(&self, pressed: &Pressed<'_>, message: Option<Rendered>, otherwise: &str) {
        let Some(message) = message else {
            return pressed.acknowledge(Some(otherwise)).await;
        };
        pressed.acknowledge(None).await;
        if let Some(_turn) = self.queues.turn(pressed.target.chat).await {
            delivery::send(pressed.bot, pressed.target, &message).await;
        } else {
            tracing::warn!("telegram chat is flooded, a message was dropped");
        }
    }

    fn section(&self, press: &Press, page: Option<usize>) -> Option<Rendered> {
        let snapshot = self.assistant.snapshot();
        render::section(&snapshot, &press.passage, page, press.script)
    }

    /// What was noted with the answer; after a restart, what the report says on the same heading.
    async fn related(
        &self,
        press: &Press,
        noted: Option<Vec<PassageId>>,
    ) -> Result<Option<Rendered>, Gone> {
        let passages = match noted {
            Some(passages) => passages,
            None => self.like(&press.passage).await?,
        };
        let snapshot = self.assistant.snapshot();
        Ok(render::related(&snapshot, &passages, press.script))
    }

    async fn like(&self, id: &PassageId) -> Result<Vec<PassageId>, Gone> {
        let heading = {
            let snapshot = self.assistant.snapshot();
            let (_, passage) = snapshot.passage(id).ok_or(Gone)?;
            passage.path.last().cloned().unwrap_or_default()
        };
        let answer = self.assistant.ask(Question::new(heading)).await;
        let cited = answer.citations.into_iter().map(|c| c.passage_id);
        let mut passages: Vec<PassageId> = cited.chain(answer.related).collect();
        passages.retain(|passage| passage != id);
        Ok(passages)
    }
}

/// 有用 is thanked for; 没用 is asked why, with buttons below those that stand there.
async fn vote_cast(pressed: &Pressed<'_>, press: &Press, vote: Vote) {
    note_vote(&press.passage, vote);
    let (line, reasons) = match vote {
        Vote::Useful => (words::THANKS, Vec::new()),
        Vote::Useless => (words::WHY, render::reasons(&press.passage, press.script)),
    };
    pressed
        .acknowledge(Some(&in_script(line, press.script)))
        .await;
    let Some(buttons) = pressed.buttons() else {
        return;
    };
    let mut wanted = without_reasons(buttons);
    let rows = reasons.iter().map(|row| {
        row.iter()
            .filter_map(delivery::inline_button)
            .collect::<Vec<InlineKeyboardButton>>()
    });
    wanted.inline_keyboard.extend(rows);
    // Who changes their mind from 没用 to 有用 is asked for no reason.
    if wanted != *buttons {
        pressed.edit_buttons(&wanted).await;
    }
}

async fn reason_given(pressed: &Pressed<'_>, press: &Press, reason: Reason) {
    // Passage and reason, nothing else.
    tracing::info!(
        target: "feedback",
        { passage.id = %press.passage, reason = reason.name() },
        "reason"
    );
    let thanks = in_script(words::THANKS, press.script);
    pressed.acknowledge(Some(&thanks)).await;
    if let Some(buttons) = pressed.buttons() {
        pressed.edit_buttons(&without_reasons(buttons)).await;
    }
}

/// The rows that ask for no reason.
fn without_reasons(buttons: &InlineKeyboardMarkup) -> InlineKeyboardMarkup {
    use teloxide::types::InlineKeyboardButtonKind::CallbackData;
    let asks_why = |button: &InlineKeyboardButton| match &button.kind {
        CallbackData(data) => {
            Press::decode(data).is_some_and(|press| matches!(press.action, Action::Reason(_)))
        }
        _ => false,
    };
    let rows = buttons.inline_keyboard.iter();
    InlineKeyboardMarkup::new(rows.filter(|row| !row.iter().any(asks_why)).cloned())
}

/// Passage and vote, nothing else: neither who voted nor what was asked.
fn note_vote(passage: &PassageId, vote: Vote) {
    let vote = match vote {
        Vote::Useful => "useful",
        Vote::Useless => "useless",
    };
    tracing::info!(target: "feedback", { passage.id = %passage, vote }, "vote");
}
