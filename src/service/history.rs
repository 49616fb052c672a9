//! Conversation histories, kept in memory for a short time.

use std::{
    collections::{HashMap, VecDeque},
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;

use super::request::{Channel, Conversation};

/// Number of earlier questions that are used.
const TURNS: usize = 4;
/// How long a turn is remembered.
const LIFETIME: Duration = Duration::from_mins(10);
/// Conversations remembered per channel; the stalest is evicted.
const CONVERSATIONS: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

type Turns = VecDeque<(Instant, String)>;

/// The recent questions of every conversation.
///
/// The same rule applies to histories kept here and to those sent by clients: the last four non-blank
/// questions, each trimmed and cut off like a question.
pub(super) struct Histories {
    question_chars: usize,
    remembered: Mutex<HashMap<Channel, LruCache<String, Turns>>>,
}

impl Histories {
    /// Keeps the first `question_chars` characters of each question.
    pub(super) fn new(question_chars: usize) -> Self {
        Self {
            question_chars,
            remembered: Mutex::default(),
        }
    }

    /// Returns the questions asked before `question`, oldest first. In a remembered conversation,
    /// records `question` as the newest.
    pub(super) fn turn(
        &self,
        channel: Channel,
        conversation: Conversation,
        question: &str,
        now: Instant,
    ) -> Vec<String> {
        match conversation {
            Conversation::None => Vec::new(),
            Conversation::Given(mut given) => {
                given.retain(|earlier| !earlier.trim().is_empty());
                let recent = given.len().saturating_sub(TURNS);
                given[recent..]
                    .iter()
                    .map(|earlier| self.cut(earlier))
                    .collect()
            }
            Conversation::Remembered(key) => {
                let question = self.cut(question);
                self.with(channel, |conversations| {
                    let turns = conversations.get_or_insert_mut(key, Turns::new);
                    turns.retain(|(at, _)| now.duration_since(*at) < LIFETIME);
                    let history = turns.iter().map(|(_, earlier)| earlier.clone()).collect();
                    if !question.is_empty() {
                        turns.push_back((now, question));
                    }
                    if turns.len() > TURNS {
                        turns.pop_front();
                    }
                    history
                })
            }
        }
    }

    /// Forgets a conversation.
    pub(super) fn forget(&self, channel: Channel, key: &str) {
        self.with(channel, |conversations| conversations.pop(key));
    }

    fn cut(&self, question: &str) -> String {
        question.trim().chars().take(self.question_chars).collect()
    }

    fn with<T>(&self, channel: Channel, work: impl FnOnce(&mut LruCache<String, Turns>) -> T) -> T {
        let mut remembered = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let conversations = remembered.entry(channel);
        work(conversations.or_insert_with(|| LruCache::new(CONVERSATIONS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: Channel = Channel::TELEGRAM;

    fn remembered(key: &str) -> Conversation {
        Conversation::Remembered(key.into())
    }

    #[test]
    fn a_conversation_remembers_four_turns_for_ten_minutes() {
        let (histories, start) = (Histories::new(500), Instant::now());
        let turn =
            |key, question: &str, now| histories.turn(CHANNEL, remembered(key), question, now);
        for n in 0..6 {
            let _ = turn("a", &format!("问{n}"), start);
        }
        assert_eq!(turn("a", "再问", start), ["问2", "问3", "问4", "问5"]);
        assert!(turn("b", "别人", start).is_empty());
        assert!(turn("a", "后来", start + LIFETIME).is_empty());
    }

    #[test]
    fn given_and_remembered_histories_are_cut_alike() {
        let (histories, now) = (Histories::new(3), Instant::now());
        let questions = ["一", " ", "二二二二", " 三 ", "四", "五"];
        for question in questions {
            let _ = histories.turn(CHANNEL, remembered("a"), question, now);
        }
        let given = Conversation::Given(questions.map(String::from).into());
        let expected = ["二二二", "三", "四", "五"];
        assert_eq!(histories.turn(CHANNEL, given, "六", now), expected);
        assert_eq!(
            histories.turn(CHANNEL, remembered("a"), "六", now),
            expected
        );
    }

    #[test]
    fn who_leaves_is_forgotten() {
        let (histories, now) = (Histories::new(9), Instant::now());
        let _ = histories.turn(CHANNEL, remembered("a"), "一", now);
        histories.forget(CHANNEL, "a");
        assert!(
            histories
                .turn(CHANNEL, remembered("a"), "二", now)
                .is_empty()
        );
    }

    #[test]
    fn a_full_table_forgets_the_stalest_conversation_and_no_other() {
        let (histories, now) = (Histories::new(9), Instant::now());
        let turn = |key: &str| histories.turn(CHANNEL, remembered(key), "问", now).len();
        assert_eq!((turn("stale"), turn("alive")), (0, 0));
        for n in 2..CONVERSATIONS.get() {
            let _ = turn(&n.to_string());
        }
        assert_eq!(turn("alive"), 1);
        assert_eq!(turn("one too many"), 0);
        assert_eq!((turn("alive"), turn("stale")), (2, 0));
    }

    #[test]
    fn channels_share_no_conversation() {
        let (histories, now) = (Histories::new(9), Instant::now());
        let _ = histories.turn(Channel::WEB, remembered("7"), "一", now);
        assert!(
            histories
                .turn(Channel::WECOM, remembered("7"), "二", now)
                .is_empty()
        );
    }
}
