//! Conversation histories: in memory while the program runs, in the store for the next start.

use std::{
    collections::{HashMap, VecDeque},
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;
use wenzheng_store::{Person, SecretKey, Turn};

use super::request::{Channel, Conversation};
use crate::records::LateRecords;

/// Number of earlier questions that are used.
const TURNS: usize = 4;
/// Conversations remembered per channel; the stalest is evicted.
const CONVERSATIONS: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// The recent questions of every conversation.
///
/// The same rule applies to histories kept here and to those sent by clients: the last four non-blank
/// questions, each trimmed and cut off like a question.
pub(super) struct Histories {
    question_chars: usize,
    lifetime: Duration,
    /// Conversations and people are known by their hashes, here as in the store.
    key: SecretKey,
    records: LateRecords,
    remembered: Mutex<Remembered>,
}

#[derive(Default)]
struct Remembered {
    of_channels: HashMap<Channel, LruCache<Person, Talk>>,
    /// Those of before a restart, until they go on or are over.
    earlier: HashMap<Person, Talk>,
    /// When the last of them is over.
    earlier_until: Option<Instant>,
}

/// A conversation.
#[derive(Default)]
struct Talk {
    /// Whose it is; `None` where nobody can be told.
    person: Option<Person>,
    /// Questions, each with the time at which it is forgotten, oldest first.
    turns: VecDeque<(Instant, String)>,
    /// The last questions in a row that were not found.
    missed: u8,
}

impl Talk {
    fn push(&mut self, until: Instant, question: String) {
        self.turns.push_back((until, question));
        if self.turns.len() > TURNS {
            self.turns.pop_front();
        }
    }
}

impl Histories {
    /// Keeps the first `question_chars` characters of each question for `lifetime`, and hands them to
    /// `records`.
    pub(super) fn new(
        question_chars: usize,
        lifetime: Duration,
        key: SecretKey,
        records: LateRecords,
    ) -> Self {
        Self {
            question_chars,
            lifetime,
            key,
            records,
            remembered: Mutex::default(),
        }
    }

    /// Returns the questions asked before `question`, oldest first. In a remembered conversation,
    /// records `question` as the newest, asked by `person`.
    pub(super) fn turn(
        &self,
        channel: Channel,
        conversation: Conversation,
        person: Option<Person>,
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
                let conversation = self.conversation(channel, &key);
                let question = self.cut(question);
                self.record(conversation, person, &question);
                self.with(|remembered| {
                    let talk = remembered.talk(channel, conversation, now);
                    talk.person = person.or(talk.person);
                    talk.turns.retain(|(until, _)| now < *until);
                    let history = talk.turns.iter().map(|(_, earlier)| earlier.clone());
                    let history = history.collect();
                    if !question.is_empty() {
                        talk.push(now + self.lifetime, question);
                    }
                    history
                })
            }
        }
    }

    /// The questions asked so far in a remembered conversation, oldest first.
    pub(super) fn earlier(&self, channel: Channel, key: &str, now: Instant) -> Vec<String> {
        let conversation = self.conversation(channel, key);
        self.with(|remembered| {
            let talk = remembered.talk(channel, conversation, now);
            talk.turns.retain(|(until, _)| now < *until);
            talk.turns
                .iter()
                .map(|(_, earlier)| earlier.clone())
                .collect()
        })
    }

    /// Counts questions of a conversation in a row that were not found. Gives how many there were.
    pub(super) fn missed(&self, channel: Channel, key: &str, is_missed: bool) -> u8 {
        let conversation = self.conversation(channel, key);
        self.with(|remembered| {
            let talk = remembered.talk(channel, conversation, Instant::now());
            talk.missed = match is_missed {
                true => talk.missed.saturating_add(1),
                false => 0,
            };
            talk.missed
        })
    }

    /// Takes up conversations of before a restart, whose turns are in order.
    pub(super) fn resume(&self, turns: Vec<Turn>, now: Instant) {
        let clock = wenzheng_store::now();
        self.with(|remembered| {
            remembered.earlier_until = Some(now + self.lifetime);
            for turn in turns {
                let age = Duration::from_millis(u64::try_from(clock - turn.at).unwrap_or_default());
                let talk = remembered.earlier.entry(turn.conversation).or_default();
                talk.person = turn.person.or(talk.person);
                talk.push(now + self.lifetime.saturating_sub(age), turn.question);
            }
        });
    }

    /// Forgets a conversation, here and in the store.
    pub(super) fn forget(&self, channel: Channel, key: &str) {
        self.forget_all(self.conversation(channel, key));
    }

    /// Forgets the conversations of a person, or one by its own hash, here and in the store; false when
    /// the store may not hear of it.
    pub(super) fn forget_all(&self, whom: Person) -> bool {
        self.with(|remembered| remembered.forget(whom));
        let records = self.records.get();
        records.is_none_or(|records| records.forget(whom))
    }

    /// Forgets what a person asked until `asked`, here alone.
    pub(super) fn forget_until(&self, whom: Person, asked: Instant) {
        let kept_until = asked + self.lifetime;
        self.with(|remembered| remembered.forget_until(whom, kept_until));
    }

    fn record(&self, conversation: Person, person: Option<Person>, question: &str) {
        if let Some(records) = self.records.get()
            && !question.is_empty()
            && !self.lifetime.is_zero()
        {
            records.turn(Turn {
                conversation,
                person,
                at: wenzheng_store::now(),
                question: question.to_owned(),
            });
        }
    }

    fn conversation(&self, channel: Channel, key: &str) -> Person {
        self.key.person(channel.name, key.as_bytes())
    }

    fn cut(&self, question: &str) -> String {
        question.trim().chars().take(self.question_chars).collect()
    }

    fn with<T>(&self, work: impl FnOnce(&mut Remembered) -> T) -> T {
        let remembered = self.remembered.lock();
        work(&mut remembered.unwrap_or_else(PoisonError::into_inner))
    }
}

