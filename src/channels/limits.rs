//! How fast one person may ask.

use std::{collections::HashSet, num::NonZeroU32, sync::Mutex};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// What to do with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Answer it.
    Fine,
    /// Say once that this was too fast.
    FirstTooFast,
    /// Say nothing: this person has been told.
    TooFast,
}

/// Counts questions a minute per person; a person is any string (`telegram:7`, an address).
#[derive(Debug)]
pub struct AskLimits {
    limiter: DefaultKeyedRateLimiter<String>,
    told: Mutex<HashSet<String>>,
}

impl AskLimits {
    /// At most `per_minute` questions a minute and person; 0 is taken for 1.
    #[must_use]
    pub fn new(per_minute: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        Self {
            limiter: RateLimiter::keyed(quota),
            told: Mutex::new(HashSet::new()),
        }
    }

    /// Counts one question of `person`.
    #[must_use]
    pub fn count(&self, person: &str) -> Pace {
        let fine = self.limiter.check_key(&person.to_owned()).is_ok();
        let mut told = self
            .told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if fine {
            told.remove(person);
            // Forget people who have been quiet, so that a flood of names cannot fill the memory.
            if self.limiter.len() > 10_000 {
                self.limiter.retain_recent();
                told.clear();
            }
            Pace::Fine
        } else if told.insert(person.to_owned()) {
            Pace::FirstTooFast
        } else {
            Pace::TooFast
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_fast_is_told_once_and_others_are_served() {
        let limits = AskLimits::new(2);
        assert_eq!(limits.count("a"), Pace::Fine);
        assert_eq!(limits.count("a"), Pace::Fine);
        assert_eq!(limits.count("a"), Pace::FirstTooFast);
        assert_eq!(limits.count("a"), Pace::TooFast);
        assert_eq!(limits.count("b"), Pace::Fine);
    }
}
