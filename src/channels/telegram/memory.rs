//! State kept in memory until the program ends: updates already seen, related passages of each
//! answer, the script chosen in each chat. (`replies` holds which message answers which question.)
//! Each table is bounded and evicts its least recently used entry.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;
use teloxide::types::{ChatId, MediaGroupId, MessageId, UpdateId};

use super::callback::ScriptChoice;
use crate::corpus::PassageId;

/// Number of updates remembered. Telegram repeats an update within the next few polls or not at
/// all.
const UPDATES: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");
/// Number of answers whose related passages (更多相关) are remembered; for older ones they are searched
/// again.
const ANSWERS: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");
/// Number of chats whose script is remembered.
const CHATS: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");
/// Number of albums remembered; the pictures of one arrive within seconds.
const ALBUMS: NonZeroUsize = NonZeroUsize::new(1_024).expect("not zero");

/// Updates already handled: Telegram may deliver an update twice, which must not be answered twice.
#[derive(Debug)]
pub(super) struct Seen(Mutex<LruCache<UpdateId, ()>>);

impl Default for Seen {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(UPDATES)))
    }
}

impl Seen {
    /// True the first time it is called with an update.
    pub(super) fn first_time(&self, update: UpdateId) -> bool {
        lock(&self.0).put(update, ()).is_none()
    }
}

/// Related passages (更多相关), by the message that carries the button.
#[derive(Debug)]
pub(super) struct Related(Mutex<LruCache<(ChatId, MessageId), Vec<PassageId>>>);

impl Default for Related {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(ANSWERS)))
    }
}

impl Related {
    /// Stores the related passages of the answer in `message`.
    pub(super) fn note(&self, message: (ChatId, MessageId), passages: Vec<PassageId>) {
        lock(&self.0).put(message, passages);
    }

    /// The stored passages; `None` if the message is too old or predates a restart.
    pub(super) fn of(&self, message: (ChatId, MessageId)) -> Option<Vec<PassageId>> {
        lock(&self.0).get(&message).cloned()
    }
}

/// The script that each chat has chosen.
#[derive(Debug)]
pub(super) struct Scripts(Mutex<LruCache<ChatId, ScriptChoice>>);

impl Default for Scripts {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(CHATS)))
    }
}

impl Scripts {
    /// The script chosen in `chat`.
    pub(super) fn of(&self, chat: ChatId) -> ScriptChoice {
        lock(&self.0).get(&chat).copied().unwrap_or_default()
    }

    /// Stores a choice.
    pub(super) fn choose(&self, chat: ChatId, choice: ScriptChoice) {
        lock(&self.0).put(chat, choice);
    }
}

/// Albums already replied to: each picture of an album is a separate message.
#[derive(Debug)]
pub(super) struct Albums(Mutex<LruCache<MediaGroupId, ()>>);

impl Default for Albums {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(ALBUMS)))
    }
}

impl Albums {
    /// True the first time it is called with an album.
    pub(super) fn first_time(&self, album: &MediaGroupId) -> bool {
        lock(&self.0).put(album.clone(), ()).is_none()
    }
}

/// Locks a mutex, ignoring poisoning.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn the_updates_seen_longest_ago_are_forgotten_first() {
        let seen = Seen::default();
        for n in 0..=u32::try_from(UPDATES.get()).expect("small") {
            assert!(seen.first_time(UpdateId(n)));
        }
        assert!(!seen.first_time(UpdateId(1)));
        assert!(seen.first_time(UpdateId(0)));
    }

    #[test]
    fn an_album_is_new_once() {
        let albums = Albums::default();
        let (one, other) = (MediaGroupId("1".into()), MediaGroupId("2".into()));
        assert!(albums.first_time(&one));
        assert!(!albums.first_time(&one));
        assert!(albums.first_time(&other));
    }

    #[test]
    fn further_passages_belong_to_one_message_of_one_chat() {
        let related = Related::default();
        let message = (ChatId(1), MessageId(5));
        related.note(message, vec![PassageId("p1".into())]);
        assert_eq!(related.of(message), Some(vec![PassageId("p1".into())]));
        assert_eq!(related.of((ChatId(2), MessageId(5))), None);
        related.note(message, Vec::new());
        assert_eq!(related.of(message), Some(Vec::new()));
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
