//! Admits requests, performs their acts and emits events.

use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Instant,
};

use wenzheng_store::{Person, SecretKey};

use super::{
    acts::{Acts, By, is_light},
    answer_id::AnswerId,
    begun::{Begun, first_passage, status},
    counters::Counters,
    crossing::Crossing,
    dialogues::Dialogues,
    event::{Event, EventStatus, Kind},
    history::Histories,
    pace::{Class, Pace},
    preferences::Preferences,
    record,
    reply::{Outcome, Refusal, Reply},
    request::{Act, Caller, Channel, Command, Conversation, Request},
    settings::ServiceSettings,
    spoken::{Speaker, Spoken},
    subject::Subject,
    told::Told,
    vote_log::VoteLog,
    wish::{Asking, wish},
};
use crate::{admin, assistant::Assistant, records::LateRecords, staff::Role};

/// How the program is asked for a person.
const HUMAN: &str = "转人工";

/// Receives every event.
pub(super) type Recorder = Box<dyn Fn(&Event) + Send + Sync>;

pub(super) struct Handler {
    pub(super) acts: Acts,
    pub(super) histories: Histories,
    pub(super) dialogues: Dialogues,
    pub(super) preferences: Preferences,
    pub(super) told: Told,
    pub(super) administrators: Vec<Caller>,
    pace: Pace,
    crossing: Crossing,
    reloads: Crossing,
    pub(super) commands: Crossing,
    recorder: Recorder,
    pub(super) votes: Option<VoteLog>,
    pub(super) records: LateRecords,
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handler").finish_non_exhaustive()
    }
}

/// A request that passed pace and role, with its history.
pub(super) struct Admitted {
    role: Role,
    act: Act,
    history: Vec<String>,
    /// Whoever gives a command to the office.
    by: Option<By>,
    /// See [`VoteLog::ballot`].
    ballot: Option<String>,
    caller: Caller,
    /// The name of the conversation, where it is remembered.
    conversation: Option<String>,
    /// What a dialogue on who qualifies says.
    spoken: Option<Spoken>,
}

impl Handler {
    pub(super) fn new(assistant: Assistant, settings: ServiceSettings, recorder: Recorder) -> Self {
        let of_records = settings.records.as_ref();
        let of_records = of_records.map(|records| records.key().clone());
        let key = settings.key.or(of_records);
        let key = key.unwrap_or_else(SecretKey::passing);
        let records = settings.records.map(OnceLock::from).unwrap_or_default();
        let records = LateRecords::new(records);
        Self {
            acts: Acts {
                assistant,
                counters: Counters::default(),
                question_chars: settings.question_chars,
                today: settings.today,
                office: settings.office.map(OnceLock::from).unwrap_or_default(),
                store: settings.store,
            },
            histories: Histories::new(
                settings.question_chars,
                settings.conversation,
                key.clone(),
                Arc::clone(&records),
            ),
            dialogues: Dialogues::new(key.clone()),
            preferences: Preferences::new(key, Arc::clone(&records)),
            told: Told::default(),
            administrators: settings.administrators,
            pace: Pace::new(settings.questions_per_minute),
            crossing: Crossing::of_answers(settings.at_once),
            reloads: Crossing::of_reloads(),
            commands: Crossing::of_commands(),
            recorder,
            votes: settings.votes.as_deref().map(VoteLog::open),
            records,
        }
    }

