//! What owners hear at once: kept, and handed to whoever tells them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::broadcast;
use wenzheng_store::Person;

/// Alerts of one kind within this time are one: who was told an hour ago knows.
const ONCE: Duration = Duration::from_hours(1);
/// Alerts that wait for whoever tells them.
const WAITING: usize = 64;

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// A reload did not go live.
    Reload,
    /// Not all files have been served for a while.
    Degraded,
    /// Questions or votes were not kept.
    Dropped,
    /// The disk is nearly full.
    Disk,
    /// Somebody guesses passwords.
    SignIn,
    /// Somebody was given a role, or lost one.
    Grant,
    /// Far more questions than usual are not answered.
    Unanswered,
    /// A question for a person.
    Ticket,
}

impl AlertKind {
    /// Its name in the store and the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reload => "reload",
            Self::Degraded => "degraded",
            Self::Dropped => "dropped",
            Self::Disk => "disk",
            Self::SignIn => "sign_in",
            Self::Grant => "grant",
            Self::Unanswered => "unanswered",
            Self::Ticket => "ticket",
        }
    }

    /// True for those of which each is news.
    const fn is_each_news(self) -> bool {
        matches!(self, Self::Grant | Self::Ticket)
    }
}

/// What owners are told by whoever listens.
#[derive(Debug, Clone)]
pub struct Told {
    /// What is said.
    pub text: String,
    /// Who has it already, as the reply to a command of theirs.
    pub answered: Option<Person>,
}

/// Alerts on their way to people.
#[derive(Debug)]
pub(super) struct Alerts {
    told: Mutex<HashMap<AlertKind, Instant>>,
    listeners: broadcast::Sender<Told>,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            told: Mutex::default(),
            listeners: broadcast::Sender::new(WAITING),
        }
    }
}

impl Alerts {
    /// Tells whoever listens; nobody may.
    pub(super) fn tell(&self, told: Told) {
        let _ = self.listeners.send(told);
    }

    /// True when somebody listens.
    pub(super) fn has_listeners(&self) -> bool {
        self.listeners.receiver_count() > 0
    }

    /// Texts from now on.
    pub(super) fn listen(&self) -> broadcast::Receiver<Told> {
        self.listeners.subscribe()
    }

    /// True unless one of this kind was told within the hour.
    pub(super) fn is_news(&self, kind: AlertKind, now: Instant) -> bool {
        if kind.is_each_news() {
            return true;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let last = told.get(&kind);
        let is_news = last.is_none_or(|last| now.saturating_duration_since(*last) >= ONCE);
        if is_news {
            told.insert(kind, now);
        }
        is_news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_told_once_an_hour_and_every_grant() {
        let alerts = Alerts::default();
        let now = Instant::now();
        assert!(alerts.is_news(AlertKind::Disk, now));
        assert!(!alerts.is_news(AlertKind::Disk, now + ONCE / 2));
        assert!(alerts.is_news(AlertKind::Reload, now));
        assert!(alerts.is_news(AlertKind::Disk, now + ONCE));
        assert!(alerts.is_news(AlertKind::Grant, now) && alerts.is_news(AlertKind::Grant, now));
    }
}
