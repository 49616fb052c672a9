//! What the channel keeps in mind, none of it longer than the program runs: which updates it has
//! seen, what else there was to each answer, and the script a chat wants (`replies`: which message
//! replies to which). All of it is bounded: the oldest entry makes room.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

use teloxide::types::{ChatId, MediaGroupId, MessageId, UpdateId};

use super::callback::ScriptChoice;
use crate::corpus::PassageId;

/// Updates remembered. Telegram repeats an update within the next few polls or not at all.
const UPDATES: usize = 4_096;
/// Answers whose 更多相关 is remembered word for word; older ones are asked anew.
const ANSWERS: usize = 4_096;
/// Chats whose choice of a script is remembered.
const CHATS: usize = 10_000;
/// Albums remembered: the pictures of one arrive within seconds.
const ALBUMS: usize = 1_024;

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
        lock(&self.0).insert(update, ())
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
        lock(&self.0).insert(message, passages);
    }

    /// What was noted; `None` when the message is too old or from before a restart.
    pub(super) fn of(&self, message: (ChatId, MessageId)) -> Option<Vec<PassageId>> {
        lock(&self.0).entries.get(&message).cloned()
    }
}

/// The script each chat wants its replies in.
#[derive(Debug)]
pub(super) struct Scripts(Mutex<Bounded<ChatId, ScriptChoice>>);

impl Default for Scripts {
    fn default() -> Self {
        Self(Mutex::new(Bounded::new(CHATS)))
    }
}

impl Scripts {
    /// What was chosen in `chat`.
    pub(super) fn of(&self, chat: ChatId) -> ScriptChoice {
        let scripts = lock(&self.0);
        scripts.entries.get(&chat).copied().unwrap_or_default()
    }

    /// Remembers a choice.
    pub(super) fn choose(&self, chat: ChatId, choice: ScriptChoice) {
        lock(&self.0).insert(chat, choice);
    }
}

/// Albums that were replied to: each picture of one is a message of its own.
#[derive(Debug)]
pub(super) struct Albums(Mutex<Bounded<MediaGroupId, ()>>);

impl Default for Albums {
    fn default() -> Self {
        Self(Mutex::new(Bounded::new(ALBUMS)))
    }
}

impl Albums {
    /// True the first time it is asked about an album.
    pub(super) fn first_time(&self, album: &MediaGroupId) -> bool {
        lock(&self.0).insert(album.clone(), ())
    }
}

/// The value behind a lock; a panic elsewhere does not spoil it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A map that forgets its oldest entry when it is full.
#[derive(Debug)]
pub(super) struct Bounded<K, V> {
    pub(super) entries: HashMap<K, V>,
    order: VecDeque<K>,
    capacity: usize,
}

impl<K: Hash + Eq + Clone, V> Bounded<K, V> {
    /// Holds at most `capacity` entries.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
            capacity,
        }
    }

    /// True when the key is new.
    pub(super) fn insert(&mut self, key: K, value: V) -> bool {
        if self.entries.insert(key.clone(), value).is_some() {
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

    #[test]
    fn a_chat_keeps_its_script_and_others_keep_theirs() {
        let scripts = Scripts::default();
        assert_eq!(scripts.of(ChatId(1)), ScriptChoice::Auto);
        let always = ScriptChoice::Always(crate::answer::Script::Traditional);
        scripts.choose(ChatId(1), always);
        assert_eq!(scripts.of(ChatId(1)), always);
        assert_eq!(scripts.of(ChatId(2)), ScriptChoice::Auto);
    }
}
