//! What the bot writes by itself: alerts to owners, questions for a person to the staff, and the staff's replies
//! to those who asked.

use std::{collections::BTreeSet, time::Duration};

use teloxide::types::{ChatId, Me, Message, User};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::sleep,
};

use super::{sender::Sender, state::Handlers};
use crate::{
    admin::{Office, TicketEvent, Told},
    channels::{
        telegram::{
            delivery::{self, Target, TelegramBot},
            render::{self, Button, ButtonKind, Rendered},
            settings::Staff,
            wording as words,
        },
        wording,
    },
    service::{Channel, Refusal},
};

/// How often it is looked whether there is an office yet.
const OFFICE: Duration = Duration::from_secs(5);

/// What the office says by itself.
struct Heard {
    alerts: Receiver<Told>,
    tickets: Receiver<TicketEvent>,
}

impl Handlers {
    /// Tells what the office says by itself, forever.
    pub(in crate::channels::telegram) async fn tell_on(&self, bot: &TelegramBot, staff: &Staff) {
        let mut heard = self.heard().await;
        // What was replied while the program was away.
        self.tell_replies(bot).await;
        loop {
            tokio::select! {
                alert = heard.alerts.recv() => match alert {
                    Ok(told) => self.tell_owners(bot, staff, told).await,
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return std::future::pending().await,
                },
                event = heard.tickets.recv() => match event {
                    Ok(TicketEvent::Opened(number)) => self.post(bot, staff, number).await,
                    Ok(TicketEvent::Replied(_)) | Err(RecvError::Lagged(_)) => {
                        self.tell_replies(bot).await;
                    }
                    Err(RecvError::Closed) => return std::future::pending().await,
                },
            }
        }
    }

    async fn heard(&self) -> Heard {
        loop {
            let listening = |office: &Office| {
                Ok(Heard {
                    alerts: office.listen_to_alerts(),
                    tickets: office.listen_to_tickets(),
                })
            };
            if let Ok(Some(heard)) = self.with_office(listening).await {
                return heard;
            }
            sleep(OFFICE).await;
        }
    }

    async fn tell_owners(&self, bot: &TelegramBot, staff: &Staff, told: Told) {
        const NAME: &str = Channel::TELEGRAM.name;
        let known: BTreeSet<String> = staff.owners.iter().map(u64::to_string).collect();
        let message = render::note(&told.text);
        let mut owners = known.clone();
        let owners = self.with_office(move |office| {
            owners.extend(office.owner_addresses(NAME)?);
            if let Some(answered) = told.answered {
                owners.retain(|owner| !office.is_account_of(answered, NAME, owner));
            }
            Ok(owners)
        });
        let owners = owners.await.ok().flatten().unwrap_or(known);
        for owner in owners.iter().filter_map(|address| address.parse().ok()) {
            self.send_to(bot, ChatId(owner), &message).await;
        }
    }

    /// Posts a question to the group of the staff.
    async fn post(&self, bot: &TelegramBot, staff: &Staff, number: i64) {
        let Some(group) = staff.group else { return };
        let ticket = self.with_office(move |office| office.ticket_to_post(number));
        let Ok(Some(Some(ticket))) = ticket.await else {
            return;
        };
        let message = render::note(&wording::admin::ticket_post(&ticket));
        let Some(posted) = self.send_to(bot, group, &message).await else {
            return;
        };
        let noted =
            self.with_office(move |office| office.note_post(&post_name(group, posted), number));
        if noted.await.is_err() {
            tracing::warn!("a reply to a posted question will not be known for one");
        }
    }

    /// Gives replies that are waiting to those who asked here.
    async fn tell_replies(&self, bot: &TelegramBot) {
        let waiting = self
            .with_office(|office| office.replies_waiting(Channel::TELEGRAM.name))
            .await;
        for (address, reply) in waiting.ok().flatten().unwrap_or_default() {
            let Ok(chat) = address.parse() else { continue };
            let message = render::note(&wording::replied(reply.ticket, &reply.text));
            if self.send_to(bot, ChatId(chat), &message).await.is_some() {
                let given = self.with_office(move |office| office.reply_given(reply.id));
                let _ = given.await;
            }
        }
    }

    /// Handles a message of the staff that replies to a posted question; false for any other message.
    ///
    /// # Errors
    /// A [`Refusal`] that has not been shown to the sender.
    pub(super) async fn staff_replied(
        &self,
        bot: &TelegramBot,
        message: &Message,
        me: &Me,
    ) -> Result<bool, Refusal> {
        let to = message.reply_to_message();
        let is_me = |user: &User| {
            user.id == me.user.id || (user.is_bot && user.username == me.user.username)
        };
        let to = to.filter(|to| to.from.as_ref().is_some_and(is_me));
        let (Some(to), Some(text), Some(group)) = (to, message.text(), self.staff.group) else {
            return Ok(false);
        };
        if message.chat.id != group || text.starts_with('/') {
            return Ok(false);
        }
        let (post, text) = (post_name(group, to.id), text.to_owned());
        let sender = Sender::of(message);
        let caller = sender.caller().clone();
        let Some(number) = self.service().reply_to_post(&caller, post, text).await? else {
            return Ok(false);
        };
        let told = Rendered {
            keyboard: vec![vec![Button {
                label: words::KEEP.to_owned(),
                kind: ButtonKind::Perform(format!("/keep {number}")),
            }]],
            ..render::note(&words::passed_on(number))
        };
        self.deliver(bot, &sender, told.into()).await;
        Ok(true)
    }

    async fn send_to(
        &self,
        bot: &TelegramBot,
        chat: ChatId,
        message: &Rendered,
    ) -> Option<teloxide::types::MessageId> {
        let target = Target {
            chat,
            reply_to: None,
            topic: None,
        };
        let mut turn = self.turn(chat).await?;
        delivery::send(bot, &mut turn, target, message).await
    }
}

/// What a message of ours in the group of the staff is known by.
fn post_name(group: ChatId, message: teloxide::types::MessageId) -> String {
    format!("telegram {group} {message}")
}
