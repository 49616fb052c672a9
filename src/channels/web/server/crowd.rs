//! Connections for which there is no place.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use tokio::{task::AbortHandle, time::sleep};

/// Such connections at a time.
pub(super) const CROWD: usize = 512;
/// What each is given before it must make room for the next. A client that has something to say says
/// it at once.
const MOMENT: Duration = Duration::from_millis(50);
/// Time between two lines of the log on the same crowd.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// Connections for which there is no place, oldest first. They are bounded as well, but not by making
/// the next one wait: among them may be whoever watches over the service, and most of the others are
/// likely silent.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    waiting: VecDeque<(Instant, AbortHandle)>,
    /// When the log was last told.
    told: Option<Instant>,
}

impl Crowd {
    /// Waits until one more can be served, for a moment at most.
    pub(super) async fn room(&mut self) {
        loop {
            if self.waiting.len() < CROWD {
                return;
            }
            self.waiting.retain(|(_, served)| !served.is_finished());
            let oldest = self.waiting.front().filter(|_| self.waiting.len() == CROWD);
            let Some((since, _)) = oldest else { return };
            let left = MOMENT.saturating_sub(since.elapsed());
            if !left.is_zero() {
                sleep(left).await;
            } else if let Some((_, oldest)) = self.waiting.pop_front() {
                oldest.abort();
            }
        }
    }

    /// Tells the log that there are no places left, once a minute.
    pub(super) fn tell(&mut self, connections: usize) {
        if self.told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
            self.told = Some(Instant::now());
            tracing::warn!(
                channel = "web",
                connections,
                "no connection left for more clients"
            );
        }
    }

    /// Adds one, which `served` ends.
    pub(super) fn join(&mut self, served: AbortHandle) {
        self.waiting.push_back((Instant::now(), served));
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn the_oldest_makes_room_after_a_moment() {
        let mut crowd = Crowd::default();
        let silent: Vec<_> = (0..CROWD + 3)
            .map(|_| tokio::spawn(pending::<()>()))
            .collect();
        let begun = Instant::now();
        for one in &silent {
            crowd.room().await;
            crowd.join(one.abort_handle());
        }
        assert!(begun.elapsed() >= MOMENT);
        assert_eq!(crowd.waiting.len(), CROWD);
        let mut ended = Vec::new();
        for one in silent.into_iter().take(3) {
            ended.push(one.await.is_err_and(|error| error.is_cancelled()));
        }
        assert_eq!(ended, [true; 3]);
    }

    #[tokio::test]
    async fn those_who_were_served_take_no_room() {
        let mut crowd = Crowd::default();
        for _ in 0..CROWD * 3 {
            crowd.room().await;
            let served = tokio::spawn(async {});
            crowd.join(served.abort_handle());
            served.await.expect("no panic");
        }
        assert!(crowd.waiting.len() <= CROWD);
    }
}
