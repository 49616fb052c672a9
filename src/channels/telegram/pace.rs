//! Telegram's send limits, and one message at a time to each chat.
//!
//! Telegram allows one message a second and chat on average, with short bursts; 20 a minute in
//! groups; 30 a second in total. Whoever exceeds that is told to wait (status 429). Each chat waits in a
//! queue of its own, holding its turn, so that neither a flooded chat nor one that Telegram lets wait
//! delays any other. (teloxide's `Throttle` has one queue of 30 messages for all chats, and stops all of
//! them while one has to wait.)

use std::{
    collections::VecDeque,
    num::NonZeroUsize,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use lru::LruCache;
use teloxide::types::ChatId;
use tokio::{
    sync::{Mutex as Queue, OwnedMutexGuard},
    time::sleep_until,
};

use super::memory::lock;

/// Maximum number of messages waiting for one chat. A group receives 20 a minute, so later ones
/// would be minutes late.
const WAITING: usize = 60;
/// Number of chats whose latest messages are remembered. Far more than can be written to in the
/// minute that counts.
const CHATS: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// Messages to a chat, and to all chats together.
#[derive(Debug)]
pub(super) struct Pace {
    chats: Mutex<LruCache<ChatId, Arc<Queue<ChatWindows>>>>,
    all: Arc<Mutex<Window>>,
}

/// The right to send to a chat, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    chat: OwnedMutexGuard<ChatWindows>,
    all: Arc<Mutex<Window>>,
}

#[derive(Debug)]
struct ChatWindows {
    second: Window,
    minute: Window,
}

/// No more than so many messages within any period of that length.
#[derive(Debug)]
struct Window {
    most: usize,
    length: Duration,
    /// When the latest messages were sent, or will be; at most `most`, oldest first.
    sent: VecDeque<Instant>,
}

impl Pace {
    /// Telegram's limits.
    pub(super) fn new() -> Self {
        Self::of(30)
    }

    /// `most` messages a second in all.
    fn of(most: usize) -> Self {
        Self {
            chats: Mutex::new(LruCache::new(CHATS)),
            all: Arc::new(Mutex::new(Window::new(most, SECOND))),
        }
    }

    /// Waits until no other message is being sent to `chat`, first come, first served. `None` if too
    /// many are already waiting.
    pub(super) async fn turn(&self, chat: ChatId) -> Option<Turn> {
        let windows = || Arc::new(Queue::new(ChatWindows::of(chat)));
        let queue = Arc::clone(lock(&self.chats).get_or_insert(chat, windows));
        // Besides the table, every waiting or sending task holds one reference.
        if Arc::strong_count(&queue) > WAITING + 1 {
            return None;
        }
        let chat = queue.lock_owned().await;
        let all = Arc::clone(&self.all);
        Some(Turn { chat, all })
    }
}

impl Turn {
    /// Waits until the limits allow another message to the chat.
    pub(super) async fn ready(&mut self) {
        let of_chat = self.chat.reserve(Instant::now());
        wait_until(of_chat).await;
        let of_all = lock(&self.all).reserve(of_chat);
        wait_until(of_all).await;
    }
}

async fn wait_until(at: Instant) {
    if at > Instant::now() {
        sleep_until(at.into()).await;
    }
}

impl ChatWindows {
    fn of(chat: ChatId) -> Self {
        // Groups, supergroups and channels have negative ids.
        let a_minute = if chat.0 < 0 { 20 } else { 60 };
        Self {
            second: Window::new(3, SECOND),
            minute: Window::new(a_minute, MINUTE),
        }
    }

    fn reserve(&mut self, now: Instant) -> Instant {
        let at = self.second.next(now).max(self.minute.next(now));
        self.second.note(at);
        self.minute.note(at);
        at
    }
}

impl Window {
    const fn new(most: usize, length: Duration) -> Self {
        Self {
            most,
            length,
            sent: VecDeque::new(),
        }
    }

    /// When the next message may be sent.
    fn next(&self, now: Instant) -> Instant {
        if self.sent.len() < self.most {
            return now;
        }
        let oldest = self.sent.front().copied().unwrap_or(now);
        now.max(oldest + self.length)
    }

    fn note(&mut self, at: Instant) {
        if self.sent.len() == self.most {
            self.sent.pop_front();
        }
        self.sent.push_back(at);
    }

    fn reserve(&mut self, now: Instant) -> Instant {
        let at = self.next(now);
        self.note(at);
        at
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    /// When each of `count` messages that wait since the beginning is sent, in milliseconds.
    fn times(count: usize, mut reserve: impl FnMut(Instant) -> Instant) -> Vec<u128> {
        let begun = Instant::now();
        (0..count)
            .map(|_| (reserve(begun) - begun).as_millis())
            .collect()
    }

    #[test]
    fn three_messages_a_second_and_60_a_minute_for_one_person() {
        let mut person = ChatWindows::of(ChatId(7));
        let times = times(61, |now| person.reserve(now));
        assert_eq!(times[..4], [0, 0, 0, 1_000]);
        assert_eq!(times[59..], [19_000, 60_000]);
    }

    #[test]
    fn twenty_messages_a_minute_for_one_group() {
        let mut group = ChatWindows::of(ChatId(-100));
        let times = times(21, |now| group.reserve(now));
        assert_eq!(times[19..], [6_000, 60_000]);
    }

    #[test]
    fn no_second_holds_more_than_the_limit_and_a_pause_earns_no_credit() {
        let mut all = Window::new(30, SECOND);
        let begun = Instant::now();
        assert_eq!(times(31, |now| all.reserve(now))[29..], [0, 1_000]);
        let later = begun + 10 * SECOND;
        for _ in 0..30 {
            assert_eq!(all.reserve(later), later);
        }
        assert_eq!(all.reserve(later), later + SECOND);
    }

    #[tokio::test]
    async fn a_chat_waits_for_itself_and_for_nobody_else() {
        let pace = Pace::new();
        let turn = pace.turn(ChatId(1)).await.expect("nobody waits");
        assert!(pace.turn(ChatId(1)).now_or_never().is_none());
        assert!(pace.turn(ChatId(2)).now_or_never().is_some());
        drop(turn);
        assert!(pace.turn(ChatId(1)).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_chat_that_has_to_wait_costs_the_others_none_of_their_messages() {
        let pace = Pace::of(4);
        let mut slow = pace.turn(ChatId(1)).await.expect("nobody waits");
        for _ in 0..3 {
            slow.ready().await;
        }
        // The fourth has to wait for a second, and takes no place in the limit of all chats yet.
        let mut fourth = std::pin::pin!(slow.ready());
        assert!(fourth.as_mut().now_or_never().is_none());
        let mut other = pace.turn(ChatId(2)).await.expect("nobody waits");
        assert!(other.ready().now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_flooded_chat_drops_what_would_come_too_late() {
        let pace = Pace::new();
        let turn = pace.turn(ChatId(1)).await.expect("nobody waits");
        let mut waiting: Vec<_> = (0..WAITING)
            .map(|_| Box::pin(pace.turn(ChatId(1))))
            .collect();
        let dropped = waiting
            .iter_mut()
            .filter_map(|turn| turn.now_or_never())
            .count();
        assert_eq!(dropped, 1);
        drop((turn, waiting));
        assert!(pace.turn(ChatId(1)).await.is_some());
    }
}
