//! Requests are taken up in turn, so that thousands at once delay nothing else that the program does.

use std::{
    future::poll_fn, num::NonZeroUsize, pin::pin, task::Poll, thread::available_parallelism,
};

use tokio::{sync::Semaphore, task::yield_now};

/// The turns of requests.
///
/// A page is rendered within a fraction of a millisecond, but of 2,000 clients that each send hundreds
/// of requests at once, all would be ready to run, and whoever asks next whether the service lives would
/// stand behind all of them, once for accepting the connection, once for reading, once for writing.
#[derive(Debug)]
pub(super) struct Turns(Semaphore);

impl Default for Turns {
    /// One more than there are threads that work, so that none of them waits for the next request.
    fn default() -> Self {
        Self(Semaphore::new(
            available_parallelism().map_or(2, NonZeroUsize::get) + 1,
        ))
    }
}

impl Turns {
    /// Runs `work` when its turn has come. The turn lasts as long as it keeps a thread busy: when it
    /// begins to wait, for the rest of a body or for an answer, the next has its turn.
    pub(super) async fn run<T>(&self, work: impl Future<Output = T>) -> T {
        // What one client sends at once is not done at once either.
        yield_now().await;
        let turn = self.0.acquire().await.expect("never closed");
        let mut work = pin!(work);
        let begun = poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx))).await;
        drop(turn);
        match begun {
            Poll::Ready(done) => done,
            Poll::Pending => work.await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use futures::future::{Either, select};

    use super::*;

    #[tokio::test]
    async fn who_waits_keeps_nobody_from_having_a_turn() {
        let turns = Turns(Semaphore::new(1));
        let waiting = pin!(turns.run(pending::<()>()));
        let served = pin!(turns.run(async { 7 }));
        let first = select(waiting, served).await;
        assert!(matches!(first, Either::Right((7, _))));
        assert_eq!(turns.0.available_permits(), 1);
    }
}
