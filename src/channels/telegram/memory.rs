//! What the channel keeps in mind, none of it longer than the program runs: which updates it has
//! seen, and what else there was to each answer. Both are bounded: the oldest entry makes room.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use teloxide::types::{ChatId, MessageId, UpdateId};

use crate::corpus::PassageId;

/// Updates remembered. Telegram repeats an update within the next few polls or not at all.
const UPDATES: usize = 4_096;
/// Answers whose 更多相关 is remembered word for word; older ones are asked anew.
const ANSWERS: usize = 4_096;

/// The updates that were handled: Telegram may deliver one twice, people must not be answered
/// twice.
#[derive(Debug)]
pub(super) struct Seen(Mutex<Bounded<UpdateId, ()>>);

impl Default for Seen {
    fn default() -> Self {
        Self(Mutex::new(Bounded::new(UPDATES)))
    }
}

impl Seen {
    /// True the first time it is asked about an update.
    pub(super) fn first_time(&self, update: UpdateId) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(update, ())
    }
}

/// The passages behind 更多相关, by the message that carries the button.
#[derive(Debug)]
pub(super) struct Related(Mutex<Bounded<(ChatId, MessageId), Vec<PassageId>>>);

impl Default for Related {
    fn default() -> Self {
        Self(Mutex::new(Bounded::new(ANSWERS)))
    }
}

impl Related {
    /// Notes what else there is to the answer in `message`.
    pub(super) fn note(&self, message: (ChatId, MessageId), passages: Vec<PassageId>) {
        let mut related = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        related.insert(message, passages);
    }

    /// What was noted; `None` when the message is too old or from before a restart.
    pub(super) fn of(&self, message: (ChatId, MessageId)) -> Option<Vec<PassageId>> {
        let related = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        related.entries.get(&message).cloned()
    }
}

/// A map that forgets its oldest entry when it is full.
#[derive(Debug)]
struct Bounded<K, V> {
    entries: HashMap<K, V>,
    order: VecDeque<K>,
    capacity: usize,
}

impl<K: Hash + Eq + Copy, V> Bounded<K, V> {
    fn new(capacity: usize) -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
            capacity,
        }
    }

    /// True when the key is new.
    fn insert(&mut self, key: K, value: V) -> bool {
        if self.entries.insert(key, value).is_some() {
            return false;
        }
        self.order.push_back(key);
        if self.order.len() > self.capacity
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_new_once() {
        let seen = Seen::default();
        assert!(seen.first_time(UpdateId(7)));
        assert!(!seen.first_time(UpdateId(7)));
        assert!(seen.first_time(UpdateId(6)));
    }

    #[test]
    fn memory_stays_bounded_and_drops_the_oldest_first() {
        let mut bounded = Bounded::new(3);
        for n in 0..10 {
            assert!(bounded.insert(n, ()));
        }
        assert_eq!(bounded.entries.len(), 3);
        assert_eq!(bounded.order.len(), 3);
        assert!(!bounded.insert(9, ()));
        assert!(bounded.insert(6, ()));
    }
}
