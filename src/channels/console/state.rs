//! What all pages share.

use std::sync::{Arc, atomic::AtomicUsize};

use axum::extract::State;
use ipnet::IpNet;
use tokio::sync::Semaphore;

use crate::{
    answer::Answer, assistant::Snapshot, channels::deployment::Deployment, service::Service,
};

/// Passwords that are compared at once: each takes 19 MB for a moment.
const COMPARED: usize = 2;

/// How an answer looks on a channel.
#[derive(Debug, Clone, Copy)]
pub struct Rendering {
    /// The channel, as people call it.
    pub name: &'static str,
    /// Its messages.
    pub messages: fn(&Answer, &Snapshot, &Deployment) -> Vec<Message>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Text as it is.
    Text(String),
    /// HTML that the channel's renderer has made, with all that people wrote escaped.
    Html(String),
}

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSetting {
    /// `http.listen`
    pub key: String,
    /// As TOML would write it; of secrets only whether they are set.
    pub value: String,
    /// File and line, an environment variable, or the default.
    pub origin: String,
}

/// Settings of the console.
#[derive(Debug, Clone, Default)]
pub struct ConsoleSettings {
    /// Hotline and public address; without the public address where the console has an address of its own.
    pub deployment: Deployment,
    /// Networks from which it can be opened.
    pub allow: Vec<IpNet>,
    /// Signing in without encryption is let through from anywhere.
    pub plain_http: bool,
    /// How answers look elsewhere.
    pub renderings: Vec<Rendering>,
    /// All settings in force.
    pub shown: Vec<ShownSetting>,
}

/// State shared by all pages.
#[derive(Debug)]
pub(super) struct Console {
    pub(super) service: Service,
    pub(super) settings: ConsoleSettings,
    /// A place to compare a password.
    pub(super) passwords: Semaphore,
    /// How many wait for one.
    pub(super) waiting: AtomicUsize,
}

/// The state of a page.
pub(super) type Shared = State<Arc<Console>>;

impl Console {
    pub(super) fn new(service: Service, settings: ConsoleSettings) -> Self {
        Self {
            service,
            settings,
            passwords: Semaphore::new(COMPARED),
            waiting: AtomicUsize::new(0),
        }
    }

    /// The address of a page, with the path of the public address.
    pub(super) fn path(&self, page: &str) -> String {
        self.settings.deployment.path(page)
    }

    /// True when browsers come over https.
    pub(super) fn is_encrypted(&self) -> bool {
        let public = self.settings.deployment.public_url.as_deref();
        public.is_some_and(|url| url.starts_with("https://"))
    }
}