    /// Checks pace and role and takes the turn in the conversation: everything that depends on the
    /// order of arrival.
    pub(super) fn admit(&self, request: Request, begun: &Begun) -> Result<Admitted, Refusal> {
        self.pace
            .count(&request.caller, Class::of(&request.act), begun.at)?;
        let speaker = Speaker::of(&request, begun.person, begun.at);
        let spoken = speaker.and_then(|speaker| self.spoken(&request.act, &speaker));
        let Request {
            caller,
            conversation,
            act,
            message,
            ..
        } = request;
        let role = self.role(&caller);
        let by = match &act {
            // An office refuses by itself, and writes that down.
            Act::Command(command) if self.acts.office.get().is_none() && role < command.least() => {
                return Err(Refusal::NotAllowed);
            }
            Act::Command(Command::Own) => None,
            Act::Command(_) => self
                .actor(&caller, begun.person)
                .map(|by| By { message, ..by }),
            _ => None,
        };
        if let (
            Act::Command(Command::Admin(admin::Command::ForgetMe)),
            Conversation::Remembered(key),
        ) = (&act, &conversation)
        {
            self.histories.forget(caller.channel, key);
            self.dialogues.forget(caller.channel, key);
        }
        let remembered = match &conversation {
            Conversation::Remembered(key) => Some(key.clone()),
            Conversation::None | Conversation::Given(_) => None,
        };
        let kept = match (&act, &spoken) {
            (Act::Ask { .. }, Some(spoken)) => spoken.kept.as_ref(),
            (Act::Ask { question, .. }, None) => Some(question),
            _ => None,
        };
        let history = kept.map(|question| self.turn(caller.channel, conversation, question, begun));
        let ballot = match (&act, &self.votes, self.acts.office.get()) {
            (Act::Vote(cast), _, Some(office)) => {
                let key = office.publisher().store().key();
                record::ballot(key, &caller, cast)
            }
            (Act::Vote(cast), Some(votes), None) => votes.ballot(&caller, cast),
            _ => None,
        };
        Ok(Admitted {
            role,
            act,
            history: history.unwrap_or_default(),
            by,
            ballot,
            caller,
            conversation: remembered,
            spoken,
        })
    }

    /// Takes the turn of a question in its conversation; the questions before it.
    fn turn(
        &self,
        channel: Channel,
        conversation: Conversation,
        question: &str,
        begun: &Begun,
    ) -> Vec<String> {
        self.histories
            .turn(channel, conversation, begun.person, question, begun.at)
    }

    /// Performs an admitted request, on a blocking thread unless it finishes at once.
    pub(super) async fn serve(
        self: Arc<Self>,
        begun: Begun,
        admitted: Admitted,
    ) -> Result<Reply, Refusal> {
        if is_light(&admitted.act) && admitted.spoken.is_none() {
            return self.finish(begun, admitted);
        }
        // A reload takes seconds, and leaves the processors to the answers; an office has a thread of its
        // own for what takes a while.
        let crossing = match (&admitted.act, &admitted.by) {
            (Act::Command(_), Some(_)) => &self.commands,
            (Act::Command(Command::Reload), None) => &self.reloads,
            _ => &self.crossing,
        };
        let work = {
            let (handler, begun) = (Arc::clone(&self), begun.clone());
            move || handler.finish(begun, admitted)
        };
        match crossing.run(work).await {
            Ok(reply) => reply,
            Err(refusal) => Err(self.refused(begun, refusal)),
        }
    }

