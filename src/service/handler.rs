//! Admits requests, carries them out, tells what happened.

use std::{fmt, sync::Arc, time::Instant};

use super::{
    clock::this_year,
    counters::Counters,
    crossing::Crossing,
    event::{Event, EventStatus, Kind, VoteCast, Words},
    history::Histories,
    pace::{Class, Pace},
    reply::{Outcome, Refusal, Reply, Role, Suggested},
    request::{Act, Caller, Channel, Command, List, Read, Request},
};
use crate::{
    answer::{Answer, AnswerError, Question},
    assistant::{Assistant, Snapshot},
    corpus::{DocumentId, PassageId},
};

/// What the service needs to know.
#[derive(Debug, Clone)]
pub struct ServiceSettings {
    /// Questions a caller may ask within a minute.
    pub questions_per_minute: u32,
    /// Searches and earlier questions are cut off after this many characters, like questions.
    pub question_chars: usize,
    /// Who may give the commands of administrators.
    pub administrators: Vec<Caller>,
    /// The calendar year; `None` takes it from the clock.
    pub this_year: Option<i32>,
}

impl Default for ServiceSettings {
    fn default() -> Self {
        Self {
            questions_per_minute: 20,
            question_chars: 500,
            administrators: Vec::new(),
            this_year: None,
        }
    }
}

/// Hears of every event.
pub(super) type Recorder = Box<dyn Fn(&Event) + Send + Sync>;

pub(super) struct Handler {
    pub(super) assistant: Assistant,
    pub(super) counters: Counters,
    pub(super) histories: Histories,
    question_chars: usize,
    administrators: Vec<Caller>,
    this_year: Option<i32>,
    pace: Pace,
    crossing: Crossing,
    recorder: Recorder,
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handler").finish_non_exhaustive()
    }
}

/// What an event tells of a request before its end is known.
#[derive(Clone)]
pub(super) struct Begun {
    channel: Channel,
    kind: Kind,
    words: Option<Words>,
    pub(super) at: Instant,
}

/// What an act came to, and the document that its event names.
type Done = (Outcome, Option<DocumentId>);

/// A request that may be carried out.
pub(super) struct Admitted {
    role: Role,
    act: Act,
    history: Vec<String>,
}

impl Begun {
    pub(super) fn new(request: &Request) -> Self {
        let (kind, words) = match &request.act {
            Act::Ask { question, .. } => (Kind::Ask, Some(question)),
            Act::Define { term } => (Kind::Define, Some(term)),
            Act::Search { query, .. } => (Kind::Search, Some(query)),
            Act::Suggest { .. } => (Kind::Suggest, None),
            Act::Read(_) => (Kind::Read, None),
            Act::List(_) => (Kind::List, None),
            Act::Vote { .. } => (Kind::Vote, None),
            Act::Command(_) => (Kind::Command, None),
        };
        Self {
            channel: request.caller.channel,
            kind,
            words: words.map(|words| Words::new(words)),
            at: Instant::now(),
        }
    }

    fn event(self, status: EventStatus) -> Event {
        Event {
            channel: self.channel,
            kind: self.kind,
            status,
            document: None,
            took: self.at.elapsed(),
            vote: None,
            words: self.words,
        }
    }
}

impl Handler {
    pub(super) fn new(assistant: Assistant, settings: ServiceSettings, recorder: Recorder) -> Self {
        Self {
            assistant,
            counters: Counters::default(),
            histories: Histories::new(settings.question_chars),
            question_chars: settings.question_chars,
            administrators: settings.administrators,
            this_year: settings.this_year,
            pace: Pace::new(settings.questions_per_minute),
            crossing: Crossing::default(),
            recorder,
        }
    }

    /// Pace, role and history: whatever depends on the order in which requests arrive.
    pub(super) fn admit(&self, request: Request, at: Instant) -> Result<Admitted, Refusal> {
        let Request {
            caller,
            conversation,
            act,
        } = request;
        self.pace.count(&caller, Class::of(&act), at)?;
        let role = self.role(&caller);
        let restricted = matches!(act, Act::Command(command) if command.is_restricted());
        if restricted && role != Role::Administrator {
            return Err(Refusal::NotAllowed);
        }
        let history = match &act {
            Act::Ask { question, .. } => {
                self.histories
                    .turn(caller.channel, conversation, question, at)
            }
            _ => Vec::new(),
        };
        Ok(Admitted { role, act, history })
    }

