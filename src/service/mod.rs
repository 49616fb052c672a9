//! The application service between channels and the assistant.
//!
//! A channel turns an incoming message into a [`Request`], passes it to [`Service::handle`] and renders
//! the [`Reply`]. Signatures, pages, queues, edits and buttons stay in the channel. The service does
//! what all channels share, in this order:
//!
//! | step | what it does |
//! |---|---|
//! | pace | rate-limits the caller by [`Class`] of request |
//! | role | looks the caller up among the administrators, whose commands are refused to others |
//! | history | adds the earlier questions of the conversation and records this one |
//! | crossing | waits for a permit and moves to a blocking thread |
//! | act | answers, searches, reloads … on one [`Snapshot`], which the reply carries |
//! | event | goes to the log and the recorder; a vote to a file |
//!
//! The first three steps happen in the call of [`Service::handle`], not when its future is first
//! polled, so turns keep their order of arrival even if their answers overtake each other.
//!
//! Accounts and typed text never reach the log: the types that hold them do not print them
//! ([`Account`], [`Words`]).

mod acts;
mod answer_id;
mod ballot;
mod begun;
mod clock;
mod counters;
mod crossing;
mod dialogues;
mod event;
mod hand_over;
mod handler;
mod history;
mod judging;
mod office;
mod pace;
mod preferences;
mod record;
mod reply;
mod request;
mod settings;
mod spoken;
mod subject;
#[cfg(test)]
mod tests;
mod told;
mod vote;
mod vote_log;
mod whoever;
mod wish;
mod words;

use std::{sync::Arc, time::Instant};

use time::Date;
use wenzheng_store::{Notice, Person, Preference, StoreError, TicketReply, Turn};

use crate::{
    admin::{self, Office, TicketDetail},
    assistant::{Assistant, MeaningState, Snapshot},
    corpus::Degraded,
    records::{RecordCounts, Records},
    staff::{Actor, Role},
    storage::{self, Kept},
    upload::{Spool, SpoolError, Waiting},
};

use self::{begun::Begun, handler::Handler};

pub use self::{
    answer_id::AnswerId,
    clock::today,
    counters::CounterSnapshot,
    event::{Event, EventStatus, Kind, status_name},
    pace::Class,
    reply::{Outcome, Refusal, Reply, Suggested},
    request::{
        Account, Act, Caller, Channel, ChannelKind, Command, Conversation, List, Read, Request,
    },
    settings::{ServiceSettings, StoreState},
    subject::Subject,
    vote::{Reason, Vote, VoteCast},
    vote_log::VoteCounts,
    words::Words,
};

/// The service of all channels. Cheap to clone; clones share all state.
#[derive(Debug, Clone)]
pub struct Service {
    handler: Arc<Handler>,
}

/// The current state of the service, for status pages and metrics.
#[derive(Debug, Clone)]
pub struct ServiceState {
    /// The snapshot being served.
    pub snapshot: Arc<Snapshot>,
    /// The state of semantic search.
    pub meaning: Arc<MeaningState>,
    /// Why not all files of the corpus as they are on disk are served; `None` when they are.
    pub degraded: Option<Arc<Degraded>>,
    /// True when the last search failed: the index or the passages cannot be read.
    pub search_fails: bool,
    /// What could not be written to disk, how often.
    pub unwritten: [(Kept, u64); Kept::ALL.len()],
    /// The counts since the program started.
    pub counters: CounterSnapshot,
    /// Votes written and lost since the program started.
    pub votes: VoteCounts,
    /// Questions and votes written to the store and lost since the program started; `None` without one.
    pub records: Option<RecordCounts>,
    /// What is known of the store while `records` is `None`.
    pub store: StoreState,
}

impl Service {
    /// Creates a service without a recorder.
    #[must_use]
    pub fn new(assistant: Assistant, settings: ServiceSettings) -> Self {
        Self::recorded(assistant, settings, |_| {})
    }

    /// Creates a service that passes every event to `recorder`, which runs on the thread of the event
    /// and must not block.
    #[must_use]
    pub fn recorded(
        assistant: Assistant,
        settings: ServiceSettings,
        recorder: impl Fn(&Event) + Send + Sync + 'static,
    ) -> Self {
        Self {
            handler: Arc::new(Handler::new(assistant, settings, Box::new(recorder))),
        }
    }

