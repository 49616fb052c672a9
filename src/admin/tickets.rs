//! Tickets: questions that people want a person to answer.

use tokio::sync::broadcast;
use wenzheng_store::{NewTicket, Person, StoreError, Ticket, TicketReply};

use super::{
    alerts::AlertKind, desk::TicketEvent, listed::TicketDetail, office::Office, outcome::Outcome,
    secrets::random,
};
use crate::{
    editions::Watch,
    staff::{Actor, Grant, Role},
};

/// Tickets of one person that may be open at a time.
const OPEN: i64 = 3;
/// Characters of the code by which a visitor of the web reads the reply, 5 bits each.
const CODE: usize = 26;
/// Tickets on a page.
const SHOWN: i64 = 50;

/// A question for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The ticket, but for the code, which is given here.
    pub ticket: NewTicket<'a>,
    /// True on the web, where the reply is read by a code.
    pub on_the_web: bool,
}

/// What became of a wish to speak to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// A ticket was opened: its number, and on the web the code to read the reply by.
    Ticket(i64, Option<String>),
    /// They have as many open as may be.
    TooMany,
}

impl Office {
    /// True where people can leave a question for a person: somebody looks at tickets.
    #[must_use]
    pub const fn takes_tickets(&self) -> bool {
        self.settings.takes_tickets
    }

    /// Opens a ticket, unless whoever asks has many open.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn open_ticket(&self, asked: &Asked<'_>) -> Result<Opened, StoreError> {
        let ticket = &asked.ticket;
        if let Some(person) = ticket.person {
            let open = self
                .publisher
                .block_on(self.store().open_tickets_of(person))?;
            if open >= OPEN {
                return Ok(Opened::TooMany);
            }
        }
        let code = asked.on_the_web.then(|| random(CODE)).transpose()?;
        let ticket = NewTicket {
            code: code.as_deref(),
            ..ticket.clone()
        };
        let number = self.publisher.block_on(self.store().open_ticket(&ticket))?;
        let page = match &self.settings.console_url {
            Some(console) => format!("：{console}/admin/tickets/{number}"),
            None => format!("，发送 /ticket {number} 查看。"),
        };
        self.alert(
            AlertKind::Ticket,
            &format!("第 {number} 号：有人请工作人员回答{page}"),
        );
        self.desk.tell(TicketEvent::Opened(number));
        Ok(Opened::Ticket(number, code))
    }

    /// What happens to tickets from now on.
    #[must_use]
    pub fn listen_to_tickets(&self) -> broadcast::Receiver<TicketEvent> {
        self.desk.listen()
    }

    /// The ticket that a visitor of the web has the code of.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn ticket_by_code(&self, code: &str) -> Result<Option<TicketDetail>, StoreError> {
        self.publisher.block_on(async {
            let Some(ticket) = self.store().ticket_by_code(code).await? else {
                return Ok(None);
            };
            let replies = self.store().ticket_replies(ticket.number).await?;
            for reply in &replies {
                self.store().delivered(reply.id).await?;
            }
            Ok(Some(TicketDetail { ticket, replies }))
        })
    }

    pub(super) fn tickets(&self, by: &Actor) -> Result<Outcome, StoreError> {
        let place = by.grant.place("");
        let tickets = self.store().tickets(&place, "", SHOWN);
        Ok(Outcome::Tickets(self.publisher.block_on(tickets)?))
    }

    /// A ticket; that it was read stands in the audit.
    pub(super) fn show_ticket(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let Some(ticket) = self.own_ticket(number, by)? else {
            return Ok(Outcome::Nothing);
        };
        let replies = self.publisher.block_on(async {
            let replies = self.store().ticket_replies(number).await?;
            let entry = by.entry(
                "read",
                "done",
                String::new(),
                format!("第 {number} 号人工回答"),
            );
            self.store().record(&entry).await?;
            Ok::<_, StoreError>(replies)
        })?;
        Ok(Outcome::Ticket(Box::new(TicketDetail { ticket, replies })))
    }

    /// Replies to a ticket; whoever asked is told.
    pub(super) fn reply_to_ticket(
        &self,
        number: i64,
        text: &str,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        if self.own_ticket(number, by)?.is_none() {
            return Ok(Outcome::Nothing);
        }
        let replied = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let replied = act.reply_to_ticket(number, &by.name, text).await?;
            if replied.is_some() {
                let after = format!("第 {number} 号：{text}");
                act.commit(&by.entry("reply", "done", String::new(), after))
                    .await?;
            }
            Ok::<_, StoreError>(replied)
        })?;
        if replied.is_none() {
            return Ok(Outcome::Nothing);
        }
        self.desk.tell(TicketEvent::Replied(number));
        Ok(Outcome::Replied(number))
    }

    /// Closes a ticket; where its asker can be reached is forgotten.
    pub(super) fn close_ticket(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        if self.own_ticket(number, by)?.is_none() {
            return Ok(Outcome::Nothing);
        }
        let closed = self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            let closed = act.close_ticket(number).await?;
            if closed {
                let before = format!("第 {number} 号人工回答");
                act.commit(&by.entry("close", "done", before, String::new()))
                    .await?;
            }
            Ok::<_, StoreError>(closed)
        })?;
        Ok(match closed {
            true => Outcome::Removed,
            false => Outcome::Nothing,
        })
    }

    /// Keeps the last reply to a ticket as the office's answer to its question from now on.
    pub(super) fn keep_reply(&self, number: i64, by: &Actor, watch: &dyn Watch) -> Outcome {
        let found = self.own_ticket(number, by).and_then(|ticket| {
            let replies = self.store().ticket_replies(number);
            Ok((ticket, self.publisher.block_on(replies)?))
        });
        let (Some(ticket), replies) = (match found {
            Ok(found) => found,
            Err(error) => return Outcome::Store(error),
        }) else {
            return Outcome::Nothing;
        };
        let Some(reply) = replies.last() else {
            return Outcome::Nothing;
        };
        // What one person has agreed to pass on is not for everybody.
        let question = crate::text::masking::mask(&ticket.question).into_owned();
        let answer = crate::text::masking::mask(&reply.text).into_owned();
        let place = Some(ticket.place.as_str()).filter(|place| !place.is_empty());
        match self.faq(&question, &answer, place) {
            Ok(proposal) => self.propose(&proposal, by, watch),
            Err(outcome) => *outcome,
        }
    }

    fn own_ticket(&self, number: i64, by: &Actor) -> Result<Option<Ticket>, StoreError> {
        let ticket = self.publisher.block_on(self.store().ticket(number))?;
        Ok(ticket.filter(|ticket| by.grant.covers(&ticket.place)))
    }
}

