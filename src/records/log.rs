//! The queue and its thread.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::runtime::Handle;
use wenzheng_store::{Asked, Person, Preference, SecretKey, Store, StoreError, Turn, Voted};

use crate::text::masking;

/// Records that may wait: eight seconds of a thousand a second.
const WAITING: usize = 8_192;
/// Records in a batch.
const BATCH: usize = 512;
/// How long the first record of a batch waits for others.
const GATHER: Duration = Duration::from_millis(250);
/// How long a store that refused is left alone.
const PAUSE: Duration = Duration::from_secs(1);
/// How long the end of the program waits for the store.
const PATIENCE: Duration = Duration::from_secs(2);
/// By the clock of China, in milliseconds east of Greenwich: a day of the counts begins there.
const CHINA: i64 = 8 * 3_600_000;

/// How many records there were since the program started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Questions.
    pub questions: Counted,
    /// Votes.
    pub votes: Counted,
    /// True while the store refuses.
    pub failing: bool,
}

/// How many there were of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// In the store.
    pub kept: u64,
    /// Dropped: the store did not take them in time.
    pub lost: u64,
}

#[derive(Debug)]
enum Message {
    Asked(Box<Asked>),
    Voted(Box<Voted>),
    Turn(Box<Turn>),
    Prefers(Box<Preference>),
    /// The conversations of a person, or one by its own hash.
    Forget(Person),
    /// Answered once all before it are written or given up.
    Flush(SyncSender<()>),
}

#[derive(Debug, Default)]
struct Counts {
    questions: Tally,
    votes: Tally,
    failing: AtomicBool,
}

#[derive(Debug, Default)]
struct Tally {
    kept: AtomicU64,
    lost: AtomicU64,
}

impl Tally {
    fn keep(&self, kept: usize) {
        let kept = u64::try_from(kept).unwrap_or_default();
        self.kept.fetch_add(kept, Relaxed);
    }

    fn lose(&self) {
        if self.lost.fetch_add(1, Relaxed) == 0 {
            tracing::warn!(
                "the store does not take what is asked: questions are answered, but not kept"
            );
        }
    }

    fn read(&self) -> Counted {
        Counted {
            kept: self.kept.load(Relaxed),
            lost: self.lost.load(Relaxed),
        }
    }
}

/// Takes records.
#[derive(Debug)]
pub struct Records {
    queue: SyncSender<Message>,
    counts: Arc<Counts>,
    key: SecretKey,
    texts: bool,
}

impl Records {
    /// Starts the thread that writes to `store`; the text of questions only if `texts`.
    #[must_use]
    pub fn start(store: Store, runtime: Handle, texts: bool) -> Self {
        let (queue, waiting) = sync_channel(WAITING);
        let counts = Arc::new(Counts::default());
        let key = store.key().clone();
        let writer = Writer {
            store,
            runtime,
            texts,
            counts: Arc::clone(&counts),
            asked: Vec::new(),
            votes: Vec::new(),
            turns: Vec::new(),
            preferences: Vec::new(),
            forgotten: Vec::new(),
        };
        let started = thread::Builder::new()
            .name("records".to_owned())
            .spawn(move || writer.run(&waiting));
        if let Err(error) = started {
            tracing::error!(%error, "no thread for what was asked");
        }
        Self {
            queue,
            counts,
            key,
            texts,
        }
    }

    /// What makes hashes of people and conversations.
    #[must_use]
    pub const fn key(&self) -> &SecretKey {
        &self.key
    }

    /// Takes a question, whose text is masked before it is kept.
    pub fn asked(&self, asked: Asked) {
        if self
            .queue
            .try_send(Message::Asked(Box::new(asked)))
            .is_err()
        {
            self.counts.questions.lose();
        }
    }

    /// Takes a vote.
    pub fn voted(&self, voted: Voted) {
        if self
            .queue
            .try_send(Message::Voted(Box::new(voted)))
            .is_err()
        {
            self.counts.votes.lose();
        }
    }