    /// Handles a request. Its turn in the conversation is taken in this call, not when the future is
    /// first polled; an act that has started is finished even if the future is dropped.
    ///
    /// # Errors
    /// A [`Refusal`], which has been logged.
    pub fn handle(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Refusal>> + Send + use<> {
        let begun = Begun::new(
            &request,
            self.handler.role(&request.caller),
            self.handler.known_person(&request),
        );
        let admitted = self.handler.admit(request, &begun);
        let handler = Arc::clone(&self.handler);
        async move {
            match admitted {
                Ok(admitted) => handler.serve(begun, admitted).await,
                Err(refusal) => Err(handler.refused(begun, refusal)),
            }
        }
    }

    /// From now on has an office: the store can be used at last. Only the first counts.
    pub fn open_office(&self, office: Arc<Office>, records: Arc<Records>) {
        let _ = self.handler.records.set(records);
        let _ = self.handler.acts.office.set(office);
        if let Some(votes) = &self.handler.votes {
            votes.flush();
        }
    }

    /// Waits until job `number` has ended: how, in the words for whoever asked for it. `None` when nobody can
    /// tell.
    pub async fn end_of_job(&self, number: i64) -> Option<String> {
        self.handler.end_of_job(number).await
    }

    /// Opens a ticket for a visitor of the web; gives the code by which they read the reply, or `None` where nobody
    /// looks at tickets. `agrees` lets telephone numbers in the question be passed on.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn open_ticket(
        &self,
        caller: &Caller,
        question: String,
        agrees: bool,
    ) -> Result<Option<String>, Refusal> {
        let counted = Request::new(caller.clone(), Act::Command(Command::Own));
        self.handle(counted).await?;
        self.handler.open_on_the_web(question, agrees).await
    }

