//! How often somebody typed a code that is none.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;
use wenzheng_store::Person;

/// Wrong codes within [`WHILE`], after which no code is taken.
const TRIES: u32 = 5;
/// As long as a code can be spent.
const WHILE: Duration = Duration::from_mins(10);
/// People remembered; whoever wants to be forgotten needs as many accounts.
const PEOPLE: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// Counts of wrong codes.
#[derive(Debug)]
pub(super) struct Tries(Mutex<LruCache<Person, (u32, Instant)>>);

impl Default for Tries {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(PEOPLE)))
    }
}

impl Tries {
    /// True while `person` may try another code.
    pub(super) fn may(&self, person: Person) -> bool {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = tries
            .get(&person)
            .filter(|(_, since)| since.elapsed() < WHILE);
        recent.is_none_or(|(wrong, _)| *wrong < TRIES)
    }

    /// Counts a wrong one.
    pub(super) fn failed(&self, person: Person) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (wrong, since) = tries.get_or_insert_mut(person, || (0, Instant::now()));
        if since.elapsed() >= WHILE {
            (*wrong, *since) = (0, Instant::now());
        }
        *wrong += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_wrong_codes_no_code_is_taken() {
        let tries = Tries::default();
        let (one, other) = (Person([1; 16]), Person([2; 16]));
        for _ in 0..5 {
            assert!(tries.may(one));
            tries.failed(one);
        }
        assert!(!tries.may(one) && tries.may(other));
    }
}
