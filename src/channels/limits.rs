//! How fast one person may ask.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_mins(1);
/// People remembered at most before the quiet ones are forgotten.
const PEOPLE: usize = 10_000;

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
///
/// The minute slides: never more than the allowed number within any 60 seconds. (A token bucket
/// would let twice as many through in the first minute.)
#[derive(Debug)]
pub struct AskLimits {
    per_minute: usize,
    people: Mutex<HashMap<String, Person>>,
}

#[derive(Debug, Default)]
struct Person {
    /// When the questions of the last minute were asked, oldest first.
    asked: VecDeque<Instant>,
    told: bool,
}

impl AskLimits {
    /// At most `per_minute` questions a minute and person; 0 is taken for 1.
    #[must_use]
    pub fn new(per_minute: u32) -> Self {
        Self {
            per_minute: usize::try_from(per_minute).unwrap_or(usize::MAX).max(1),
            people: Mutex::default(),
        }
    }

    /// Counts one question of `person`.
    #[must_use]
    pub fn count(&self, person: &str) -> Pace {
        self.count_at(person, Instant::now())
    }

    fn count_at(&self, person: &str, now: Instant) -> Pace {
        let fresh = |at: &Instant| now.duration_since(*at) < WINDOW;
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        // Forget people who have been quiet, so that a flood of names cannot fill the memory.
        if people.len() >= PEOPLE && !people.contains_key(person) {
            people.retain(|_, person| person.asked.back().is_some_and(fresh));
        }
        let person = people.entry(person.to_owned()).or_default();
        while person.asked.front().is_some_and(|at| !fresh(at)) {
            person.asked.pop_front();
        }
        if person.asked.len() < self.per_minute {
            person.asked.push_back(now);
            person.told = false;
            Pace::Fine
        } else if std::mem::replace(&mut person.told, true) {
            Pace::TooFast
        } else {
            Pace::FirstTooFast
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

    #[test]
    fn no_minute_holds_more_than_the_allowed_number() {
        let limits = AskLimits::new(20);
        let start = Instant::now();
        let second = |n| start + Duration::from_secs(n);
        for n in 0..20 {
            assert_eq!(limits.count_at("a", second(n)), Pace::Fine);
        }
        assert_eq!(limits.count_at("a", second(59)), Pace::FirstTooFast);
        assert_eq!(limits.count_at("a", second(60)), Pace::Fine);
        assert_eq!(limits.count_at("a", second(60)), Pace::FirstTooFast);
    }

    #[test]
    fn people_who_are_quiet_are_forgotten() {
        let limits = AskLimits::new(1);
        let start = Instant::now();
        for n in 0..PEOPLE {
            let _ = limits.count_at(&n.to_string(), start);
        }
        let _ = limits.count_at("later", start + WINDOW);
        assert_eq!(limits.people.lock().expect("not poisoned").len(), 1);
    }
}
