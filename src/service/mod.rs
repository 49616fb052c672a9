//! The application service: everything that happens between a channel and the assistant.
//!
//! A channel makes a [`Request`] of what came in, hands it to [`Service::handle`] and renders the
//! [`Reply`]; signatures, pages, queues, edits and buttons stay with the channel. The service does
//! what every channel needs, once and in this order:
//!
//! | step | what it does |
//! |---|---|
//! | pace | counts the request in its [`Class`] and refuses what is too fast |
//! | role | compares the caller with the administrators, refuses commands of theirs to others |
//! | history | completes the request by the turns of its conversation, and notes it as the newest |
//! | crossing | waits for a permit and goes to a blocking thread |
//! | act | answers, searches, reloads … from one [`Snapshot`], which the reply carries |
//! | event | tells the log, the counters and the recorder what happened |
//!
//! The first three steps are done when [`Service::handle`] is called, not when its future is first
//! polled: turns keep the order in which they arrive, however their answers overtake each other.
//!
//! No account and no word that somebody typed gets into the log: the types that hold them do not
//! print them ([`Account`], [`Words`]).

mod acts;
mod clock;
mod counters;
mod crossing;
mod event;
mod handler;
mod history;
mod pace;
mod reply;
mod request;
mod settings;
#[cfg(test)]
mod tests;
mod vote;

use std::sync::Arc;

use crate::assistant::{Assistant, MeaningState, Snapshot};

use self::handler::{Begun, Handler};

pub use self::{
    clock::this_year,
    counters::CounterSnapshot,
    event::{Event, EventStatus, Kind, VoteCast, Words, status_name},
    pace::Class,
    reply::{Outcome, Refusal, Reply, Role, Suggested},
    request::{
        Account, Act, Caller, Channel, ChannelKind, Command, Conversation, List, Read, Request,
    },
    settings::ServiceSettings,
    vote::{Reason, Vote},
};

/// Serves all channels; cheap to clone, all clones share one corpus and one memory.
#[derive(Debug, Clone)]
pub struct Service {
    handler: Arc<Handler>,
}

/// What is served right now, for pages that tell how the service is.
#[derive(Debug, Clone)]
pub struct ServiceState {
    /// The corpus and everything built from it.
    pub snapshot: Arc<Snapshot>,
    /// How far search by meaning is.
    pub meaning: Arc<MeaningState>,
    /// What was counted since the program started.
    pub counters: CounterSnapshot,
}

impl Service {
    /// A service of `assistant` that records nothing.
    #[must_use]
    pub fn new(assistant: Assistant, settings: ServiceSettings) -> Self {
        Self::recorded(assistant, settings, |_| {})
    }

    /// A service of `assistant` that tells `recorder` of every event. The recorder runs on the thread
    /// where the event happens and must be quick.
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

    /// Handles a request. Its place in the order of turns is that of this call, not that of the first
    /// poll; an act that has begun goes on even when the future is dropped.
    ///
    /// # Errors
    /// [`Refusal`], of which the log knows already.
    pub fn handle(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Refusal>> + Send + use<> {
        let begun = Begun::new(&request);
        let admitted = self.handler.admit(request, begun.at);
        let handler = Arc::clone(&self.handler);
        async move {
            match admitted {
                Ok(admitted) => handler.serve(begun, admitted).await,
                Err(refusal) => Err(handler.refused(begun, refusal)),
            }
        }
    }

    /// Counts a request of a program before it is read.
    ///
    /// # Errors
    /// [`Refusal::TooFast`]
    pub fn count_tool_call(&self, caller: &Caller) -> Result<(), Refusal> {
        self.handler.count_tool_call(caller)
    }

    /// Forgets a conversation that the service remembers under `key`: somebody left.
    pub fn forget(&self, channel: Channel, key: &str) {
        self.handler.histories.forget(channel, key);
    }

    /// What is served right now. Replies carry the snapshot they were made from; this one is for
    /// pages that have no reply.
    #[must_use]
    pub fn state(&self) -> ServiceState {
        let acts = &self.handler.acts;
        ServiceState {
            snapshot: acts.assistant.snapshot(),
            meaning: acts.assistant.meaning_state(),
            counters: acts.counters.read(),
        }
    }
}
