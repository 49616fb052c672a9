//! Runs blocking work off the async runtime; the only place that does.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, time::timeout};

use super::reply::Refusal;

/// Maximum number of concurrent blocking jobs. More than the number of cores, since a job may wait for
/// an embeddings service.
const PERMITS: usize = 64;
/// How long a job may wait for a permit. Channels time out soon after.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs a bounded number of blocking jobs at a time.
#[derive(Debug)]
pub(super) struct Crossing {
    permits: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Crossing {
    fn default() -> Self {
        Self::new(PERMITS, PATIENCE)
    }
}

impl Crossing {
    fn new(permits: usize, patience: Duration) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(permits)),
            patience,
        }
    }

    /// Runs `work` on a blocking thread. Once started, it runs to its end even if this future is
    /// dropped.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if no permit is free in time, [`Refusal::Failed`] if `work` panics.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let permit = timeout(self.patience, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| Refusal::Busy)?
            .expect("the semaphore is never closed");
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
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
        let crossing = Crossing::new(1, PATIENCE);
        let panicking = crossing.run::<()>(|| panic!("on purpose"));
        assert_eq!(panicking.await, Err(Refusal::Failed));
        assert_eq!(crossing.run(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn work_that_cannot_begin_in_time_is_refused_and_later_work_is_done() {
        let crossing = Arc::new(Crossing::new(1, Duration::from_millis(20)));
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
}