    /// Takes a question of a conversation, which is masked like those that are asked; none where the text
    /// of questions is not kept. One that is lost costs a follow-up after a restart, and is not counted.
    pub fn turn(&self, turn: Turn) {
        if self.texts {
            let _ = self.queue.try_send(Message::Turn(Box::new(turn)));
        }
    }

    /// Takes what somebody chose. One that is lost is asked for again after a restart, and is not counted.
    pub fn prefers(&self, preference: Preference) {
        let _ = self.queue.try_send(Message::Prefers(Box::new(preference)));
    }

    /// Forgets the conversations of a person, or one by its own hash, as far as they came before; false
    /// when the queue is full.
    pub fn forget(&self, whom: Person) -> bool {
        self.queue.try_send(Message::Forget(whom)).is_ok()
    }

    /// Waits a moment until what came before is written; false when it is not.
    pub fn flush(&self) -> bool {
        let (done, written) = sync_channel(1);
        let until = Instant::now() + PATIENCE;
        let mut message = Message::Flush(done);
        while let Err(full) = self.queue.try_send(message) {
            match full {
                std::sync::mpsc::TrySendError::Full(back) if Instant::now() < until => {
                    message = back;
                    thread::sleep(Duration::from_millis(10));
                }
                _ => return false,
            }
        }
        let left = until.saturating_duration_since(Instant::now());
        written.recv_timeout(left).is_ok() && !self.counts.failing.load(Relaxed)
    }

    /// How many there were.
    #[must_use]
    pub fn counts(&self) -> RecordCounts {
        RecordCounts {
            questions: self.counts.questions.read(),
            votes: self.counts.votes.read(),
            failing: self.counts.failing.load(Relaxed),
        }
    }
}

struct Writer {
    store: Store,
    runtime: Handle,
    /// False when only counts are wanted.
    texts: bool,
    counts: Arc<Counts>,
    asked: Vec<Asked>,
    votes: Vec<Voted>,
    turns: Vec<Turn>,
    preferences: Vec<Preference>,
    /// Whose turns of before those at hand are erased.
    forgotten: Vec<Person>,
}

