//! What was asked before: the turns of a conversation, kept in memory for a short while.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
    time::{Duration, Instant},
};

/// Turns remembered in one conversation.
const TURNS: usize = 4;
/// How long a turn is remembered.
const LIFETIME: Duration = Duration::from_mins(10);
/// Conversations kept at most; the stalest are dropped beyond it.
const CONVERSATIONS: usize = 10_000;

/// The recent questions of every conversation; a key names channel, chat and person.
#[derive(Debug, Default)]
pub struct Conversations {
    turns: Mutex<HashMap<String, VecDeque<(Instant, String)>>>,
}

impl Conversations {
    /// The questions asked before in this conversation, oldest first, and notes `question` as the
    /// newest.
    #[must_use]
    pub fn turn(&self, key: &str, question: &str) -> Vec<String> {
        self.turn_at(key, question, Instant::now())
    }

    fn turn_at(&self, key: &str, question: &str, now: Instant) -> Vec<String> {
        let mut turns = self
            .turns
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let fresh = |at: &Instant| now.duration_since(*at) < LIFETIME;
        if turns.len() >= CONVERSATIONS && !turns.contains_key(key) {
            turns.retain(|_, turns| turns.back().is_some_and(|(at, _)| fresh(at)));
            if turns.len() >= CONVERSATIONS {
                turns.clear();
            }
        }
        let conversation = turns.entry(key.to_owned()).or_default();
        conversation.retain(|(at, _)| fresh(at));
        let history = conversation.iter().map(|(_, text)| text.clone()).collect();
        conversation.push_back((now, question.to_owned()));
        while conversation.len() > TURNS {
            conversation.pop_front();
        }
        history
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_remembers_four_turns_for_ten_minutes() {
        let conversations = Conversations::default();
        let start = Instant::now();
        for n in 0..6 {
            let _ = conversations.turn_at("a", &format!("问{n}"), start);
        }
        assert_eq!(
            conversations.turn_at("a", "再问", start),
            ["问2", "问3", "问4", "问5"]
        );
        assert!(conversations.turn_at("b", "别人", start).is_empty());
        assert!(
            conversations
                .turn_at("a", "后来", start + LIFETIME)
                .is_empty()
        );
    }
}
