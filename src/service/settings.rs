//! Settings of the service.

use std::{path::PathBuf, sync::Arc, time::Duration};

use time::Date;
use wenzheng_store::SecretKey;

use super::request::Caller;
use crate::{admin::Office, records::Records};

/// What is known of the store while it cannot be used, and so what is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoreState {
    /// There is none, or nothing of it can be read: the folder is served, and can be reloaded.
    #[default]
    Absent,
    /// It cannot be reached: a copy of its last edition is served.
    Away,
    /// It can be read and not written: its last edition is served.
    ReadOnly,
}

/// Settings of the service.
#[derive(Debug, Clone)]
pub struct ServiceSettings {
    /// Questions per minute and caller.
    pub questions_per_minute: u32,
    /// Maximum length of searches and earlier questions, in characters.
    pub question_chars: usize,
    /// How long the questions of a conversation are remembered, so that others can refer to them.
    pub conversation: Duration,
    /// Callers that may use the commands of administrators where there is no office.
    pub administrators: Vec<Caller>,
    /// What performs the commands of administrators and knows who they are; `None` without a store, or
    /// until it can be used ([`Service::open_office`](super::Service::open_office)).
    pub office: Option<Arc<Office>>,
    /// What is served while there is no office.
    pub store: StoreState,
    /// Requests worked on at once; 0 means one for each processor. More where they wait for a service.
    pub at_once: usize,
    /// The day that it is; `None` reads the clock.
    pub today: Option<Date>,
    /// What makes hashes of people and conversations; by default that of `records`, and without those one
    /// that is forgotten with the program.
    pub key: Option<SecretKey>,
    /// Where what is asked and voted goes; `None` without a store.
    pub records: Option<Arc<Records>>,
    /// The folder in which votes are kept while there is no store; `None` keeps none.
    pub votes: Option<PathBuf>,
}

impl Default for ServiceSettings {
    fn default() -> Self {
        Self {
            questions_per_minute: 20,
            question_chars: 500,
            conversation: Duration::from_mins(30),
            administrators: Vec::new(),
            office: None,
            store: StoreState::Absent,
            key: None,
            records: None,
            at_once: 0,
            today: None,
            votes: None,
        }
    }
}