    /// The ticket that a visitor of the web has the code of, with its replies. Every look counts as a request
    /// of the caller.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn ticket(
        &self,
        caller: &Caller,
        code: String,
    ) -> Result<Option<TicketDetail>, Refusal> {
        let counted = Request::new(caller.clone(), Act::Command(Command::Own));
        self.handle(counted).await?;
        self.handler.ticket_by_code(code).await
    }

    /// Replies to the ticket that the message `post` of ours speaks of, in the group of the staff; its number, or
    /// `None` when it speaks of none.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn reply_to_post(
        &self,
        caller: &Caller,
        post: String,
        text: String,
    ) -> Result<Option<i64>, Refusal> {
        self.handler.reply_to_post(caller, post, text).await
    }

    /// Replies of the staff to `caller` that they were not given yet, each once.
    pub async fn take_replies(&self, caller: &Caller) -> Vec<TicketReply> {
        self.handler.take_replies(caller).await
    }

    /// True where people can leave a question for a person.
    #[must_use]
    pub fn takes_tickets(&self) -> bool {
        let office = self.handler.acts.office.get();
        office.is_some_and(|office| office.takes_tickets())
    }

    /// What `ask` says of the office, on a blocking thread; `None` while there is none.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait, [`Refusal::Failed`] when the store cannot be read.
    pub async fn with_office<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Office) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Option<T>, Refusal> {
        self.handler.with_office(ask).await
    }

    /// Performs a command of somebody whom a token stands for.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub async fn administer(
        &self,
        command: admin::Command,
        actor: Actor,
    ) -> Result<admin::Outcome, Refusal> {
        self.handler.administer(command, actor).await
    }

    /// Whoever has this token; `None` when it is none in force, or there is no store.
    ///
    /// # Errors
    /// [`Refusal::Failed`] when the store cannot be read.
    pub async fn bearer(&self, token: String) -> Result<Option<Actor>, Refusal> {
        self.handler.bearer(token).await
    }

    /// Takes the files of a form (`multipart/form-data`) from somebody who may put files in. The inner error
    /// says why they were not kept.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn receive(
        &self,
        actor: Actor,
        request: axum::extract::Request,
    ) -> Result<Result<admin::Outcome, SpoolError>, Refusal> {
        self.handler.receive(actor, request).await
    }

    /// Takes files that wait.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn take(
        &self,
        caller: &Caller,
        files: Vec<Waiting>,
    ) -> Result<admin::Outcome, Refusal> {
        self.handler.take_from(caller, files).await
    }

    /// Where files wait that are put in by whoever may; `None` for everybody else.
    #[must_use]
    pub fn spool_for(&self, caller: &Caller) -> Option<Spool> {
        let office = self.handler.acts.office.get()?;
        let may = self.handler.role(caller) >= Role::Editor;
        may.then(|| office.intake().map(|intake| intake.spool.clone()))?
    }

    /// True when `caller` could put files in, were there a store that can be used.
    #[must_use]
    pub fn lacks_store(&self, caller: &Caller) -> bool {
        self.handler.acts.office.get().is_none() && self.handler.role(caller) >= Role::Editor
    }

    /// True while the upload page of this address can be used.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn knows_upload_page(&self, secret: String) -> Result<bool, Refusal> {
        let known = self
            .handler
            .with_office(move |office| office.knows_upload_page(&secret));
        Ok(known.await?.unwrap_or(false))
    }

    /// Spends the address of an upload page; gives whoever it was made for.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn spend_upload_page(&self, secret: String) -> Result<Option<Actor>, Refusal> {
        let spent = self
            .handler
            .with_office(move |office| office.spend_upload_page(&secret));
        Ok(spent.await?.flatten())
    }

    /// The notices that are up at this moment.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let office = self.handler.acts.office.get();
        office.map(|office| office.notices_up()).unwrap_or_default()
    }

    /// The notices that are up and were not told in a chat yet.
    #[must_use]
    pub fn untold_notices(&self, channel: Channel, chat: &str) -> Vec<Notice> {
        let mut notices = self.notices();
        let told = &self.handler.told;
        notices.retain(|notice| !told.has(channel, chat, notice.number));
        notices
    }

    /// Notes that a notice was told in a chat.
    pub fn notice_told(&self, channel: Channel, chat: &str, notice: &Notice) {
        self.handler.told.note(channel, chat, notice.number);
    }

    /// Counts a tool call before its content is read.
    ///
    /// # Errors
    /// [`Refusal::TooFast`] if the caller is over the limit.
    pub fn count_tool_call(&self, caller: &Caller) -> Result<(), Refusal> {
        self.handler.count_tool_call(caller)
    }

    /// Forgets the conversation remembered under `key`, here and in the store, for example when a user
    /// unsubscribes.
    pub fn forget(&self, channel: Channel, key: &str) {
        self.handler.histories.forget(channel, key);
        self.handler.dialogues.forget(channel, key);
    }

    /// True while somebody is asked in the conversation remembered under `key` whether they qualify: a number
    /// that they send is an answer.
    #[must_use]
    pub fn is_asking(&self, channel: Channel, key: &str) -> bool {
        self.handler.dialogues.is_asking(channel, key)
    }

    /// Forgets what somebody asked until `asked`, and what they chose: they told another program of the same
    /// store to.
    pub fn forget_person(&self, person: Person, asked: Instant) {
        self.handler.preferences.forget(person);
        self.handler.dialogues.forget_person(person);
        self.handler.histories.forget_until(person, asked);
    }

    /// Takes up conversations of before a restart, whose turns are in order.
    pub fn resume(&self, turns: Vec<Turn>) {
        self.handler.histories.resume(turns, Instant::now());
    }

    /// Takes up what was chosen before a restart, the newest first.
    pub fn resume_preferences(&self, preferences: Vec<Preference>) {
        self.handler.preferences.resume(preferences);
    }

    /// Notes that an account of `channel`, which may be a chat, chose `value` for `name`.
    pub fn prefer(&self, channel: Channel, account: &str, name: &str, value: &str) {
        let preferences = &self.handler.preferences;
        preferences.set(channel, account, name, value);
    }

    /// What an account of `channel` chose for `name`.
    #[must_use]
    pub fn preferred(&self, channel: Channel, account: &str, name: &str) -> Option<String> {
        self.handler.preferences.get(channel, account, name)
    }

    /// Waits a moment until the votes that were cast are written, before the program ends.
    pub fn flush(&self) {
        if let Some(votes) = &self.handler.votes {
            votes.flush();
        }
        if let Some(records) = self.handler.records.get() {
            records.flush();
        }
    }

    /// The day that it is: that of the settings, else the one in China.
    #[must_use]
    pub fn today(&self) -> Date {
        self.handler.acts.today()
    }

    /// Returns the current state. A reply carries its own snapshot; this is for pages without one.
    #[must_use]
    pub fn state(&self) -> ServiceState {
        let acts = &self.handler.acts;
        let snapshot = acts.assistant.snapshot();
        let records = self.handler.records.get().map(|records| records.counts());
        ServiceState {
            search_fails: snapshot.search_fails(),
            snapshot,
            meaning: acts.assistant.meaning_state(),
            degraded: acts.assistant.degraded(),
            unwritten: Kept::ALL.map(|kept| (kept, storage::refusals(kept))),
            counters: acts.counters.read(),
            votes: match (&records, &self.handler.votes) {
                (Some(records), _) => VoteCounts {
                    kept: records.votes.kept,
                    lost: records.votes.lost,
                },
                (None, Some(votes)) => votes.counts(),
                (None, None) => VoteCounts::default(),
            },
            records,
            store: acts.store,
        }
    }
}
