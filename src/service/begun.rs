//! What is known of an event when its request arrives, and what is added once it has ended.

use std::time::Instant;

use wenzheng_store::Person;

use super::{
    event::{Event, EventStatus, Kind},
    reply::{Outcome, Refusal},
    request::{Act, Channel, Command, Request},
    subject::Subject,
    words::Words,
};
use crate::{corpus::PassageId, staff::Role};

/// The part of an event that is known when a request arrives.
#[derive(Clone)]
pub(super) struct Begun {
    pub(super) channel: Channel,
    pub(super) role: Role,
    pub(super) kind: Kind,
    pub(super) words: Option<Words>,
    pub(super) person: Option<Person>,
    pub(super) at: Instant,
}

impl Begun {
    pub(super) fn new(request: &Request, role: Role, person: Option<Person>) -> Self {
        let (kind, words) = match &request.act {
            Act::Ask { question, .. } => (Kind::Ask, Some(question)),
            // What is said in a dialogue is nobody's to keep.
            Act::Pick(_) | Act::Judge { .. } => (Kind::Ask, None),
            Act::Define { term } => (Kind::Define, Some(term)),
            Act::Search { query, .. } => (Kind::Search, Some(query)),
            Act::Suggest { .. } => (Kind::Suggest, None),
            Act::Read(_) => (Kind::Read, None),
            Act::List(_) => (Kind::List, None),
            Act::Vote(_) => (Kind::Vote, None),
            Act::Command(Command::Reload) => (Kind::Reload, None),
            Act::Command(Command::Own | Command::Corpus | Command::Admin(_)) => {
                (Kind::Command, None)
            }
        };
        Self {
            channel: request.caller.channel,
            role,
            kind,
            words: words.map(|words| Words::new(words)),
            person,
            at: Instant::now(),
        }
    }

    /// The same with other words where those typed tell of the person who is judged.
    pub(super) fn worded(self, outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Answer(answer) if self.words.is_some() => match &answer.check {
                Some(check) => Self {
                    words: Some(Words::new(&format!("能不能领{}", check.benefit))),
                    ..self
                },
                None => self,
            },
            _ => self,
        }
    }

    pub(super) fn event(self, status: EventStatus) -> Event {
        Event {
            channel: self.channel,
            role: self.role,
            kind: self.kind,
            status,
            document: None,
            passage: None,
            subject: Subject::default(),
            person: self.person,
            answer: None,
            edition: None,
            took: self.at.elapsed(),
            vote: None,
            words: self.words,
        }
    }
}

/// The passage that was cited first.
pub(super) fn first_passage(outcome: &Outcome) -> Option<PassageId> {
    match outcome {
        Outcome::Answer(answer) => answer
            .citations
            .first()
            .map(|first| first.passage_id.clone()),
        _ => None,
    }
}

/// How an act ended.
pub(super) fn status(outcome: &Outcome) -> EventStatus {
    match outcome {
        Outcome::Answer(answer) => EventStatus::Answered(answer.status),
        Outcome::Reloaded(Err(_)) => EventStatus::Refused(Refusal::Failed),
        Outcome::Admin(outcome) if outcome.is_refusal() => {
            EventStatus::Refused(Refusal::NotAllowed)
        }
        Outcome::Found(_)
        | Outcome::Suggested(_)
        | Outcome::Judged(_)
        | Outcome::Similar(_)
        | Outcome::Reloaded(Ok(_))
        | Outcome::Admin(_)
        | Outcome::Done => EventStatus::Done,
    }
}
