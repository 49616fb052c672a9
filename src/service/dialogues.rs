//! Dialogues on who qualifies: in memory for minutes, bounded in number, written nowhere.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;
use wenzheng_store::{Person, SecretKey};

use super::{
    answer_id::AnswerId,
    request::{Caller, Channel},
};
use crate::eligibility::Dialogue;

/// Dialogues at a time; the stalest makes room.
const MOST: NonZeroUsize = NonZeroUsize::new(5_000).expect("not zero");
/// How long one is kept after the last reply.
const KEPT: Duration = Duration::from_mins(15);

/// A dialogue with whose it is.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) dialogue: Dialogue,
    /// Names it in its buttons.
    pub(super) id: AnswerId,
    /// Who began it.
    pub(super) owner: Caller,
    /// Whoever that is for the store.
    pub(super) person: Option<Person>,
    until: Instant,
}

impl Kept {
    /// One that begins.
    pub(super) fn new(dialogue: Dialogue, owner: Caller, person: Option<Person>) -> Self {
        Self {
            dialogue,
            id: AnswerId::new(),
            owner,
            person,
            until: Instant::now(),
        }
    }

    /// Names its present step.
    pub(super) fn handle(&self) -> String {
        format!("{}.{}", self.id, self.dialogue.steps())
    }
}

type Conversations = Mutex<LruCache<Person, Kept>>;

/// All dialogues, each by the hash of its conversation.
pub(super) struct Dialogues {
    key: SecretKey,
    kept: Arc<Conversations>,
    lifetime: Duration,
}

impl Dialogues {
    pub(super) fn new(key: SecretKey) -> Self {
        Self {
            key,
            kept: Arc::new(Mutex::new(LruCache::new(MOST))),
            lifetime: KEPT,
        }
    }

    /// Takes the dialogue of a conversation out, for it to be put back.
    pub(super) fn take(&self, channel: Channel, conversation: &str, now: Instant) -> Option<Kept> {
        let conversation = self.conversation(channel, conversation);
        current(&self.kept, now).pop(&conversation)
    }

    /// Takes the dialogue that is called `id` out of whatever conversation it is in.
    pub(super) fn take_called(&self, id: &AnswerId, now: Instant) -> Option<Kept> {
        let mut kept = current(&self.kept, now);
        let conversation = kept.iter().find(|(_, kept)| kept.id == *id);
        let conversation = *conversation?.0;
        kept.pop(&conversation)
    }

    /// Keeps a dialogue as that of a conversation.
    pub(super) fn put(&self, channel: Channel, conversation: &str, kept: Kept, now: Instant) {
        let conversation = self.conversation(channel, conversation);
        let until = now + self.lifetime;
        let was_empty = {
            let mut all = current(&self.kept, now);
            let was_empty = all.is_empty();
            all.put(conversation, Kept { until, ..kept });
            was_empty
        };
        if was_empty {
            self.sweep();
        }
    }

    /// True while somebody is asked something in a conversation.
    pub(super) fn is_asking(&self, channel: Channel, conversation: &str) -> bool {
        let conversation = self.conversation(channel, conversation);
        let kept = current(&self.kept, Instant::now());
        kept.peek(&conversation)
            .is_some_and(|kept| kept.dialogue.is_open())
    }

    /// Forgets the dialogue of a conversation.
    pub(super) fn forget(&self, channel: Channel, conversation: &str) {
        self.take(channel, conversation, Instant::now());
    }

    /// Forgets the dialogues of a person.
    pub(super) fn forget_person(&self, person: Person) {
        let mut kept = current(&self.kept, Instant::now());
        let of = kept.iter().filter(|(_, kept)| kept.person == Some(person));
        let of: Vec<Person> = of.map(|(conversation, _)| *conversation).collect();
        for conversation in of {
            kept.pop(&conversation);
        }
    }

    fn conversation(&self, channel: Channel, key: &str) -> Person {
        self.key.person(channel.name, key.as_bytes())
    }

    /// Drops what is over although nobody says anything any more, until nothing is left.
    fn sweep(&self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let (kept, pause) = (Arc::downgrade(&self.kept), self.lifetime);
        runtime.spawn(async move {
            loop {
                tokio::time::sleep(pause).await;
                match kept.upgrade() {
                    Some(kept) if !current(&kept, Instant::now()).is_empty() => {}
                    _ => return,
                }
            }
        });
    }
}

/// The dialogues without those that are over.
fn current(kept: &Conversations, now: Instant) -> MutexGuard<'_, LruCache<Person, Kept>> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    // The order of use is that of their ends: each is put back whenever it is used.
    while kept.peek_lru().is_some_and(|(_, kept)| kept.until <= now) {
        kept.pop_lru();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assistant::{Assistant, Options};

    const CHANNEL: Channel = Channel::TERMINAL;

    fn dialogue() -> Dialogue {
        let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/examples");
        let assistant = Assistant::open(Options {
            corpus_dir: Some(examples),
            ..Options::default()
        });
        let assistant = assistant.expect("a sound corpus");
        let day = time::macros::date!(2026 - 11 - 30);
        let asked = assistant.snapshot().asked("我能领高龄津贴吗", &[], day);
        Dialogue::new(&asked.expect("it asks so"))
    }

    fn kept(dialogue: &Dialogue, person: u8) -> Kept {
        let owner = Caller::new(CHANNEL, person.to_string());
        Kept::new(dialogue.clone(), owner, Some(Person([person; 16])))
    }

    #[test]
    fn a_dialogue_is_gone_after_a_quarter_of_an_hour_and_whenever_its_person_wants() {
        let dialogues = Dialogues::new(SecretKey::passing());
        let (dialogue, now) = (dialogue(), Instant::now());
        dialogues.put(CHANNEL, "a", kept(&dialogue, 1), now);
        dialogues.put(CHANNEL, "b", kept(&dialogue, 2), now + KEPT / 2);
        assert!(dialogues.take(CHANNEL, "a", now + KEPT).is_none());
        assert_eq!(
            current(&dialogues.kept, now + KEPT).len(),
            1,
            "the other is there"
        );
        dialogues.forget_person(Person([2; 16]));
        assert!(dialogues.take(CHANNEL, "b", now + KEPT).is_none());
    }

    #[test]
    fn there_are_never_more_than_so_many() {
        let dialogues = Dialogues::new(SecretKey::passing());
        let (dialogue, now) = (dialogue(), Instant::now());
        for n in 0..MOST.get() + 10 {
            dialogues.put(CHANNEL, &n.to_string(), kept(&dialogue, 1), now);
        }
        assert_eq!(current(&dialogues.kept, now).len(), MOST.get());
        assert!(
            dialogues.take(CHANNEL, "0", now).is_none(),
            "the stalest made room"
        );
    }

    #[test]
    fn what_was_said_is_not_printed() {
        let kept = kept(&dialogue(), 1);
        assert_eq!(format!("{:?}", kept.dialogue), "Dialogue { .. }");
    }
}
