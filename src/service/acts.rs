//! Performs acts on a snapshot, on the calling thread.

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use time::Date;

use super::{
    clock::today,
    counters::Counters,
    reply::{Outcome, Refusal, Suggested},
    request::{Act, Command, List, Read},
    settings::StoreState,
};
use crate::{
    admin::{self, Office, Wait},
    answer::{Answer, Question},
    assistant::{Assistant, Snapshot},
    corpus::{DocumentId, PassageId},
    editions::Take,
    staff::Actor,
};

/// Whoever gives a command to the office, and how long they wait.
#[derive(Debug, Clone)]
pub(super) struct By {
    pub(super) actor: Actor,
    pub(super) wait: Wait,
    /// See [`Request::delivered_as`](super::Request::delivered_as).
    pub(super) message: Option<String>,
}

/// The outcome of an act, and the document for its event.
pub(super) type Done = (Outcome, Option<DocumentId>);

/// Performs acts.
#[derive(Debug)]
pub(super) struct Acts {
    pub(super) assistant: Assistant,
    pub(super) counters: Counters,
    /// See [`ServiceSettings`](super::ServiceSettings).
    pub(super) question_chars: usize,
    /// The current year; `None` reads the clock.
    pub(super) today: Option<Date>,
    /// See [`ServiceSettings`](super::ServiceSettings); there once the store can be used.
    pub(super) office: OnceLock<Arc<Office>>,
    /// See [`ServiceSettings`](super::ServiceSettings).
    pub(super) store: StoreState,
}

impl Acts {
    /// Performs an act.
    ///
    /// # Errors
    /// The [`Refusal`] that ends it.
    pub(super) fn perform(
        &self,
        snapshot: &Snapshot,
        act: Act,
        history: Vec<String>,
        by: Option<&By>,
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
            // A button where no dialogue is remembered.
            Act::Pick(_) => Ok((
                Outcome::Answer(snapshot.said_of_old_buttons(self.today())),
                None,
            )),
            Act::Judge { about, answers } => self.judge(snapshot, &about, &answers),
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
                questions,
                citations,
            } => {
                let suggested = self.suggest(snapshot, &typed, terms, questions, citations)?;
                Ok((suggested, None))
            }
            Act::Read(read) => self.read(snapshot, read),
            Act::List(list) => list_of(snapshot, list),
            Act::Vote(cast) => {
                let cited = cast.passage.as_ref();
                let document = cited.map(|passage| document_of(snapshot, passage));
                match document.transpose() {
                    // What was answered may be gone since; the vote on it counts all the same.
                    Err(Refusal::UnknownPassage)
                        if cast.answer.is_some() && cited.is_some_and(is_plain) =>
                    {
                        Ok((Outcome::Done, None))
                    }
                    document => Ok((Outcome::Done, document?)),
                }
            }
            Act::Command(Command::Own) => Ok((Outcome::Done, None)),
            Act::Command(command) => Ok((self.command(command, by), None)),
        }
    }

    /// The day that it is: that of the settings, else the one in China.
    pub(super) fn today(&self) -> Date {
        self.today.unwrap_or_else(today)
    }

    /// Judges whether somebody qualifies, without a dialogue.
    fn judge(
        &self,
        snapshot: &Snapshot,
        about: &str,
        answers: &[(String, String)],
    ) -> Result<Done, Refusal> {
        let about: String = about.chars().take(self.question_chars).collect();
        let judged = snapshot.judged_by_name(&about, answers, self.today())?;
        let judged = judged.map(|(answer, misread)| (Box::new(answer), misread));
        Ok((Outcome::Judged(judged), None))
    }

    /// Answers a question as of the current year, and counts it.
    fn answer(&self, snapshot: &Snapshot, question: Question) -> Result<Answer, Refusal> {
        let question = Question {
            today: Some(self.today()),
            ..question
        };
        let start = Instant::now();
        let answer = self.assistant.answer_from(snapshot, &question)?;
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
        let found = snapshot.search(&query, document, limit)?;
        let first = found.first();
        let document = first.map(|first| document_of(snapshot, &first.passage));
        let document = document.transpose()?;
        Ok((Outcome::Found(found), document))
    }

    fn suggest(
        &self,
        snapshot: &Snapshot,
        typed: &str,
        terms: usize,
        questions: usize,
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
            questions: snapshot.suggest_questions(&typed, questions)?,
            terms: snapshot.suggest(&typed, terms)?,
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
                let (document, passage) = snapshot.passage(&id)?.ok_or(Refusal::UnknownPassage)?;
                let heading = passage.path.last().cloned().unwrap_or_default();
                let answer = self.answer(snapshot, Question::new(heading))?;
                let cited = answer.citations.into_iter().map(|c| c.passage_id);
                let mut passages: Vec<PassageId> = cited.chain(answer.related).collect();
                passages.retain(|passage| *passage != id);
                Ok((Outcome::Similar(passages), Some(document.id.clone())))
            }
        }
    }

    /// Performs a command of an administrator: by the office if there is one.
    fn command(&self, command: Command, by: Option<&By>) -> Outcome {
        let command = match (command, by) {
            (Command::Corpus | Command::Own, None) => return Outcome::Done,
            // The folder in place of the last edition would be a change that is written nowhere.
            (Command::Reload, None) if self.store != StoreState::Absent => {
                return Outcome::Admin(Box::new(admin::Outcome::NoStore));
            }
            (Command::Reload, None) => return self.reload(),
            (Command::Admin(_), None) => {
                return Outcome::Admin(Box::new(admin::Outcome::NoStore));
            }
            (Command::Corpus | Command::Own, Some(_)) => admin::Command::Corpus,
            (Command::Reload, Some(_)) => admin::Command::Reload(Take::Ask),
            (Command::Admin(command), Some(_)) => command,
        };
        let (Some(office), Some(by)) = (self.office.get(), by) else {
            return Outcome::Admin(Box::new(admin::Outcome::NoStore));
        };
        Outcome::Admin(Box::new(match &by.message {
            Some(message) => office.perform_once(&command, &by.actor, by.wait, message),
            None => office.perform(&command, &by.actor, by.wait),
        }))
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
}

