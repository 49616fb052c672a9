//! Deduplicates deliveries: each push is handled once, however often it is delivered, as long as the program
//! runs. After a restart a question is answered again, and a command is known by the store
//! ([`Request::delivered_as`](crate::service::Request::delivered_as)).

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use lru::LruCache;
use tokio::time::Instant;

/// The text of the reply to a push; `None` if there is none.
pub(super) type Reply = Option<Arc<str>>;

/// Number of replies remembered. Deliveries of one push come within 15 seconds, so this suffices
/// for 500 pushes a second; at 2 KB a reply it takes 16 MB when full.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(8_192).expect("not zero");

/// Three deliveries of five seconds each, less the time that the response takes: after that, the
/// person is shown an error.
const PATIENCE: Duration = Duration::from_millis(14_000);

/// Recent pushes and the work on them.
#[derive(Debug)]
pub(super) struct Dedup {
    patience: Duration,
    known: Mutex<LruCache<String, Work>>,
}

impl Default for Dedup {
    fn default() -> Self {
        Self::with_patience(PATIENCE)
    }
}

/// Work on a push, running or done.
#[derive(Debug, Clone)]
pub(super) struct Work {
    /// Deadline of the last delivery.
    until: Instant,
    reply: Shared<BoxFuture<'static, Outcome>>,
}

/// The outcome of work on a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done; the same reply answers every delivery.
    Done(Reply),
    /// Too late for any delivery.
    Late,
    /// Panicked; the panic hook has logged where.
    Failed,
}

impl Dedup {
    fn with_patience(patience: Duration) -> Self {
        Self {
            patience,
            known: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }

    /// The work on the push identified by `key`: already running or done, or else started with
    /// `work`. It continues even if no delivery waits for it any more.
    pub(super) fn work<F>(&self, key: &str, work: impl FnOnce() -> F) -> Work
    where
        F: Future<Output = Reply> + Send + 'static,
    {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(work) = known.get(key) {
            return work.clone();
        }
        let task = tokio::spawn(work());
        let reply = async move { task.await.map_or(Outcome::Failed, Outcome::Done) };
        let work = Work {
            until: Instant::now() + self.patience,
            reply: reply.boxed().shared(),
        };
        known.put(key.to_owned(), work.clone());
        work
    }
}

impl Work {
    /// Waits for the reply, until the deadline of the last delivery.
    pub(super) async fn outcome(self) -> Outcome {
        tokio::time::timeout_at(self.until, self.reply)
            .await
            .unwrap_or(Outcome::Late)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::{sync::Notify, time::timeout};

    use super::*;

    #[tokio::test]
    async fn deliveries_at_the_same_time_are_worked_on_once_and_answered_alike() {
        let dedup = Dedup::default();
        let begun = Arc::new(AtomicUsize::new(0));
        let (go, reply) = (Arc::new(Notify::new()), Some(Arc::from("好")));
        let deliver = || {
            let (begun, go, reply) = (Arc::clone(&begun), Arc::clone(&go), reply.clone());
            dedup.work("o1 7", || async move {
                begun.fetch_add(1, Ordering::Relaxed);
                go.notified().await;
                reply
            })
        };
        let (first, second) = (deliver(), deliver());
        // The connection of the first delivery broke.
        let given_up = timeout(Duration::from_millis(10), first.outcome()).await;
        assert!(given_up.is_err());
        go.notify_one();
        assert_eq!(second.outcome().await, Outcome::Done(reply.clone()));
        assert_eq!(deliver().outcome().await, Outcome::Done(reply.clone()));
        assert_eq!(begun.load(Ordering::Relaxed), 1);
        assert_eq!(
            dedup.work("o1 8", || async { None }).outcome().await,
            Outcome::Done(None)
        );
    }

    #[tokio::test]
    async fn a_panic_is_an_outcome() {
        let dedup = Dedup::default();
        let work = dedup.work("o1 7", || async { panic!("on purpose") });
        assert_eq!(work.outcome().await, Outcome::Failed);
    }

    #[tokio::test]
    async fn work_that_takes_too_long_is_late_and_goes_on() {
        let dedup = Dedup::with_patience(Duration::from_millis(20));
        let go = Arc::new(Notify::new());
        let slow = || {
            let go = Arc::clone(&go);
            dedup.work("o1 7", || async move {
                go.notified().await;
                Some(Arc::from("好"))
            })
        };
        assert_eq!(slow().outcome().await, Outcome::Late);
        // A later delivery has the same outcome and does not start the work again.
        assert_eq!(slow().outcome().await, Outcome::Late);
        go.notify_one();
        let reply = slow().reply.await;
        assert_eq!(reply, Outcome::Done(Some(Arc::from("好"))));
    }
}