    /// Carries an admitted request out, on a blocking thread where it takes its time.
    pub(super) async fn serve(
        self: Arc<Self>,
        begun: Begun,
        admitted: Admitted,
    ) -> Result<Reply, Refusal> {
        if is_light(&admitted.act) {
            return self.finish(begun, admitted);
        }
        let work = {
            let (handler, begun) = (Arc::clone(&self), begun.clone());
            move || handler.finish(begun, admitted)
        };
        match self.crossing.run(work).await {
            Ok(reply) => reply,
            Err(refusal) => Err(self.refused(begun, refusal)),
        }
    }

    /// Carries an admitted request out on this thread, and tells of it.
    fn finish(&self, begun: Begun, admitted: Admitted) -> Result<Reply, Refusal> {
        let Admitted { role, act, history } = admitted;
        let vote = vote_of(&act);
        let snapshot = self.assistant.snapshot();
        let (outcome, document) = match self.perform(&snapshot, act, history) {
            Ok(done) => done,
            Err(refusal) => return Err(self.refused(begun, refusal)),
        };
        self.tell(Event {
            document,
            vote,
            ..begun.event(status(&outcome))
        });
        // A reload is answered from what it loaded.
        let snapshot = match &outcome {
            Outcome::Reloaded(_) => self.assistant.snapshot(),
            _ => snapshot,
        };
        Ok(Reply {
            role,
            snapshot,
            outcome,
        })
    }

    /// What an act comes to, and the document that its event names.
    fn perform(
        &self,
        snapshot: &Snapshot,
        act: Act,
        history: Vec<String>,
    ) -> Result<Done, Refusal> {
        match act {
            Act::Ask {
                question,
                citations,
            } => {
                let question = Question {
                    history,
                    limit: citations,
                    ..Question::new(question)
                };
                Ok(answered(self.answer(snapshot, question)?))
            }
            Act::Define { term } => Ok(answered(
                self.answer(snapshot, Assistant::definition(&term))?,
            )),
            Act::Search {
                query,
                document,
                limit,
            } => self.search(snapshot, &query, document.as_ref(), limit),
            Act::Suggest {
                typed,
                terms,
                citations,
            } => Ok((self.suggest(snapshot, &typed, terms, citations)?, None)),
            Act::Read(read) => self.read(snapshot, read),
            Act::List(list) => list_of(snapshot, list),
            Act::Vote { passage, .. } => {
                let document = document_of(snapshot, &passage)?;
                Ok((Outcome::Done, Some(document)))
            }
            Act::Command(Command::Own | Command::Corpus) => Ok((Outcome::Done, None)),
            Act::Command(Command::Reload) => Ok((self.reload(), None)),
        }
    }

    /// Answers as of this year, and counts.
    fn answer(&self, snapshot: &Snapshot, question: Question) -> Result<Answer, Refusal> {
        let question = Question {
            this_year: Some(self.this_year.unwrap_or_else(this_year)),
            ..question
        };
        let start = Instant::now();
        let answer = self.assistant.answer_from(snapshot, &question);
        let answer = answer.map_err(failed)?;
        self.counters.count(answer.status, start.elapsed());
        Ok(answer)
    }

