//! Sends one message at a time to each chat.
//!
//! `Throttle` keeps all waiting messages in one queue of 30. Without a queue for each chat a single
//! flooded chat fills it, and nobody else is answered until that chat has been served at its own slow pace
//! (tried: 60 × `/help` from one person held up everybody for 20 seconds). With them a chat holds at
//! most one position in that queue; the rest waits here, in order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use teloxide::types::ChatId;
use tokio::sync::{Mutex as Queue, OwnedMutexGuard};

/// Maximum number of messages waiting for one chat. A group receives 20 a minute, so later ones
/// would be minutes late.
const WAITING: usize = 60;
/// Number of queues above which idle ones are removed.
const QUEUES: usize = 1_000;

/// The queues of all chats with a message in flight.
#[derive(Debug, Default)]
pub(super) struct ChatQueues(Mutex<HashMap<ChatId, Weak<Queue<()>>>>);

impl ChatQueues {
    /// Waits until no other message is being sent to `chat`, first come, first served. Hold the
    /// guard while sending. `None` if too many messages are already waiting.
    pub(super) async fn turn(&self, chat: ChatId) -> Option<OwnedMutexGuard<()>> {
        let queue = self.queue(chat);
        // Every waiting or sending task holds one reference to the queue.
        if Arc::strong_count(&queue) > WAITING {
            return None;
        }
        Some(queue.lock_owned().await)
    }

    fn queue(&self, chat: ChatId) -> Arc<Queue<()>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(&chat).and_then(Weak::upgrade) {
            return queue;
        }
        if queues.len() >= QUEUES {
            queues.retain(|_, queue| queue.strong_count() > 0);
        }
        let queue = Arc::new(Queue::new(()));
        queues.insert(chat, Arc::downgrade(&queue));
        queue
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_chat_waits_for_itself_and_for_nobody_else() {
        let queues = ChatQueues::default();
        let turn = queues.turn(ChatId(1)).await.expect("nobody waits");
        assert!(queues.turn(ChatId(1)).now_or_never().is_none());
        assert!(queues.turn(ChatId(2)).now_or_never().is_some());
        drop(turn);
        assert!(queues.turn(ChatId(1)).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_flooded_chat_drops_what_would_come_too_late() {
        let queues = ChatQueues::default();
        let turn = queues.turn(ChatId(1)).await.expect("nobody waits");
        let mut waiting: Vec<_> = (0..WAITING)
            .map(|_| Box::pin(queues.turn(ChatId(1))))
            .collect();
        let dropped = waiting
            .iter_mut()
            .filter_map(|turn| turn.now_or_never())
            .count();
        assert_eq!(dropped, 1);
        drop((turn, waiting));
        assert!(queues.turn(ChatId(1)).await.is_some());
    }
}
