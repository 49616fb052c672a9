//! The thread of the jobs: one after the other, each with how far it is and a way to stop it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use super::outcome::Outcome;
use crate::editions::{Step, Watch};

/// How long a caller waits before it is told that the job has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Not at all: the platform gives up in seconds.
    No,
    /// As long as a person does not mind.
    Moment,
    /// To its end.
    Whole,
}

impl Wait {
    pub(super) const fn most(self) -> Duration {
        match self {
            Self::No => Duration::ZERO,
            Self::Moment => Duration::from_secs(2),
            Self::Whole => Duration::from_secs(3600),
        }
    }
}

/// How far a job is.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) stop: AtomicBool,
    pub(super) done: AtomicUsize,
    pub(super) all: AtomicUsize,
}

impl Watch for Progress {
    fn stop(&self) -> bool {
        self.stop.load(Relaxed)
    }

    fn told(&self, _step: Step, done: usize, all: usize) {
        self.done.store(done, Relaxed);
        self.all.store(all, Relaxed);
    }
}

pub(super) type Work = Box<dyn FnOnce() + Send>;
/// What a job does, watched by whoever wants to know how far it is.
pub(super) type ToDo = Box<dyn FnOnce(&dyn Watch) -> Outcome + Send>;

/// The thread of the jobs, and those that have not ended.
#[derive(Debug)]
pub(super) struct Jobs {
    pub(super) queue: Sender<Work>,
    open: Mutex<HashMap<i64, Arc<Progress>>>,
}

impl Jobs {
    pub(super) fn start() -> Self {
        let (queue, work): (Sender<Work>, Receiver<Work>) = channel();
        let run = move || {
            for job in work {
                job();
            }
        };
        let started = thread::Builder::new().name("jobs".to_owned()).spawn(run);
        if let Err(error) = started {
            tracing::error!(%error, "no thread for jobs");
        }
        Self {
            queue,
            open: Mutex::default(),
        }
    }

    pub(super) fn open(&self) -> MutexGuard<'_, HashMap<i64, Arc<Progress>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
