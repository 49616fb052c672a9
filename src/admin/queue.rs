//! The thread of the jobs: one after the other, each with how far it is and a way to stop it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use tokio::sync::oneshot;

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
    at: Mutex<Option<At>>,
    /// Who wants to be told how it ended.
    waiting: Mutex<Vec<oneshot::Sender<String>>>,
}

/// What a job does at the moment, and how much of that is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) step: Step,
    pub(super) done: usize,
    /// 0 while it is not known.
    pub(super) all: usize,
}

impl Progress {
    /// What it does at the moment; `None` before it does anything.
    pub(super) fn at(&self) -> Option<At> {
        *lock(&self.at)
    }

    /// Comes once it has ended, with what is said then.
    pub(super) fn ended(&self) -> oneshot::Receiver<String> {
        let (tell, told) = oneshot::channel();
        lock(&self.waiting).push(tell);
        told
    }

    /// Tells everybody who waits.
    pub(super) fn end(&self, how: &str) {
        for tell in lock(&self.waiting).drain(..) {
            // Whoever has gone need not be told.
            let _ = tell.send(how.to_owned());
        }
    }
}

impl Watch for Progress {
    fn stop(&self) -> bool {
        self.stop.load(Relaxed)
    }

    fn told(&self, step: Step, done: usize, all: usize) {
        *lock(&self.at) = Some(At { step, done, all });
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) type Work = Box<dyn FnOnce() + Send>;
/// What a job does, watched by whoever wants to know how far it is.
pub(super) type ToDo = Box<dyn FnOnce(&dyn Watch) -> Outcome + Send>;

/// The thread of the jobs, and those that have not ended.
#[derive(Debug)]
pub(super) struct Jobs {
    pub(super) queue: Sender<Work>,
    open: Mutex<HashMap<i64, Arc<Progress>>>,
    /// Ends that the store has not taken yet.
    ends: Mutex<Vec<End>>,
}

/// How a job ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) number: i64,
    pub(super) state: &'static str,
    pub(super) told: String,
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
            ends: Mutex::default(),
        }
    }

    pub(super) fn ends(&self) -> MutexGuard<'_, Vec<End>> {
        lock(&self.ends)
    }

    pub(super) fn open(&self) -> MutexGuard<'_, HashMap<i64, Arc<Progress>>> {
        lock(&self.open)
    }
}
