//! Commands that a platform delivers several times, and when one of them is performed.

use std::sync::Arc;

use wenzheng_store::{StoreError, now};

use super::{command::Command, office::Office, outcome::Outcome, queue::Wait};
use crate::staff::Actor;

/// How long a message is known, in milliseconds: WeChat gives up after seconds, and in Telegram a message waits until
/// the program is back.
const KNOWN: i64 = 86_400_000;

impl Office {
    /// Performs a command that came as `message`, which is the same for all its deliveries. One that changes
    /// something is noted first and performed at most once, whatever restarts in between; while it cannot
    /// be noted, it is not performed.
    pub fn perform_once(
        self: &Arc<Self>,
        command: &Command,
        by: &Actor,
        wait: Wait,
        message: &str,
    ) -> Outcome {
        if command.changes_something() && by.grant.role >= command.least() {
            match self.is_first(by, message) {
                Ok(true) => {}
                Ok(false) => return Outcome::Repeated,
                Err(error) => return error.into(),
            }
        }
        self.perform(command, by, wait)
    }

    fn is_first(&self, by: &Actor, message: &str) -> Result<bool, StoreError> {
        let store = self.store();
        let message = [by.origin.as_bytes(), message.as_bytes()];
        let message = store.key().hash("message", &message);
        self.publisher
            .block_on(store.first_seen(message, now() - KNOWN))
    }
}
