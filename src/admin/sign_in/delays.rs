//! How long somebody waits who typed a wrong password: longer each time, and never for ever.

use std::{
    hash::Hash,
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;

/// Wrong passwords that cost nothing: people mistype.
const FREE: u32 = 3;
/// The longest delay.
const LONGEST: Duration = Duration::from_secs(60);
/// After this long without a wrong password all are forgotten.
const FORGIVEN: Duration = Duration::from_mins(30);
/// Subjects remembered; the stalest is forgotten.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// Counts of wrong passwords, by account or by address.
#[derive(Debug)]
pub(in crate::admin) struct Delays<K: Hash + Eq>(Mutex<LruCache<K, (u32, Instant)>>);

impl<K: Hash + Eq> Default for Delays<K> {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl<K: Hash + Eq> Delays<K> {
    /// How long `subject` still has to wait at `now`.
    pub(in crate::admin) fn left(&self, subject: &K, now: Instant) -> Duration {
        let mut delays = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((wrong, last)) = delays.get(subject).copied() else {
            return Duration::ZERO;
        };
        let since = now.saturating_duration_since(last);
        delay(wrong).saturating_sub(since)
    }

    /// Counts a wrong password at `now`. Gives how many there were of late.
    pub(in crate::admin) fn failed(&self, subject: K, now: Instant) -> u32 {
        let mut delays = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (wrong, last) = delays.get_or_insert_mut(subject, || (0, now));
        if now.saturating_duration_since(*last) > FORGIVEN {
            *wrong = 0;
        }
        (*wrong, *last) = (wrong.saturating_add(1), now);
        *wrong
    }

    /// Forgets the wrong ones: the right one came.
    pub(in crate::admin) fn succeeded(&self, subject: &K) {
        let mut delays = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        delays.pop(subject);
    }
}

/// 1 s after the fourth wrong password, then twice as long each time.
fn delay(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE) {
        None | Some(0) => Duration::ZERO,
        Some(over) => Duration::from_secs(1 << (over - 1).min(10)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_to_a_minute_and_is_forgiven() {
        let delays = Delays::default();
        let start = Instant::now();
        let mut waited = Vec::new();
        for _ in 0..12 {
            delays.failed("小李", start);
            waited.push(delays.left(&"小李", start).as_secs());
        }
        assert_eq!(waited, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(delays.left(&"小王", start), Duration::ZERO);
        let later = start + Duration::from_secs(59);
        assert_eq!(delays.left(&"小李", later).as_secs(), 1);
        assert_eq!(
            delays.left(&"小李", later + Duration::from_secs(1)),
            Duration::ZERO
        );
        let next_day = start + FORGIVEN + Duration::from_secs(1);
        delays.failed("小李", next_day);
        assert_eq!(delays.left(&"小李", next_day), Duration::ZERO);
        delays.succeeded(&"小李");
        assert_eq!(delays.left(&"小李", next_day), Duration::ZERO);
    }
}