    fn search(
        &self,
        snapshot: &Snapshot,
        query: &str,
        document: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Done, Refusal> {
        known(snapshot, document)?;
        let query: String = query.chars().take(self.question_chars).collect();
        let found = snapshot.search(&query, document, limit);
        let found = found.map_err(failed)?;
        let first = found.first();
        let document = first.and_then(|found| document_of(snapshot, &found.passage).ok());
        Ok((Outcome::Found(found), document))
    }

    fn suggest(
        &self,
        snapshot: &Snapshot,
        typed: &str,
        terms: usize,
        citations: usize,
    ) -> Result<Outcome, Refusal> {
        let answer = if citations > 0 && !typed.trim().is_empty() {
            let question = Question {
                limit: citations,
                ..Question::new(typed)
            };
            Some(self.answer(snapshot, question)?)
        } else {
            None
        };
        let typed: String = typed.chars().take(self.question_chars).collect();
        Ok(Outcome::Suggested(Suggested {
            terms: snapshot.suggest(&typed, terms),
            answer,
        }))
    }

    fn read(&self, snapshot: &Snapshot, read: Read) -> Result<Done, Refusal> {
        match read {
            Read::Passage(id) => Ok((Outcome::Done, Some(document_of(snapshot, &id)?))),
            Read::Document(id) => {
                known(snapshot, Some(&id))?;
                Ok((Outcome::Done, Some(id)))
            }
            Read::Similar(id) => {
                let (document, passage) = snapshot.passage(&id).ok_or(Refusal::UnknownPassage)?;
                let heading = passage.path.last().cloned().unwrap_or_default();
                let answer = self.answer(snapshot, Question::new(heading))?;
                let cited = answer.citations.into_iter().map(|c| c.passage_id);
                let mut passages: Vec<PassageId> = cited.chain(answer.related).collect();
                passages.retain(|passage| *passage != id);
                Ok((Outcome::Similar(passages), Some(document.id.clone())))
            }
        }
    }

    fn reload(&self) -> Outcome {
        let reloaded = self.assistant.reload();
        match &reloaded {
            Ok(reloaded) => tracing::info!(
                corpus.version = reloaded.version,
                passages.added = reloaded.added,
                passages.removed = reloaded.removed,
                "corpus reloaded"
            ),
            Err(_) => tracing::warn!("corpus not reloaded, the old one stays"),
        }
        Outcome::Reloaded(reloaded)
    }

    /// Counts a request of a program before it is read.
    pub(super) fn count_tool_call(&self, caller: &Caller) -> Result<(), Refusal> {
        let begun = Begun {
            channel: caller.channel,
            kind: Kind::ToolCall,
            words: None,
            at: Instant::now(),
        };
        let counted = self.pace.count(caller, Class::ToolCall, begun.at);
        counted.map_err(|refusal| self.refused(begun, refusal))
    }

    /// Tells of a refusal, and gives it back.
    pub(super) fn refused(&self, begun: Begun, refusal: Refusal) -> Refusal {
        self.tell(begun.event(EventStatus::Refused(refusal)));
        refusal
    }

    fn tell(&self, event: Event) {
        event.log();
        (self.recorder)(&event);
    }

    /// The one comparison that makes somebody an administrator.
    fn role(&self, caller: &Caller) -> Role {
        if self.administrators.contains(caller) {
            Role::Administrator
        } else {
            Role::Resident
        }
    }
}

fn answered(answer: Answer) -> Done {
    let first = answer.citations.first();
    let document = first.map(|citation| citation.document_id.clone());
    (Outcome::Answer(answer), document)
}

const fn status(outcome: &Outcome) -> EventStatus {
    match outcome {
        Outcome::Answer(answer) => EventStatus::Answered(answer.status),
        Outcome::Reloaded(Err(_)) => EventStatus::Refused(Refusal::Failed),
        Outcome::Found(_)
        | Outcome::Suggested(_)
        | Outcome::Similar(_)
        | Outcome::Reloaded(Ok(_))
        | Outcome::Done => EventStatus::Done,
    }
}

fn vote_of(act: &Act) -> Option<VoteCast> {
    match act {
        Act::Vote {
            passage,
            vote,
            reason,
        } => Some(VoteCast {
            passage: passage.clone(),
            vote: *vote,
            reason: *reason,
        }),
        _ => None,
    }
}

fn list_of(snapshot: &Snapshot, list: List) -> Result<Done, Refusal> {
    let document = match list {
        List::Terms(document) => document,
        List::Overview | List::Documents | List::Passages => None,
    };
    known(snapshot, document.as_ref())?;
    Ok((Outcome::Done, document))
}

/// The log says what failed; nobody else is told.
fn failed(error: AnswerError) -> Refusal {
    tracing::error!(%error, "corpus not searched");
    Refusal::Failed
}

/// The document a passage stands in.
fn document_of(snapshot: &Snapshot, id: &PassageId) -> Result<DocumentId, Refusal> {
    let (document, _) = snapshot.passage(id).ok_or(Refusal::UnknownPassage)?;
    Ok(document.id.clone())
}

/// Refuses a document that is not served; none is fine.
fn known(snapshot: &Snapshot, id: Option<&DocumentId>) -> Result<(), Refusal> {
    match id {
        Some(id) if snapshot.document(id).is_none() => Err(Refusal::UnknownDocument),
        _ => Ok(()),
    }
}

/// Acts that only look at what is in memory; everything else goes to a blocking thread.
const fn is_light(act: &Act) -> bool {
    match act {
        Act::List(_)
        | Act::Vote { .. }
        | Act::Read(Read::Passage(_) | Read::Document(_))
        | Act::Command(Command::Own | Command::Corpus) => true,
        Act::Ask { .. }
        | Act::Define { .. }
        | Act::Search { .. }
        | Act::Suggest { .. }
        | Act::Read(Read::Similar(_))
        | Act::Command(Command::Reload) => false,
    }
}
