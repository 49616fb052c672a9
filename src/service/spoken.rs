//! Who speaks in a dialogue on who qualifies, what a button says there, and what is said back.

use std::{sync::Arc, time::Instant};

use wenzheng_store::Person;

use super::{
    answer_id::AnswerId,
    request::{Caller, Channel, Conversation, Request},
};
use crate::{
    assistant::Snapshot,
    eligibility::{Dialogue, Said, Step, Word},
};

/// What a dialogue says to a request.
pub(super) struct Spoken {
    pub(super) snapshot: Arc<Snapshot>,
    /// The dialogue and what it says; `None` for a button of a step that is over.
    pub(super) said: Option<(Dialogue, Step, String)>,
    /// What was typed.
    pub(super) question: String,
    /// What may be kept of it; `None` for what is said within a dialogue.
    pub(super) kept: Option<String>,
}

/// Whose words they are, and where they are said.
pub(super) struct Speaker<'a> {
    pub(super) caller: &'a Caller,
    pub(super) person: Option<Person>,
    /// Names the dialogue among those of its channel.
    pub(super) key: &'a str,
    /// The questions before, where whoever asks sends them along.
    pub(super) history: Option<&'a [String]>,
    /// True where others read along.
    pub(super) in_group: bool,
    pub(super) at: Instant,
}

impl<'a> Speaker<'a> {
    /// Whoever makes `request` where a dialogue can be remembered.
    pub(super) fn of(request: &'a Request, person: Option<Person>, at: Instant) -> Option<Self> {
        let (remembered, history) = match &request.conversation {
            Conversation::Remembered(key) => (Some(key), None),
            Conversation::Given(given) => (None, Some(given.as_slice())),
            Conversation::None => (None, None),
        };
        Some(Self {
            caller: &request.caller,
            person,
            key: request.dialogue.as_ref().or(remembered)?,
            history,
            in_group: request.in_group,
            at,
        })
    }

    /// Its channel.
    pub(super) const fn channel(&self) -> Channel {
        self.caller.channel
    }
}

/// A button that was pressed.
pub(super) struct Pick {
    /// The dialogue.
    pub(super) id: AnswerId,
    /// Its step.
    pub(super) step: usize,
    /// What it says.
    pub(super) said: Said,
}

impl Pick {
    /// What a button carries; `None` for what no button does.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (id, step, what) = (parts.next()?, parts.next()?, parts.next()?);
        let said = match what {
            "d" => Said::DontKnow,
            "s" => Said::Word(Word::Stop),
            "u" => Said::Word(Word::Change(String::new())),
            "c" => Said::Word(Word::Conditions),
            "g" => Said::GoesOn,
            number => Said::Choice(number.parse().ok()?),
        };
        Some(Self {
            id: AnswerId::parse(id)?,
            step: step.parse().ok()?,
            said,
        })
    }
}
