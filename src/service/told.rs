//! Which chats have been told which notices of the office.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use lru::LruCache;

use super::request::Channel;

/// Notices told that are remembered; the stalest is told again.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// The numbers of notices by the chat that was told, in memory only: after a restart a notice that is
/// still up is told once more.
pub(super) struct Told(Mutex<LruCache<(Channel, String, i64), ()>>);

impl Default for Told {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Told {
    /// True when `chat` was told notice `number`.
    pub(super) fn has(&self, channel: Channel, chat: &str, number: i64) -> bool {
        let key = (channel, chat.to_owned(), number);
        self.with(|told| told.get(&key).is_some())
    }

    /// Notes that it is told.
    pub(super) fn note(&self, channel: Channel, chat: &str, number: i64) {
        self.with(|told| told.put((channel, chat.to_owned(), number), ()));
    }

    fn with<T>(&self, work: impl FnOnce(&mut LruCache<(Channel, String, i64), ()>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chat_is_told_each_notice_once() {
        let (told, channel) = (Told::default(), Channel::TELEGRAM);
        assert!(!told.has(channel, "1", 7));
        told.note(channel, "1", 7);
        assert!(told.has(channel, "1", 7));
        assert!(!told.has(channel, "1", 8) && !told.has(channel, "2", 7));
    }
}