fn answered(answer: Answer) -> Done {
    let first = answer.citations.first();
    let document = first.map(|citation| citation.document_id.clone());
    (Outcome::Answer(answer), document)
}

fn list_of(snapshot: &Snapshot, list: List) -> Result<Done, Refusal> {
    let document = match list {
        List::Terms(document) => document,
        List::Overview | List::Documents | List::Passages => None,
    };
    known(snapshot, document.as_ref())?;
    Ok((Outcome::Done, document))
}

/// The document that contains a passage.
fn document_of(snapshot: &Snapshot, id: &PassageId) -> Result<DocumentId, Refusal> {
    let (document, _) = snapshot.find(id)?.ok_or(Refusal::UnknownPassage)?;
    Ok(document.id.clone())
}

/// True for what can be the id of a passage.
fn is_plain(id: &PassageId) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=40).contains(&id.0.len()) && id.0.bytes().all(plain)
}

/// Fails if `id` names a document that is not served.
fn known(snapshot: &Snapshot, id: Option<&DocumentId>) -> Result<(), Refusal> {
    match id {
        Some(id) if snapshot.library().document_by_id(id).is_none() => {
            Err(Refusal::UnknownDocument)
        }
        _ => Ok(()),
    }
}

/// True for acts that finish at once; all others run on a blocking thread.
pub(super) const fn is_light(act: &Act) -> bool {
    match act {
        Act::List(_)
        | Act::Vote(_)
        | Act::Read(Read::Passage(_) | Read::Document(_))
        | Act::Command(Command::Own) => true,
        Act::Ask { .. }
        | Act::Pick(_)
        | Act::Judge { .. }
        | Act::Define { .. }
        | Act::Search { .. }
        | Act::Suggest { .. }
        | Act::Read(Read::Similar(_))
        | Act::Command(_) => false,
    }
}
