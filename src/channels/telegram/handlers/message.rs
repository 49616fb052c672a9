//! Messages, new and edited.

use std::time::Duration;

use teloxide::types::{Me, Message, UpdateId};

use super::{response::Response, sender::Sender, state::Handlers};
use crate::{
    channels::{
        telegram::{
            delivery::TelegramBot,
            replies::Edit,
            update::{self, Request, Wordless},
            wording as words,
        },
        wording,
    },
    service::{Act, Channel, Refusal},
};

/// An edited question that is not remembered (it may predate a restart) is answered if the edit is
/// no later than this.
const EDITABLE: Duration = Duration::from_mins(5);

impl Handlers {
    /// Handles a new message.
    ///
    /// # Errors
    /// A [`Refusal`] that has not been shown to the sender.
    pub(super) async fn message(
        &self,
        bot: &TelegramBot,
        update: UpdateId,
        message: &Message,
        me: &Me,
    ) -> Result<(), Refusal> {
        if self.staff_replied(bot, message, me).await? {
            return Ok(());
        }
        let Some(request) = update::request(message, me) else {
            return Ok(());
        };
        let mut sender = Sender::of(message);
        if let Some(album) = message.media_group_id() {
            let first = self.albums.first_time(album.clone());
            if matches!(request, Request::Wordless(_)) && !first {
                return Ok(());
            }
        }
        if update::asks(&request) {
            let key = (message.chat.id, message.id);
            if self.replies.note_question(key, &text(message), update) == Edit::Nothing {
                // Its edit was handled first.
                return Ok(());
            }
            sender.question = Some((key, update));
        }
        if let (Request::Wordless(Wordless::File), Some(document)) = (&request, message.document())
            && let Some(response) = self.file(bot, &sender, document).await?
        {
            self.deliver(bot, &sender, response).await;
            return Ok(());
        }
        self.serve(bot, &sender, request, me).await
    }

    /// Handles an edited message: the reply to an edited question is edited, other edits are
    /// ignored.
    ///
    /// # Errors
    /// A [`Refusal`] that has not been shown to the sender.
    pub(super) async fn edited(
        &self,
        bot: &TelegramBot,
        update: UpdateId,
        message: &Message,
        me: &Me,
    ) -> Result<(), Refusal> {
        let request = update::request(message, me).filter(update::asks);
        let Some(request) = request else {
            return Ok(());
        };
        let mut sender = Sender::of(message);
        // What was answered in a dialogue on who qualifies is changed there, by 改.
        if self
            .service()
            .is_asking(Channel::TELEGRAM, sender.conversation())
        {
            return Ok(());
        }
        let key = (message.chat.id, message.id);
        if !self.replies.knows(key) && !is_fresh(message) {
            return Ok(());
        }
        match self.replies.note_question(key, &text(message), update) {
            Edit::New | Edit::Changed => {}
            Edit::Nothing => return Ok(()),
        }
        sender.question = Some((key, update));
        self.serve(bot, &sender, request, me).await
    }

    async fn serve(
        &self,
        bot: &TelegramBot,
        sender: &Sender,
        request: Request,
        me: &Me,
    ) -> Result<(), Refusal> {
        let chat = sender.target.chat;
        let note = |text| Response::from(self.note(chat, text));
        let response = match self.respond(sender, request, me).await {
            Ok(response) => response,
            Err(Refusal::NotAllowed) => note(words::NOT_ADMIN),
            Err(refusal @ (Refusal::Busy | Refusal::Failed)) => return Err(refusal),
            Err(refusal) => match wording::refusal(refusal) {
                Some(line) => note(line),
                None => return Ok(()),
            },
        };
        self.deliver(bot, sender, response).await;
        Ok(())
    }

    async fn respond(
        &self,
        sender: &Sender,
        request: Request,
        me: &Me,
    ) -> Result<Response, Refusal> {
        let line = match request {
            Request::Question(text) => return self.ask(sender, Act::ask(text)).await,
            Request::Command(command) => return self.command(sender, command, me).await,
            Request::Admin(command) => return self.administer(sender, command).await,
            Request::UnknownCommand => wording::UNKNOWN_COMMAND,
            Request::Wordless(what) => words::wordless(what),
        };
        self.own(sender).await?;
        Ok(self.note(sender.target.chat, line).into())
    }
}

/// The text of a message; only compared and hashed.
fn text(message: &Message) -> String {
    let text = message.text().or(message.caption());
    text.unwrap_or_default().to_owned()
}

/// True if the message was edited soon after it was sent, by Telegram's clock.
fn is_fresh(message: &Message) -> bool {
    let edited = message.edit_date();
    edited.is_some_and(|edited| {
        let age = (*edited - message.date).num_seconds();
        u64::try_from(age).is_ok_and(|age| age <= EDITABLE.as_secs())
    })
}
