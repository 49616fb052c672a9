//! Hands people over to a person: opens a ticket when they ask for it, and offers one after questions that
//! were not found.

use wenzheng_store::{NewTicket, TicketReply};

use super::{
    handler::Handler,
    reply::Refusal,
    request::{Caller, ChannelKind},
    subject::Subject,
    wish::{Asking, Wish, wish},
};
use crate::{
    admin::{Asked, Opened, TicketDetail},
    answer::{Answer, HandOver, Notice, Smalltalk, Status},
    text::masking,
};

/// Questions in a row that were not found, after which a person is offered.
const IN_A_ROW: u8 = 2;
/// Characters of what the program found that the staff reads.
const SEARCHED: usize = 200;

impl Handler {
    /// Adds to an answer what becomes of the wish to speak to a person.
    pub(super) fn hand_over(&self, asking: &Asking<'_>, answer: &mut Answer) {
        let Some(office) = self
            .acts
            .office
            .get()
            .filter(|office| office.takes_tickets())
        else {
            return;
        };
        // A visitor of the web has a page for it, and other programs have nobody to tell.
        if asking.caller.channel.kind != ChannelKind::Chat {
            return;
        }
        let wish = wish(asking.question);
        let asks_for_one = answer.smalltalk == Some(Smalltalk::Human);
        if wish.is_some() || asks_for_one {
            let told = self.opened(office, asking, &wish.unwrap_or_default());
            answer.notices.push(Notice::HandOver(told));
            return;
        }
        let Some(conversation) = asking.conversation else {
            return;
        };
        let is_missed = answer.status == Status::NotFound;
        let missed = self
            .histories
            .missed(asking.caller.channel, conversation, is_missed);
        if is_missed && missed >= IN_A_ROW {
            answer.notices.push(Notice::HandOver(HandOver::Offered));
        }
    }

    fn opened(&self, office: &crate::admin::Office, asking: &Asking<'_>, wish: &Wish) -> HandOver {
        let earlier = asking.history.iter().rev();
        let earlier = earlier
            .map(String::as_str)
            .find(|text| self::wish(text).is_none());
        let question = match wish.question.as_str() {
            "" => earlier.unwrap_or_default(),
            own => own,
        };
        if question.is_empty() {
            return HandOver::SayWhat;
        }
        let masked = masking::mask(question);
        let address = String::from_utf8_lossy(asking.caller.account.for_digest()).into_owned();
        let ticket = NewTicket {
            channel: asking.caller.channel.name,
            person: asking.person,
            address: Some(&address),
            question: &masked,
            unmasked: (wish.agrees && masked != question).then_some(question),
            ..NewTicket::default()
        };
        self.open(office, &ticket, question, false).map_or(
            HandOver::Failed,
            |opened| match opened {
                Opened::Ticket(number, _) => HandOver::Opened {
                    number,
                    is_masked: masked != question && !wish.agrees,
                },
                Opened::TooMany => HandOver::TooMany,
            },
        )
    }

    /// Opens a ticket with what the program itself says to the question.
    fn open(
        &self,
        office: &crate::admin::Office,
        ticket: &NewTicket<'_>,
        question: &str,
        on_the_web: bool,
    ) -> Option<Opened> {
        let snapshot = self.acts.assistant.snapshot();
        let asked = crate::answer::Question::new(question);
        let answer = self.acts.assistant.answer_alone(&snapshot, &asked).ok();
        let subject = answer
            .as_ref()
            .map(|answer| Subject::of_answer(answer, &snapshot));
        let quote = answer.as_ref().and_then(|answer| answer.citations.first());
        let searched: String = quote
            .map_or("没有找到", |cited| cited.quote.as_str())
            .chars()
            .take(SEARCHED)
            .collect();
        let place = subject.map(|subject| subject.place).unwrap_or_default();
        let asked = Asked {
            ticket: NewTicket {
                place: &place,
                searched: &searched,
                ..ticket.clone()
            },
            on_the_web,
        };
        match office.open_ticket(&asked) {
            Ok(opened) => Some(opened),
            Err(error) => {
                tracing::error!(%error, "a ticket was not opened");
                None
            }
        }
    }

    /// Opens a ticket for a visitor of the web; the code to read the reply by.
    pub(super) async fn open_on_the_web(
        self: &std::sync::Arc<Self>,
        question: String,
        agrees: bool,
    ) -> Result<Option<String>, Refusal> {
        let handler = std::sync::Arc::clone(self);
        let Some(office) = self.acts.office.get().cloned() else {
            return Ok(None);
        };
        if !office.takes_tickets() {
            return Ok(None);
        }
        let work = move || {
            let masked = masking::mask(&question);
            let ticket = NewTicket {
                channel: "web",
                question: &masked,
                unmasked: (agrees && masked != question.as_str()).then_some(question.as_str()),
                ..NewTicket::default()
            };
            handler.open(&office, &ticket, &question, true)
        };
        match self.commands.run(work).await? {
            Some(Opened::Ticket(_, code)) => Ok(code),
            _ => Err(Refusal::Failed),
        }
    }

    /// Replies to the ticket that the message `post` of ours speaks of.
    pub(super) async fn reply_to_post(
        &self,
        caller: &Caller,
        post: String,
        text: String,
    ) -> Result<Option<i64>, Refusal> {
        let Some(by) = self.actor(caller, None) else {
            return Ok(None);
        };
        let replied = self.with_office(move |office| office.reply_to_post(&post, &text, &by.actor));
        Ok(replied.await?.flatten())
    }

    /// Replies to `caller` that they were not given yet.
    pub(super) async fn take_replies(&self, caller: &Caller) -> Vec<TicketReply> {
        let office = self.acts.office.get();
        let takes = office.is_some_and(|office| office.takes_tickets());
        let Some(by) = self.actor(caller, None).filter(|_| takes) else {
            return Vec::new();
        };
        let taken = self.with_office(move |office| {
            let mut replies = office.replies_for(by.actor.person)?;
            let mut given = Vec::new();
            for reply in replies.drain(..) {
                if office.reply_given(reply.id)? {
                    given.push(reply);
                }
            }
            Ok(given)
        });
        taken.await.ok().flatten().unwrap_or_default()
    }

    /// The ticket that a visitor of the web has the code of.
    pub(super) async fn ticket_by_code(
        &self,
        code: String,
    ) -> Result<Option<TicketDetail>, Refusal> {
        let found = self.with_office(move |office| office.ticket_by_code(&code));
        Ok(found.await?.flatten())
    }
}
