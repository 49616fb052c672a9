//! Updates in hand, on disk: with it, each update is answered at least once.
//!
//! ```text
//! getUpdates ─┐                                  ┌▶ a handler ─ handled
//! webhook    ─┴▶ take ─ (synced) ─ confirmed ────┘                │
//!                  │                                              ▼
//!                  └────────── lines of data/telegram/updates-….jsonl
//! ```
//!
//! An update is confirmed to Telegram once it is *settled*: it stands in the file, synced, or has
//! been handled. Where the disk refuses, only handled updates are confirmed, and Telegram delivers
//! the others again. What the end of the program leaves in the file is handled after the next start;
//! an update that was being answered at that moment is then answered twice.
//!
//! The file holds the text of messages. It is for the account of the program only, and what has been
//! handled is removed from it within a second or two of quiet.

mod file;
mod writer;

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    path::Path,
    sync::{Mutex, mpsc},
    time::Duration,
};

use lru::LruCache;
use secrecy::{ExposeSecret, SecretString};
use teloxide::types::Update;
use tokio::{
    sync::{Notify, oneshot},
    time::timeout,
};

use self::{file::JournalFile, writer::Job};
use super::memory::lock;

/// Number of handled updates that are remembered. Telegram repeats an update within the next few
/// polls or not at all.
const HANDLED: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");
/// How long the end of the program waits for the disk.
const FLUSH: Duration = Duration::from_secs(1);

/// Updates in hand.
#[derive(Debug)]
pub struct Journal {
    state: Mutex<State>,
    jobs: mpsc::Sender<Job>,
    /// Wakes those who wait for an update to be settled.
    changed: Notify,
}

#[derive(Debug)]
struct State {
    /// Updates that are not handled yet; true for those in the file.
    in_hand: BTreeMap<u32, bool>,
    handled: LruCache<u32, ()>,
    /// The update that came last.
    newest: Option<u32>,
    left_over: Vec<Update>,
}

impl Journal {
    /// Opens the journal of the bot with that token, and reads what the last run has left.
    ///
    /// Never fails: without a readable file nothing is left over, without a writable one updates
    /// are confirmed later.
    #[must_use]
    pub fn open(data_dir: &Path, token: &SecretString) -> Self {
        // The number before the colon is the public id of the bot, the same for a renewed token.
        let id = token.expose_secret().split(':').next().unwrap_or_default();
        let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let name = if is_number { id } else { "bot" };
        let path = data_dir
            .join("telegram")
            .join(format!("updates-{name}.jsonl"));
        let (file, left_over) = JournalFile::open(path);
        let mut handled = LruCache::new(HANDLED);
        for id in file.handled() {
            handled.put(id, ());
        }
        if !left_over.is_empty() {
            let count = left_over.len();
            tracing::info!(count, "telegram updates of the last run are handled now");
        }
        Self {
            state: Mutex::new(State {
                in_hand: left_over.iter().map(|update| (update.id.0, true)).collect(),
                handled,
                newest: None,
                left_over,
            }),
            jobs: writer::start(file),
            changed: Notify::new(),
        }
    }

    /// What the last run has left to be handled, in the order in which it came; only once.
    pub(super) fn left_over(&self) -> Vec<Update> {
        std::mem::take(&mut lock(&self.state).left_over)
    }

    /// Takes updates in hand and returns those that are new. When it returns, they are in the file,
    /// or the disk has refused them.
    ///
    /// To be run to its end: an update taken in hand and then forgotten waits for the next start.
    pub(super) async fn take(&self, updates: Vec<Update>) -> Vec<Update> {
        let (fresh, lines) = {
            let mut state = lock(&self.state);
            if let Some(last) = updates.last() {
                state.newest = Some(last.id.0);
            }
            let fresh: Vec<Update> = updates
                .into_iter()
                .filter(|update| state.is_new(update.id.0))
                .collect();
            let lines: Vec<(u32, String)> = fresh.iter().filter_map(line).collect();
            (fresh, lines)
        };
        let ids: Vec<u32> = lines.iter().map(|(id, _)| *id).collect();
        if !ids.is_empty() {
            let (written, is_written) = oneshot::channel();
            let sent = self.jobs.send(Job::Arrived { lines, written });
            if sent.is_ok() && is_written.await == Ok(true) {
                let mut state = lock(&self.state);
                for id in ids {
                    state.in_hand.entry(id).and_modify(|synced| *synced = true);
                }
            }
            self.changed.notify_waiters();
        }
        fresh
    }

    /// Notes that an update has been handled.
    pub(super) fn handled(&self, id: u32) {
        {
            let mut state = lock(&self.state);
            state.in_hand.remove(&id);
            state.handled.put(id, ());
        }
        // Without the thread nothing can be written; updates are then confirmed once handled.
        let _ = self.jobs.send(Job::Handled(id));
        self.changed.notify_waiters();
    }

    /// Waits until an update is settled; false if it is not within `patience`.
    pub(super) async fn settled(&self, id: u32, patience: Duration) -> bool {
        let settles = async {
            loop {
                let changed = self.changed.notified();
                let mut changed = std::pin::pin!(changed);
                // Before looking, so that no change is missed.
                changed.as_mut().enable();
                if lock(&self.state).in_hand.get(&id) != Some(&false) {
                    return;
                }
                changed.await;
            }
        };
        timeout(patience, settles).await.is_ok()
    }

    /// The first update that may not be confirmed yet, if there is one.
    pub(super) fn first_unsettled(&self) -> Option<u32> {
        let state = lock(&self.state);
        let mut in_hand = state.in_hand.iter();
        in_hand.find(|(_, synced)| !**synced).map(|(id, _)| *id)
    }

    /// The offset of the next `getUpdates`, which confirms all updates before it.
    pub(super) fn offset(&self) -> Option<u32> {
        self.first_unsettled()
            .or_else(|| Some(lock(&self.state).newest?.wrapping_add(1)))
    }

    /// Waits up to a second until everything is written.
    pub(super) async fn flush(&self) {
        let (written, is_written) = oneshot::channel();
        if self.jobs.send(Job::Flush(written)).is_ok() && timeout(FLUSH, is_written).await.is_err()
        {
            tracing::warn!("the disk is slow: some updates may be answered twice");
        }
    }
}

impl State {
    /// Takes an update in hand, if it is not known.
    fn is_new(&mut self, id: u32) -> bool {
        if self.handled.contains(&id) || self.in_hand.contains_key(&id) {
            return false;
        }
        self.in_hand.insert(id, false);
        true
    }
}

/// The line of an update in the file.
fn line(update: &Update) -> Option<(u32, String)> {
    let line = serde_json::to_string(update).ok()?;
    Some((update.id.0, line))
}

#[cfg(test)]
mod tests;
