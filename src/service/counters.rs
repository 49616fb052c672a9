//! Counts questions and the time their answers took, over all channels, without text or accounts.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use crate::answer::Status;

/// Upper bounds of the histogram buckets for answer durations, in microseconds.
const BOUNDS_US: [u64; 10] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
];

const STATUSES: [Status; 5] = [
    Status::Answered,
    Status::Partial,
    Status::NotFound,
    Status::Smalltalk,
    Status::Help,
];

/// Counters shared by all threads.
#[derive(Debug, Default)]
pub(super) struct Counters {
    by_status: [AtomicU64; STATUSES.len()],
    /// One per bound in `BOUNDS_US`, plus one for longer durations.
    by_duration: [AtomicU64; BOUNDS_US.len() + 1],
    total_us: AtomicU64,
    failed: AtomicU64,
}

/// The counts since the program started.
#[derive(Debug, Clone, PartialEq)]
pub struct CounterSnapshot {
    /// Questions by status; every status occurs once.
    pub by_status: Vec<(Status, u64)>,
    /// Cumulative histogram: upper bound in seconds and number of questions answered within it. The
    /// last bound is infinite.
    pub within: Vec<(f64, u64)>,
    /// Questions and searches that failed: index or passages could not be read.
    pub failed: u64,
    /// Total duration of all answers, in seconds.
    pub seconds: f64,
}

impl Counters {
    pub(super) fn count(&self, status: Status, took: Duration) {
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        for (counted, count) in STATUSES.iter().zip(&self.by_status) {
            if *counted == status {
                count.fetch_add(1, Relaxed);
            }
        }
        let bucket = BOUNDS_US.partition_point(|bound| *bound < us);
        if let Some(count) = self.by_duration.get(bucket) {
            count.fetch_add(1, Relaxed);
        }
        self.total_us.fetch_add(us, Relaxed);
    }

    /// Counts a question or search that failed.
    pub(super) fn count_failed(&self) {
        self.failed.fetch_add(1, Relaxed);
    }

    pub(super) fn read(&self) -> CounterSnapshot {
        let counts = self.by_status.iter().map(|count| count.load(Relaxed));
        let bounds = BOUNDS_US
            .iter()
            .map(|us| *us as f64 / 1e6)
            .chain([f64::INFINITY]);
        let mut sum = 0;
        let within = bounds
            .zip(&self.by_duration)
            .map(|(bound, count)| {
                sum += count.load(Relaxed);
                (bound, sum)
            })
            .collect();
        CounterSnapshot {
            by_status: STATUSES.into_iter().zip(counts).collect(),
            within,
            failed: self.failed.load(Relaxed),
            seconds: self.total_us.load(Relaxed) as f64 / 1e6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_counted_up_to_each_bound_inclusive() {
        let counters = Counters::default();
        for us in [500, 501, 3_000_000] {
            counters.count(Status::Partial, Duration::from_micros(us));
        }
        let counted = counters.read();
        assert_eq!(counted.within[0], (0.0005, 1));
        assert_eq!(counted.within[1], (0.001, 2));
        assert_eq!(counted.within[10], (f64::INFINITY, 3));
        assert_eq!(counted.by_status[1], (Status::Partial, 3));
        assert!((counted.seconds - 3.001_001).abs() < 1e-9);
    }
}
