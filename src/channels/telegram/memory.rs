//! State kept in memory until the program ends, in bounded tables.

use std::{
    hash::Hash,
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;

/// A table that evicts its least recently used entry when it is full.
#[derive(Debug)]
pub(super) struct Table<K: Hash + Eq, V>(Mutex<LruCache<K, V>>);

impl<K: Hash + Eq, V> Table<K, V> {
    /// A table of at most `entries`.
    pub(super) fn new(entries: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(entries)))
    }

    /// Stores a value; returns the one it replaces.
    pub(super) fn put(&self, key: K, value: V) -> Option<V> {
        lock(&self.0).put(key, value)
    }

    /// The stored value.
    pub(super) fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        lock(&self.0).get(key).cloned()
    }
}

impl<K: Hash + Eq> Table<K, ()> {
    /// True the first time it is called with a key.
    pub(super) fn first_time(&self, key: K) -> bool {
        self.put(key, ()).is_none()
    }
}

/// Locks a mutex, ignoring poisoning.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRIES: NonZeroUsize = NonZeroUsize::new(9).expect("not zero");

    #[test]
    fn a_key_is_new_once() {
        let seen = Table::new(ENTRIES);
        assert!(seen.first_time(7));
        assert!(!seen.first_time(7));
        assert!(seen.first_time(6));
    }

    #[test]
    fn the_keys_seen_longest_ago_are_forgotten_first() {
        let seen = Table::new(ENTRIES);
        for n in 0..=ENTRIES.get() {
            assert!(seen.first_time(n));
        }
        assert!(!seen.first_time(1));
        assert!(seen.first_time(0));
    }

    #[test]
    fn a_value_belongs_to_its_key_until_it_is_replaced() {
        let table = Table::new(ENTRIES);
        assert_eq!(table.put((1, 5), "p1"), None);
        assert_eq!(table.get(&(1, 5)), Some("p1"));
        assert_eq!(table.get(&(2, 5)), None);
        assert_eq!(table.put((1, 5), ""), Some("p1"));
        assert_eq!(table.get(&(1, 5)), Some(""));
    }
}
