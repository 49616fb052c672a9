//! What chats chose: in memory while the program runs, in the store for the next start.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use lru::LruCache;
use wenzheng_store::{Person, Preference, SecretKey};

use super::request::Channel;
use crate::records::LateRecords;

/// Choices remembered; the stalest is forgotten.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// What chats chose, by the hashes of their accounts.
pub(super) struct Preferences {
    key: SecretKey,
    records: LateRecords,
    remembered: Mutex<LruCache<(Person, String), String>>,
}

impl Preferences {
    /// Hands what is chosen to `records`.
    pub(super) fn new(key: SecretKey, records: LateRecords) -> Self {
        Self {
            key,
            records,
            remembered: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }

    /// Takes up what was chosen before a restart, the newest first.
    pub(super) fn resume(&self, preferences: Vec<Preference>) {
        for preference in preferences.into_iter().rev() {
            self.remember(preference.person, preference.name, preference.value);
        }
    }

    /// Notes that `account` chose `value`.
    pub(super) fn set(&self, channel: Channel, account: &str, name: &str, value: &str) {
        let person = self.key.person(channel.name, account.as_bytes());
        self.remember(person, name.to_owned(), value.to_owned());
        if let Some(records) = self.records.get() {
            records.prefers(Preference {
                person,
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
    }

    /// What `account` chose.
    pub(super) fn get(&self, channel: Channel, account: &str, name: &str) -> Option<String> {
        let person = self.key.person(channel.name, account.as_bytes());
        let key = (person, name.to_owned());
        self.with(|remembered| remembered.get(&key).cloned())
    }

    /// Forgets what a person chose.
    pub(super) fn forget(&self, whom: Person) {
        self.with(|remembered| {
            let own = remembered.iter().filter(|((person, _), _)| *person == whom);
            let own: Vec<_> = own.map(|(key, _)| key.clone()).collect();
            for key in own {
                remembered.pop(&key);
            }
        });
    }

    fn remember(&self, person: Person, name: String, value: String) {
        self.with(|remembered| remembered.put((person, name), value));
    }

    fn with<T>(&self, work: impl FnOnce(&mut LruCache<(Person, String), String>) -> T) -> T {
        let remembered = self.remembered.lock();
        work(&mut remembered.unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: Channel = Channel::TELEGRAM;

    fn preferences() -> Preferences {
        Preferences::new(SecretKey::passing(), LateRecords::default())
    }

    #[test]
    fn what_a_chat_chose_holds_until_it_chooses_again_or_is_forgotten() {
        let preferences = preferences();
        let chosen = |account| preferences.get(CHANNEL, account, "script");
        assert_eq!(chosen("1"), None);
        preferences.set(CHANNEL, "1", "script", "simplified");
        preferences.set(CHANNEL, "1", "script", "traditional");
        assert_eq!(chosen("1").as_deref(), Some("traditional"));
        assert_eq!(chosen("2"), None);
        preferences.forget(preferences.key.person(CHANNEL.name, b"1"));
        assert_eq!(chosen("1"), None);
    }

    #[test]
    fn what_was_chosen_before_a_restart_is_taken_up() {
        let preferences = preferences();
        let preference = |value: &str| Preference {
            person: preferences.key.person(CHANNEL.name, b"1"),
            name: "script".into(),
            value: value.into(),
        };
        preferences.resume(vec![preference("traditional"), preference("simplified")]);
        let chosen = preferences.get(CHANNEL, "1", "script");
        assert_eq!(chosen.as_deref(), Some("traditional"), "the newest");
    }
}