impl Writer {
    fn run(mut self, waiting: &Receiver<Message>) {
        while let Ok(first) = waiting.recv() {
            let until = Instant::now() + GATHER;
            let mut flushed = self.take(first);
            while flushed.is_none() && self.len() < BATCH {
                match waiting.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(message) => flushed = self.take(message),
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
                }
            }
            // Meanwhile the queue fills up, and what comes then is dropped and counted.
            while !self.write() && flushed.is_none() {
                thread::sleep(PAUSE);
            }
            if let Some(flushed) = flushed {
                let _ = flushed.try_send(());
            }
        }
    }

    fn len(&self) -> usize {
        let of_people = self.turns.len() + self.preferences.len() + self.forgotten.len();
        self.asked.len() + self.votes.len() + of_people
    }

    fn take(&mut self, message: Message) -> Option<SyncSender<()>> {
        match message {
            Message::Asked(mut asked) => {
                for text in [&mut asked.question, &mut asked.missing] {
                    *text = match self.texts {
                        true => masking::mask(text).into_owned(),
                        false => String::new(),
                    };
                }
                self.asked.push(*asked);
            }
            Message::Voted(voted) => self.votes.push(*voted),
            Message::Turn(mut turn) => {
                turn.question = masking::mask(&turn.question).into_owned();
                self.turns.push(*turn);
            }
            Message::Prefers(preference) => self.preferences.push(*preference),
            Message::Forget(whom) => {
                self.preferences.retain(|it| it.person != whom);
                self.turns.retain(|turn| !turn.is_of(whom));
                self.forgotten.push(whom);
            }
            Message::Flush(done) => return Some(done),
        }
        None
    }

    /// Writes what is at hand; false when the store refuses, and then it is kept for the next time.
    fn write(&mut self) -> bool {
        if self.len() == 0 {
            return true;
        }
        let runtime = self.runtime.clone();
        let failing = match runtime.block_on(self.write_all()) {
            Ok(()) => false,
            Err(error) => {
                if !self.counts.failing.load(Relaxed) {
                    tracing::warn!(%error, "what was asked is not kept at the moment");
                }
                true
            }
        };
        self.counts.failing.store(failing, Relaxed);
        !failing
    }

    async fn write_all(&mut self) -> Result<(), StoreError> {
        if self.asked.len() + self.votes.len() > 0 {
            let written = self.store.add_asked(&self.asked, &self.votes, CHINA);
            written.await?;
            self.counts.questions.keep(self.asked.len());
            self.counts.votes.keep(self.votes.len());
            self.asked.clear();
            self.votes.clear();
        }
        if self.turns.len() + self.forgotten.len() > 0 {
            let written = self.store.add_turns(&self.turns, &self.forgotten);
            written.await?;
            self.turns.clear();
            self.forgotten.clear();
        }
        if !self.preferences.is_empty() {
            self.store.set_preferences(&self.preferences).await?;
            self.preferences.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wenzheng_store::SecretKey;

    use super::*;

    fn asked(question: &str) -> Asked {
        Asked {
            question: question.to_owned(),
            ..Asked::default()
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn questions_are_masked_and_none_of_a_flood_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.db");
        let store = Store::open_file(&file, SecretKey::passing())
            .await
            .expect("it opens");
        let records = Arc::new(Records::start(store.clone(), Handle::current(), true));
        let person = store.key().person("telegram", b"1");
        records.asked(Asked {
            person: Some(person),
            ..asked("我的电话13812345678，低保批了没")
        });
        for _ in 0..3_000 {
            records.asked(asked("今年修路吗"));
        }
        let flushed = Arc::clone(&records);
        tokio::task::spawn_blocking(move || flushed.flush())
            .await
            .expect("no panic");
        let counts = records.counts().questions;
        assert_eq!((counts.kept, counts.lost), (3_001, 0));
        let mine = store.mine(person, 9).await.expect("it reads").questions;
        assert_eq!(mine[0].1, "我的电话〔手机号〕，低保批了没");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_store_that_is_away_costs_no_time_and_is_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.db");
        let store = Store::open_file(&file, SecretKey::passing())
            .await
            .expect("it opens");
        store.close().await;
        let records = Records::start(store, Handle::current(), true);
        let start = Instant::now();
        for _ in 0..2 * WAITING {
            records.asked(asked("今年修路吗"));
        }
        assert!(start.elapsed() < Duration::from_secs(1));
        let counts = records.counts().questions;
        assert!(counts.kept == 0 && counts.lost > 0, "{counts:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn turns_are_masked_and_who_is_forgotten_leaves_none_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.db");
        let store = Store::open_file(&file, SecretKey::passing())
            .await
            .expect("it opens");
        let turn = |account: &str, question: &str| Turn {
            conversation: store.key().person("telegram", account.as_bytes()),
            person: None,
            at: 1_000,
            question: question.to_owned(),
        };
        for (texts, kept) in [(false, vec![]), (true, vec!["我的电话〔手机号〕", "医保"])]
        {
            let records = Arc::new(Records::start(store.clone(), Handle::current(), texts));
            records.turn(turn("1", "低保"));
            records.turn(turn("2", "我的电话13812345678"));
            assert!(records.forget(turn("1", "").conversation));
            records.turn(turn("1", "医保"));
            let flushed = tokio::task::spawn_blocking(move || records.flush()).await;
            assert!(flushed.expect("no panic"));
            let turns = store.turns(0, 9).await.expect("listed");
            let texts: Vec<_> = turns.iter().map(|turn| turn.question.as_str()).collect();
            assert_eq!(texts, kept);
        }
    }
}