impl Remembered {
    /// The conversation as it was left.
    fn talk(&mut self, channel: Channel, conversation: Person, now: Instant) -> &mut Talk {
        if self.earlier_until.is_some_and(|until| until <= now) {
            self.earlier = HashMap::new();
            self.earlier_until = None;
        }
        let earlier = &mut self.earlier;
        let conversations = self.of_channels.entry(channel);
        let conversations = conversations.or_insert_with(|| LruCache::new(CONVERSATIONS));
        conversations.get_or_insert_mut(conversation, || {
            earlier.remove(&conversation).unwrap_or_default()
        })
    }

    /// Forgets the questions of a person that would be forgotten at `kept_until` at the latest.
    fn forget_until(&mut self, whom: Person, kept_until: Instant) {
        let talks = self.of_channels.values_mut();
        let talks = talks.flat_map(|conversations| conversations.iter_mut().map(|(_, talk)| talk));
        for talk in talks.chain(self.earlier.values_mut()) {
            if talk.person == Some(whom) {
                talk.turns.retain(|(until, _)| *until > kept_until);
            }
        }
    }

    fn forget(&mut self, whom: Person) {
        let is_of =
            |conversation: &Person, talk: &Talk| *conversation == whom || talk.person == Some(whom);
        self.earlier
            .retain(|conversation, talk| !is_of(conversation, talk));
        for conversations in self.of_channels.values_mut() {
            let of = conversations.iter().filter(|(key, talk)| is_of(key, talk));
            let of: Vec<Person> = of.map(|(conversation, _)| *conversation).collect();
            for conversation in of {
                conversations.pop(&conversation);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: Channel = Channel::TELEGRAM;
    const LIFETIME: Duration = Duration::from_mins(30);

    fn histories(question_chars: usize) -> Histories {
        let key = SecretKey::passing();
        Histories::new(question_chars, LIFETIME, key, LateRecords::default())
    }

    fn remembered(key: &str) -> Conversation {
        Conversation::Remembered(key.into())
    }

    #[test]
    fn a_conversation_remembers_four_turns_for_its_lifetime() {
        let (all, start) = (histories(500), Instant::now());
        let turn =
            |key, question: &str, now| all.turn(CHANNEL, remembered(key), None, question, now);
        for n in 0..6 {
            let _ = turn("a", &format!("问{n}"), start);
        }
        assert_eq!(turn("a", "再问", start), ["问2", "问3", "问4", "问5"]);
        assert!(turn("b", "别人", start).is_empty());
        assert!(turn("a", "后来", start + LIFETIME).is_empty());
    }

    #[test]
    fn given_and_remembered_histories_are_cut_alike() {
        let (all, now) = (histories(3), Instant::now());
        let questions = ["一", " ", "二二二二", " 三 ", "四", "五"];
        for question in questions {
            let _ = all.turn(CHANNEL, remembered("a"), None, question, now);
        }
        let given = Conversation::Given(questions.map(String::from).into());
        let expected = ["二二二", "三", "四", "五"];
        assert_eq!(all.turn(CHANNEL, given, None, "六", now), expected);
        assert_eq!(
            all.turn(CHANNEL, remembered("a"), None, "六", now),
            expected
        );
    }

    #[test]
    fn who_leaves_is_forgotten() {
        let (all, now) = (histories(9), Instant::now());
        let _ = all.turn(CHANNEL, remembered("a"), None, "一", now);
        all.forget(CHANNEL, "a");
        assert!(
            all.turn(CHANNEL, remembered("a"), None, "二", now)
                .is_empty()
        );
    }

    #[test]
    fn all_conversations_of_a_person_are_forgotten_and_no_others() {
        let (all, now) = (histories(9), Instant::now());
        let [one, other] = [b"1", b"2"].map(|account| all.key.person(CHANNEL.name, account));
        let turn = |key: &str, person| {
            let history = all.turn(CHANNEL, remembered(key), Some(person), "问", now);
            history.len()
        };
        for (key, person) in [("1:home", one), ("1:group", one), ("2:home", other)] {
            assert_eq!(turn(key, person), 0);
        }
        assert!(all.forget_all(one));
        assert_eq!((turn("1:home", one), turn("1:group", one)), (0, 0));
        assert_eq!(turn("2:home", other), 1);
    }

    #[test]
    fn conversations_go_on_after_a_restart_until_they_are_over() {
        let (all, start) = (histories(9), Instant::now());
        let person = all.key.person(CHANNEL.name, b"3");
        let minutes_ago = |key: &str, minutes: i64, question: &str| Turn {
            conversation: all.key.person(CHANNEL.name, key.as_bytes()),
            person: Some(person).filter(|_| key == "c"),
            at: wenzheng_store::now() - minutes * 60_000,
            question: question.to_owned(),
        };
        let turns = vec![
            minutes_ago("a", 29, "一"),
            minutes_ago("b", 20, "医保"),
            minutes_ago("a", 1, "二"),
            minutes_ago("c", 1, "修路"),
        ];
        all.resume(turns, start);
        let turn = |key: &str, minutes| {
            let now = start + Duration::from_mins(minutes);
            all.turn(CHANNEL, remembered(key), None, "问", now)
        };
        assert_eq!(turn("a", 0), ["一", "二"]);
        assert_eq!(turn("a", 2), ["二", "问"]);
        assert!(turn("b", 11).is_empty(), "it was over");
        assert!(all.forget_all(person));
        assert!(turn("c", 1).is_empty(), "its person was forgotten");
    }

    #[test]
    fn a_full_table_forgets_the_stalest_conversation_and_no_other() {
        let (all, now) = (histories(9), Instant::now());
        let turn = |key: &str| all.turn(CHANNEL, remembered(key), None, "问", now).len();
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
        let (all, now) = (histories(9), Instant::now());
        let _ = all.turn(Channel::WEB, remembered("7"), None, "一", now);
        assert!(
            all.turn(Channel::WECOM, remembered("7"), None, "二", now)
                .is_empty()
        );
    }
}
