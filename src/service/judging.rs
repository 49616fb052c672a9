//! Dialogues on who qualifies within conversations: a question begins one, replies and buttons go on with it, anything
//! else leaves it.
//!
//! All of this depends on the order of arrival, and happens before a request is handed to another thread. What is
//! said in a dialogue goes to no history, no log and no store.

use std::sync::Arc;

use wenzheng_rules::Validity;

use super::{
    answer_id::AnswerId,
    begun::{Begun, first_passage},
    clock::today,
    dialogues::Kept,
    event::{Event, EventStatus},
    handler::Handler,
    record,
    reply::{Outcome, Refusal, Reply},
    request::Act,
    spoken::{Pick, Speaker, Spoken},
    subject::Subject,
    words::Words,
};
use crate::{
    answer::Answer,
    assistant::Snapshot,
    eligibility::{Dialogue, Said},
    staff::Role,
};

impl Handler {
    /// What a dialogue says to `act`; `None` for what is no part of one.
    pub(super) fn spoken(&self, act: &Act, speaker: &Speaker<'_>) -> Option<Spoken> {
        match act {
            Act::Ask { question, .. } => self
                .replied(question, speaker)
                .or_else(|| self.begun(question, speaker)),
            Act::Pick(pick) => Some(self.picked(pick, speaker)),
            _ => None,
        }
    }

    /// What is said to a reply within the dialogue of the conversation `key`.
    fn replied(&self, text: &str, speaker: &Speaker<'_>) -> Option<Spoken> {
        let kept = self
            .dialogues
            .take(speaker.channel(), speaker.key, speaker.at)?;
        self.go_on(kept, Said::Text(text.to_owned()), speaker)
            .map(|spoken| Spoken {
                question: text.to_owned(),
                ..spoken
            })
    }

    /// What is said to a button.
    fn picked(&self, pick: &str, speaker: &Speaker<'_>) -> Spoken {
        let found = Pick::read(pick).and_then(|Pick { id, step, said }| {
            let own = self
                .dialogues
                .take(speaker.channel(), speaker.key, speaker.at);
            let kept = match (own, &said) {
                (Some(own), _) if own.id == id => own,
                // The button in a group leads to the private chat.
                (other, Said::GoesOn) => {
                    self.put_back(other, speaker);
                    let kept = self.dialogues.take_called(&id, speaker.at)?;
                    if kept.owner != *speaker.caller {
                        return None;
                    }
                    kept
                }
                (other, _) => {
                    self.put_back(other, speaker);
                    return None;
                }
            };
            if kept.dialogue.steps() != step && !matches!(said, Said::GoesOn) {
                self.put_back(Some(kept), speaker);
                return None;
            }
            self.go_on(kept, said, speaker)
        });
        found.unwrap_or_else(|| Spoken {
            snapshot: self.acts.assistant.snapshot(),
            said: None,
            question: String::new(),
            kept: None,
        })
    }

    fn put_back(&self, kept: Option<Kept>, speaker: &Speaker<'_>) {
        if let Some(kept) = kept {
            self.dialogues
                .put(speaker.channel(), speaker.key, kept, speaker.at);
        }
    }

    /// Goes on with a dialogue, by the rules that are served now: those that it began with, or it is over.
    fn go_on(&self, mut kept: Kept, said: Said, speaker: &Speaker<'_>) -> Option<Spoken> {
        let snapshot = self.acts.assistant.snapshot();
        let today = self.acts.today.unwrap_or_else(today);
        let dialogue = &mut kept.dialogue;
        let is_current = dialogue.renew(snapshot.rules())
            && snapshot.runs(dialogue.subject(), today) == Validity::InForce;
        if !is_current {
            return None;
        }
        let step = snapshot.heard(dialogue, said, speaker.in_group)?;
        let (dialogue, handle) = (kept.dialogue.clone(), kept.handle());
        self.dialogues
            .put(speaker.channel(), speaker.key, kept, speaker.at);
        Some(Spoken {
            snapshot,
            said: Some((dialogue, step, handle)),
            question: String::new(),
            kept: None,
        })
    }

    /// What is said to a question that begins a dialogue.
    fn begun(&self, question: &str, speaker: &Speaker<'_>) -> Option<Spoken> {
        let snapshot = self.acts.assistant.snapshot();
        if snapshot.rules().is_empty() {
            return None;
        }
        let today = self.acts.today.unwrap_or_else(today);
        let question: String = question.chars().take(self.acts.question_chars).collect();
        let history = match speaker.history {
            Some(given) => given.to_vec(),
            None => self
                .histories
                .earlier(speaker.channel(), speaker.key, speaker.at),
        };
        let asked = snapshot.asked(&question, &history, today)?;
        let mut dialogue = Dialogue::new(&asked);
        let runs = snapshot.runs(&asked.subject, today);
        let step = dialogue.begin(runs, speaker.in_group);
        let kept = Kept::new(dialogue.clone(), speaker.caller.clone(), speaker.person);
        let handle = kept.handle();
        if runs == Validity::InForce {
            self.dialogues
                .put(speaker.channel(), speaker.key, kept, speaker.at);
        }
        Some(Spoken {
            snapshot,
            said: Some((dialogue, step, handle)),
            kept: Some(asked.without_what_is_told()),
            question,
        })
    }

    /// What a dialogue says, as an answer, with the snapshot that it was made from.
    pub(super) fn said(&self, spoken: &Spoken) -> Result<(Answer, Arc<Snapshot>), Refusal> {
        let today = self.acts.today.unwrap_or_else(today);
        let snapshot = Arc::clone(&spoken.snapshot);
        let answer = match &spoken.said {
            Some((dialogue, step, handle)) => {
                let handle = Some(handle.clone());
                snapshot.said((dialogue, step), handle, (&spoken.question, today))?
            }
            None => snapshot.said_of_old_buttons(today),
        };
        Ok((answer, snapshot))
    }

    /// Says what a dialogue says. A question that begins one is an event like any other, without what it tells of
    /// the person; a reply within one leaves no words.
    pub(super) fn finish_dialogue(
        &self,
        begun: Begun,
        spoken: &Spoken,
        role: Role,
    ) -> Result<Reply, Refusal> {
        let said = self.said(spoken);
        let (answer, snapshot) = match said {
            Ok(said) => said,
            Err(refusal) => return Err(self.refused(begun, refusal)),
        };
        let document = answer.citations.first();
        let document = document.map(|citation| citation.document_id.clone());
        let begun = Begun {
            words: spoken.kept.as_deref().map(Words::new),
            ..begun
        };
        let status = match spoken.kept {
            Some(_) => {
                self.acts.counters.count(answer.status, begun.at.elapsed());
                EventStatus::Answered(answer.status)
            }
            None => EventStatus::Done,
        };
        let outcome = Outcome::Answer(answer);
        let id = AnswerId::new();
        let event = Event {
            document: document.filter(|_| spoken.kept.is_some()),
            passage: first_passage(&outcome),
            subject: Subject::of(&outcome, &snapshot),
            answer: Some(id.clone()),
            edition: Some((snapshot.number(), snapshot.library().version().to_owned())),
            ..begun.event(status)
        };
        self.emit(&event);
        if let Some(records) = self.records.get() {
            record::event(records, &event, None);
        }
        Ok(Reply {
            role,
            snapshot,
            outcome,
            id,
        })
    }
}