    /// Performs an admitted request on this thread and emits its event.
    fn finish(&self, begun: Begun, mut admitted: Admitted) -> Result<Reply, Refusal> {
        if let Some(spoken) = admitted.spoken.take() {
            return self.finish_dialogue(begun, &spoken, admitted.role);
        }
        let Admitted {
            role,
            act,
            history,
            by,
            ballot,
            caller,
            conversation,
            spoken: _,
        } = admitted;
        let vote = match &act {
            Act::Vote(cast) => Some(cast.clone()),
            _ => None,
        };
        let asked = match &act {
            Act::Ask { question, .. } => Some(question.clone()),
            _ => None,
        };
        let act = match act {
            // Whatever a person is wanted for, the program says how to reach one.
            Act::Ask {
                question,
                citations,
            } if wish(&question).is_some() => Act::Ask {
                question: HUMAN.to_owned(),
                citations,
            },
            act => act,
        };
        let away = matches!(&act, Act::Command(Command::Admin(command))
            if !self.is_written(command, begun.person));
        let snapshot = self.acts.assistant.snapshot();
        let done = match away {
            true => Ok((Outcome::Admin(Box::new(admin::Outcome::NoStore)), None)),
            false => self
                .acts
                .perform(&snapshot, act, history.clone(), by.as_ref()),
        };
        let (mut outcome, document) = match done {
            Ok(done) => done,
            Err(refusal) => {
                if refusal == Refusal::Failed {
                    self.acts.counters.count_failed();
                }
                return Err(self.refused(begun, refusal));
            }
        };
        if let (Outcome::Admin(done), Some(person)) = (&outcome, begun.person)
            && matches!(**done, admin::Outcome::Joined(_))
        {
            self.note_address(&caller, person);
        }
        if let (Outcome::Answer(answer), Some(question)) = (&mut outcome, &asked) {
            let asking = Asking {
                caller: &caller,
                person: begun.person,
                question,
                history: &history,
                conversation: conversation.as_deref(),
            };
            self.hand_over(&asking, answer);
        }
        if let (Some(cast), Some(votes), None) = (&vote, &self.votes, self.records.get()) {
            votes.keep(begun.channel, cast, ballot.as_deref());
        }
        let id = AnswerId::new();
        let library = snapshot.library();
        let event = Event {
            document,
            vote,
            passage: first_passage(&outcome),
            subject: Subject::of(&outcome, &snapshot),
            answer: Some(id.clone()),
            edition: Some((snapshot.number(), library.version().to_owned())),
            ..begun.worded(&outcome).event(status(&outcome))
        };
        self.emit(&event);
        if let Some(records) = self.records.get() {
            record::event(records, &event, ballot);
        }
        // The reply to a reload carries the new snapshot.
        let snapshot = match &outcome {
            Outcome::Reloaded(_) | Outcome::Admin(_) => self.acts.assistant.snapshot(),
            _ => snapshot,
        };
        Ok(Reply {
            role,
            snapshot,
            outcome,
            id,
        })
    }

    /// Notes where somebody new with a role can be told something.
    fn note_address(&self, caller: &Caller, person: Person) {
        let address = String::from_utf8_lossy(caller.account.for_digest());
        let office = self.acts.office.get();
        let noted = office.map(|office| office.note_address(person, &address));
        if let Some(Err(error)) = noted {
            tracing::warn!(%error, "a new member hears no alerts");
        }
    }

    /// Before people see or erase what is kept of them: true once it is in the store as far as it came, and
    /// conversations are forgotten where they are to be.
    fn is_written(&self, command: &admin::Command, person: Option<Person>) -> bool {
        let heard = match (command, person) {
            (admin::Command::ForgetMe, Some(person)) => {
                self.preferences.forget(person);
                self.dialogues.forget_person(person);
                self.histories.forget_all(person)
            }
            (admin::Command::ForgetMe | admin::Command::MyData, _) => true,
            _ => return true,
        };
        heard && self.records.get().is_none_or(|records| records.flush())
    }

    /// Counts a tool call before its content is read.
    pub(super) fn count_tool_call(&self, caller: &Caller) -> Result<(), Refusal> {
        let begun = Begun {
            channel: caller.channel,
            role: self.role(caller),
            kind: Kind::ToolCall,
            words: None,
            person: None,
            at: Instant::now(),
        };
        let counted = self.pace.count(caller, Class::ToolCall, begun.at);
        counted.map_err(|refusal| self.refused(begun, refusal))
    }

    /// Emits the event of a refusal and returns the refusal.
    pub(super) fn refused(&self, begun: Begun, refusal: Refusal) -> Refusal {
        self.emit(&begun.event(EventStatus::Refused(refusal)));
        refusal
    }

    pub(super) fn emit(&self, event: &Event) {
        event.log();
        (self.recorder)(event);
    }
}
