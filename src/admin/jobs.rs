//! Commands that take a while: each is a job with a number.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
    mpsc::{Receiver, channel},
};

use wenzheng_store::{Job, StoreError};

use super::{
    command::Command,
    office::Office,
    outcome::Outcome,
    parse,
    queue::{Progress, ToDo, Wait},
};
use crate::{editions::Watch, staff::Actor};

impl Office {
    /// Makes a job of a command and waits a while for its end.
    pub(super) fn as_job(self: &Arc<Self>, command: Command, by: &Actor, wait: Wait) -> Outcome {
        let (base, _) = self.publisher.live_edition();
        let detail = format!("{base} {}", parse::typed(&command));
        let kind = command.name();
        let work = self.to_do(command, by);
        self.work(kind, &detail, by, wait, work)
    }

    fn to_do(self: &Arc<Self>, command: Command, by: &Actor) -> ToDo {
        let (office, by) = (Arc::clone(self), by.clone());
        Box::new(move |watch: &dyn Watch| office.at_length(&command, &by, watch))
    }

    /// Makes a job of some work and waits a while for its end. What `detail` says is taken up after a
    /// restart, see [`Office::resume`].
    pub(super) fn work(
        self: &Arc<Self>,
        kind: &'static str,
        detail: &str,
        by: &Actor,
        wait: Wait,
        work: ToDo,
    ) -> Outcome {
        let added = self.store().add_job(kind, by.person, &by.name, detail);
        let number = match self.publisher.block_on(added) {
            Ok(number) => number,
            Err(error) => return Outcome::Store(error),
        };
        let ended = self.queue(number, work);
        match ended.recv_timeout(wait.most()) {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Started(number),
        }
    }

    /// Puts a job into the queue; its outcome comes out of what is returned.
    fn queue(self: &Arc<Self>, number: i64, to_do: ToDo) -> Receiver<Outcome> {
        let (tell, ended) = channel();
        let progress = Arc::new(Progress::default());
        self.jobs.open().insert(number, Arc::clone(&progress));
        let office = Arc::clone(self);
        let work = move || {
            let outcome = office.run(number, to_do, &progress);
            office.jobs.open().remove(&number);
            // Whoever asked may have been told that it has begun.
            let _ = tell.send(outcome);
        };
        if self.jobs.queue.send(Box::new(work)).is_err() {
            tracing::error!("the thread of the jobs has ended");
        }
        ended
    }

    fn run(&self, number: i64, to_do: ToDo, progress: &Progress) -> Outcome {
        let note = |result: Result<(), StoreError>| {
            if let Err(error) = result {
                tracing::error!(%error, job = number, "how far the job is was not noted");
            }
        };
        note(
            self.publisher
                .block_on(self.store().set_job(number, "running", (0, 0))),
        );
        let outcome = if progress.stop() {
            Outcome::Unpublished(Box::new(crate::editions::Unpublished::Stopped))
        } else {
            to_do(progress)
        };
        let state = match outcome.name() {
            _ if progress.stop() => "cancelled",
            "done" => "done",
            _ => "failed",
        };
        let told = self.settings.told.map(|told| told(&outcome));
        let told = told.unwrap_or_else(|| outcome.name().to_owned());
        let end = self.store().end_job(number, state, &told);
        note(self.publisher.block_on(end));
        outcome
    }

    /// Takes up the jobs that the end of the program interrupted, by whoever asked for them, if they still
    /// may. One whose edition went live meanwhile has been done already, or was overtaken.
    pub(super) fn resume(self: &Arc<Self>) -> Result<(), StoreError> {
        let unfinished = self.publisher.block_on(self.store().unfinished_jobs())?;
        for job in unfinished {
            let by = self.actor(job.author, "jobs");
            let (base, _) = self.publisher.live_edition();
            let (then, typed) = job.detail.split_once(' ').unwrap_or_default();
            let command = parse::parse(typed).filter(|_| then == base.to_string());
            match command {
                Some(command) if by.grant.role >= command.least() => {
                    drop(self.queue(job.number, self.to_do(command, &by)));
                }
                _ => self.publisher.block_on(self.store().end_job(
                    job.number,
                    "failed",
                    "interrupted",
                ))?,
            }
        }
        Ok(())
    }

    /// Stops a job, or drops a draft.
    pub(super) fn cancel(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        if number < 0 {
            let open = self.jobs.open();
            let Some(progress) = open.get(&-number) else {
                return Ok(Outcome::Nothing);
            };
            progress.stop.store(true, Relaxed);
            return Ok(Outcome::Stopping(-number));
        }
        let Some((draft, _)) = self.publisher.proposed(number)? else {
            return Ok(Outcome::Nothing);
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.set_draft(number, "dropped", None).await?;
            let before = format!("草稿 {number}：{}", draft.note);
            let entry = by.entry("cancel", "done", before, String::new());
            act.commit(&entry).await
        })?;
        Ok(Outcome::Dropped(number))
    }

    /// A draft as it would be now: made to follow on the live edition, under a number of its own.
    pub(super) fn show_draft(&self, number: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let Some((draft, proposal)) = self.publisher.proposed(number)? else {
            return Ok(Outcome::Nothing);
        };
        let (live, _) = self.publisher.live_edition();
        let (number, proposal) = if draft.base == live {
            (number, proposal)
        } else {
            let rebased = match self.publisher.rebased(proposal) {
                Ok(rebased) => rebased,
                Err(error) => return Ok(error.into()),
            };
            let again = self
                .publisher
                .keep_draft(&rebased, &draft.state, draft.go_live_at, by)?;
            self.cancel(number, by)?;
            (again, rebased)
        };
        let files = self.publisher.files_of(&proposal);
        Ok(Outcome::Drafted(number, files))
    }

    /// The newest jobs, with how far those are that have not ended.
    pub(super) fn list_jobs(&self) -> Result<Outcome, StoreError> {
        const SHOWN: usize = 10;
        let mut jobs = self.publisher.block_on(self.store().jobs(SHOWN))?;
        let open = self.jobs.open();
        let far = |count: &AtomicUsize| i64::try_from(count.load(Relaxed)).unwrap_or(i64::MAX);
        for job in &mut jobs {
            if let Some(progress) = open.get(&job.number) {
                (job.done, job.whole) = (far(&progress.done), far(&progress.all));
            }
        }
        Ok(Outcome::Jobs(jobs.into_iter().collect::<Vec<Job>>()))
    }
}