/// What channels tell of tickets by themselves.
impl Office {
    /// A ticket as it is posted to the staff; `None` when it is closed.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn ticket_to_post(&self, number: i64) -> Result<Option<Ticket>, StoreError> {
        let ticket = self.publisher.block_on(self.store().ticket(number))?;
        Ok(ticket.filter(|ticket| ticket.state != "closed"))
    }

    /// Notes that the message `post` of ours speaks of a ticket.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn note_post(&self, post: &str, number: i64) -> Result<(), StoreError> {
        let post = self.store().key().spent("post", post);
        self.publisher
            .block_on(self.store().add_ticket_post(post, number))
    }

    /// Replies to the ticket that the message `post` of ours speaks of; its number, or `None` when it speaks
    /// of none that is open.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn reply_to_post(
        &self,
        post: &str,
        text: &str,
        by: &Actor,
    ) -> Result<Option<i64>, StoreError> {
        let post = self.store().key().spent("post", post);
        let number = self.publisher.block_on(self.store().ticket_of_post(post))?;
        let Some(number) = number else {
            return Ok(None);
        };
        // The settings name the group: whoever is in it is staff.
        let by = match by.grant.role >= Role::Editor {
            true => by.clone(),
            false => Actor {
                name: "工作人员".to_owned(),
                grant: Grant::everywhere(Role::Editor),
                ..by.clone()
            },
        };
        let outcome = self.reply_to_ticket(number, text, &by)?;
        Ok(matches!(outcome, Outcome::Replied(_)).then_some(number))
    }

    /// Replies that were not given yet to those who asked by `channel`, with where they are reached.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn replies_waiting(&self, channel: &str) -> Result<Vec<(String, TicketReply)>, StoreError> {
        self.publisher
            .block_on(self.store().undelivered_on(channel))
    }

    /// Replies that were not given yet to somebody.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn replies_for(&self, person: Person) -> Result<Vec<TicketReply>, StoreError> {
        self.publisher.block_on(self.store().undelivered(person))
    }

    /// Notes that a reply was given.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn reply_given(&self, reply: i64) -> Result<bool, StoreError> {
        self.publisher.block_on(self.store().delivered(reply))
    }
}
