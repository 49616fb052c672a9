//! Tells those who listen of tickets.

use tokio::sync::broadcast;

/// Events that wait for whoever tells them.
const WAITING: usize = 256;

/// Something happened to a ticket that somebody has to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketEvent {
    /// It was opened.
    Opened(i64),
    /// It was replied to.
    Replied(i64),
}

/// Tells those who listen of tickets.
#[derive(Debug)]
pub(super) struct TicketDesk(broadcast::Sender<TicketEvent>);

impl TicketDesk {
    /// Tells whoever listens; nobody may.
    pub(super) fn tell(&self, event: TicketEvent) {
        let _ = self.0.send(event);
    }

    /// Events from now on.
    pub(super) fn listen(&self) -> broadcast::Receiver<TicketEvent> {
        self.0.subscribe()
    }
}

impl Default for TicketDesk {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}
