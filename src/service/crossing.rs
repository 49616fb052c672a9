//! Runs blocking work off the async runtime; the only place that does.

use std::{sync::Arc, thread, time::Duration};

use tokio::{
    sync::{AcquireError, OwnedSemaphorePermit, Semaphore, TryAcquireError},
    time::timeout,
};

use super::reply::Refusal;

/// Answers that wait for their turn: about two seconds of work with the model on two processors, and what
/// people send at once after a pause of the platform.
const QUEUE: usize = 256;
/// How long an answer may wait; WeChat gives up after five seconds.
const PATIENCE: Duration = Duration::from_secs(4);
/// Reloads that wait for another, and how long.
const RELOADS: (usize, Duration) = (4, Duration::from_mins(2));

/// Commands of administrators at a time, that wait, and how long.
const COMMANDS: (usize, usize, Duration) = (4, 16, Duration::from_secs(10));

/// Runs a bounded number of blocking jobs at a time, in the order in which they came.
#[derive(Debug)]
pub(super) struct Crossing {
    /// A place in work or in the queue.
    places: Arc<Semaphore>,
    /// A place in work.
    permits: Arc<Semaphore>,
    patience: Duration,
}

impl Crossing {
    /// For answers, `at_once` of them; 0 means one for each processor.
    pub(super) fn of_answers(at_once: usize) -> Self {
        let processors = || thread::available_parallelism().map_or(1, usize::from);
        let at_once = if at_once == 0 { processors() } else { at_once };
        Self::new(at_once, QUEUE, PATIENCE)
    }

    /// For reloads, one at a time.
    pub(super) fn of_reloads() -> Self {
        let (queue, patience) = RELOADS;
        Self::new(1, queue, patience)
    }

    /// For the commands of an office.
    pub(super) fn of_commands() -> Self {
        let (permits, queue, patience) = COMMANDS;
        Self::new(permits, queue, patience)
    }

    fn new(permits: usize, queue: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(permits + queue)),
            permits: Arc::new(Semaphore::new(permits)),
            patience,
        }
    }

    /// Runs `work` on a blocking thread. Work whose future is dropped before its turn (the client has
    /// gone) is not begun; once begun, it runs to its end.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if the queue is full or `work` cannot begin in time, [`Refusal::Failed`] if it
    /// panics.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|full| match full {
            TryAcquireError::NoPermits => Refusal::Busy,
            TryAcquireError::Closed => Refusal::Failed,
        })?;
        let turn = timeout(self.patience, Arc::clone(&self.permits).acquire_owned()).await;
        let turn: Result<OwnedSemaphorePermit, AcquireError> = turn.map_err(|_| Refusal::Busy)?;
        let permit = turn.map_err(|_| Refusal::Failed)?;
        tokio::task::spawn_blocking(move || {
            let _held = (place, permit);
            work()
        })
        .await
        .map_err(|_| Refusal::Failed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_panic_fails_the_job_and_nothing_else() {
        let crossing = Crossing::new(1, 1, PATIENCE);
        let panicking = crossing.run::<()>(|| panic!("on purpose"));
        assert_eq!(panicking.await, Err(Refusal::Failed));
        assert_eq!(crossing.run(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn work_that_cannot_begin_in_time_is_refused_and_later_work_is_done() {
        let crossing = Arc::new(Crossing::new(1, 1, Duration::from_millis(20)));
        let (go, wait) = mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let first = tokio::spawn({
            let crossing = Arc::clone(&crossing);
            async move {
                let work = move || {
                    let _ = begun.send(());
                    let _ = wait.recv();
                };
                crossing.run(work).await
            }
        });
        has_begun.await.expect("the first job begins");
        assert_eq!(crossing.run(|| ()).await, Err(Refusal::Busy));
        go.send(()).expect("the first job waits");
        assert_eq!(first.await.expect("no panic"), Ok(()));
        assert_eq!(crossing.run(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn what_finds_the_queue_full_is_refused_at_once_and_what_is_dropped_is_never_begun() {
        let crossing = Arc::new(Crossing::new(1, 1, Duration::from_mins(1)));
        let (go, wait) = mpsc::channel::<()>();
        let run = |work: Box<dyn FnOnce() + Send>| {
            let crossing = Arc::clone(&crossing);
            tokio::spawn(async move { crossing.run(work).await })
        };
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let first = run(Box::new(move || {
            let _ = begun.send(());
            let _ = wait.recv();
        }));
        has_begun.await.expect("the first job begins");
        let second = run(Box::new(|| panic!("its client has gone")));
        while crossing.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(crossing.run(|| ()).await, Err(Refusal::Busy));
        second.abort();
        assert!(second.await.is_err_and(|error| error.is_cancelled()));
        go.send(()).expect("the first job waits");
        assert_eq!(first.await.expect("no panic"), Ok(()));
        assert_eq!(crossing.run(|| 7).await, Ok(7));
    }
}
