//! One message at a time to each chat.
//!
//! `Throttle` keeps all waiting messages in one queue of 30. Without lanes a single flooded chat
//! fills it, and nobody else is answered until that chat has been served at its own slow pace
//! (tried: 60 × `/help` from one person held up everybody for 20 seconds). With them a chat has at
//! most one place in that queue; the rest waits here, in order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use teloxide::types::ChatId;
use tokio::sync::{Mutex as Lane, OwnedMutexGuard};

/// Messages that may wait for one chat. A group gets 20 a minute: what comes after these would be
/// minutes late.
const WAITING: usize = 60;
/// Lanes after which the empty ones are cleared away.
const LANES: usize = 1_000;

/// The lanes of all chats that something is being sent to.
#[derive(Debug, Default)]
pub(super) struct Lanes(Mutex<HashMap<ChatId, Weak<Lane<()>>>>);

impl Lanes {
    /// Waits until nothing else is being sent to `chat`; first come, first served. Keep the guard
    /// while sending. `None` when too many are waiting already.
    pub(super) async fn turn(&self, chat: ChatId) -> Option<OwnedMutexGuard<()>> {
        let lane = self.lane(chat);
        // Everybody who waits or sends holds the lane once.
        if Arc::strong_count(&lane) > WAITING {
            return None;
        }
        Some(lane.lock_owned().await)
    }

    fn lane(&self, chat: ChatId) -> Arc<Lane<()>> {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(&chat).and_then(Weak::upgrade) {
            return lane;
        }
        if lanes.len() >= LANES {
            lanes.retain(|_, lane| lane.strong_count() > 0);
        }
        let lane = Arc::new(Lane::new(()));
        lanes.insert(chat, Arc::downgrade(&lane));
        lane
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_chat_waits_for_itself_and_for_nobody_else() {
        let lanes = Lanes::default();
        let turn = lanes.turn(ChatId(1)).await.expect("nobody waits");
        assert!(lanes.turn(ChatId(1)).now_or_never().is_none());
        assert!(lanes.turn(ChatId(2)).now_or_never().is_some());
        drop(turn);
        assert!(lanes.turn(ChatId(1)).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_flooded_chat_drops_what_would_come_too_late() {
        let lanes = Lanes::default();
        let turn = lanes.turn(ChatId(1)).await.expect("nobody waits");
        let mut waiting: Vec<_> = (0..WAITING)
            .map(|_| Box::pin(lanes.turn(ChatId(1))))
            .collect();
        let dropped = waiting
            .iter_mut()
            .filter_map(|turn| turn.now_or_never())
            .count();
        assert_eq!(dropped, 1);
        drop((turn, waiting));
        assert!(lanes.turn(ChatId(1)).await.is_some());
    }
}
