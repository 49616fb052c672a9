//! Tells owners something at once.

use std::time::Instant;

use tokio::sync::broadcast;
use wenzheng_store::{Alert, DayCount, Person, Span, StoreError, now};

use super::{
    alerts::{AlertKind, Told},
    office::Office,
};

impl Office {
    /// Tells owners something: kept for the console, and handed to those who listen. Blocks.
    pub fn alert(&self, kind: AlertKind, text: &str) {
        self.alert_others(kind, text, None);
    }

    /// Tells owners something that one of them has heard as the reply to a command.
    pub(super) fn alert_others(&self, kind: AlertKind, text: &str, answered: Option<Person>) {
        if !self.alerts.is_news(kind, Instant::now()) {
            return;
        }
        tracing::warn!(kind = kind.name(), "owners are told");
        let kept = self.store().add_alert(kind.name(), text);
        if let Err(error) = self.publisher.block_on(kept) {
            tracing::error!(%error, "an alert was not kept");
        }
        let text = text.to_owned();
        self.alerts.tell(Told { text, answered });
    }

    /// Hands a text to those who listen to alerts; it is not kept as one.
    pub fn tell_listeners(&self, text: &str) {
        self.alerts.tell(Told {
            text: text.to_owned(),
            answered: None,
        });
    }

    /// True when somebody listens to alerts.
    pub(super) fn has_listeners(&self) -> bool {
        self.alerts.has_listeners()
    }

    /// How much was asked on the days of `span`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn day_counts(&self, span: &Span) -> Result<Vec<DayCount>, StoreError> {
        self.publisher.block_on(self.store().day_counts(span))
    }

    /// Alerts from now on.
    #[must_use]
    pub fn listen_to_alerts(&self) -> broadcast::Receiver<Told> {
        self.alerts.listen()
    }

    /// The newest alerts, none older than `within` milliseconds.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn newest_alerts(&self, within: i64) -> Result<Vec<Alert>, StoreError> {
        const SHOWN: i64 = 20;
        let mut alerts = self.publisher.block_on(self.store().alerts(SHOWN))?;
        let since = now() - within;
        alerts.retain(|alert| alert.at >= since);
        Ok(alerts)
    }
}
