//! Messages, new and edited.

use std::time::Duration;

use teloxide::types::{Me, Message, UpdateId};

use super::{sender::Sender, state::Handlers};
use crate::channels::{
    limits::Pace,
    telegram::{
        delivery::TelegramBot,
        replies::Edit,
        update::{self, Request},
        wording as words,
    },
    wording,
};

/// A question that is not known (it may be from before a restart) is answered when it is edited
/// within this time after it was sent.
const EDITABLE: Duration = Duration::from_mins(5);

impl Handlers {
    /// Handles a new message.
    pub(super) async fn message(
        &self,
        bot: &TelegramBot,
        update: UpdateId,
        message: &Message,
        me: &Me,
    ) {
        let Some(request) = update::request(message, me) else {
            return;
        };
        let mut sender = self.sender(message);
        if let Some(album) = message.media_group_id() {
            let first = self.albums.first_time(album);
            if matches!(request, Request::Wordless(_)) && !first {
                return;
            }
        }
        if update::asks(&request) {
            let key = (message.chat.id, message.id);
            if self.replies.note_question(key, &text(message), update) == Edit::Nothing {
                // Its edit came first.
                return;
            }
            sender.question = Some((key, update));
        }
        self.serve(bot, &sender, request, me).await;
    }

    /// An edited question gets an edited reply; other edited messages get nothing.
    pub(super) async fn edited(
        &self,
        bot: &TelegramBot,
        update: UpdateId,
        message: &Message,
        me: &Me,
    ) {
        let request = update::request(message, me).filter(update::asks);
        let Some(request) = request else {
            return;
        };
        let key = (message.chat.id, message.id);
        if !self.replies.knows(key) && !is_fresh(message) {
            return;
        }
        match self.replies.note_question(key, &text(message), update) {
            Edit::New | Edit::Changed => {}
            Edit::Nothing => return,
        }
        let mut sender = self.sender(message);
        sender.question = Some((key, update));
        self.serve(bot, &sender, request, me).await;
    }

    async fn serve(&self, bot: &TelegramBot, sender: &Sender, request: Request, me: &Me) {
        let limits = if update::asks(&request) {
            &self.questions
        } else {
            &self.actions
        };
        match limits.count(&sender.person) {
            Pace::Fine => {}
            Pace::FirstTooFast => {
                self.say(bot, sender, wording::TOO_FAST).await;
                return;
            }
            Pace::TooFast => return,
        }
        match request {
            Request::Question(text) => self.question(bot, sender, text).await,
            Request::Command(command) => self.command(bot, sender, command, me).await,
            Request::UnknownCommand => self.say(bot, sender, wording::UNKNOWN_COMMAND).await,
            Request::Wordless(what) => self.say(bot, sender, words::wordless(what)).await,
        }
    }
}

/// What was written; only compared and hashed.
fn text(message: &Message) -> String {
    let text = message.text().or(message.caption());
    text.unwrap_or_default().to_owned()
}

/// True when the message was edited soon after it was sent, by Telegram's clock.
fn is_fresh(message: &Message) -> bool {
    let edited = message.edit_date();
    edited.is_some_and(|edited| {
        let age = (*edited - message.date).num_seconds();
        u64::try_from(age).is_ok_and(|age| age <= EDITABLE.as_secs())
    })
}
