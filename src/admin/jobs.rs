//! Commands that take a while: each is a job with a number.

use std::sync::{
    Arc,
    atomic::Ordering::Relaxed,
    mpsc::{Receiver, channel},
};

use tokio::sync::oneshot;
use wenzheng_store::{Job, StoreError};

use super::{
    command::Command,
    office::Office,
    outcome::{ListedJob, Outcome},
    parse,
    queue::{End, Progress, ToDo, Wait},
};
use crate::{
    editions::Watch,
    staff::{Actor, Role},
};

/// The kind of job that takes files in.
pub(super) const UPLOAD: &str = "upload";

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
            let (outcome, told) = office.run(number, to_do, &progress);
            office.jobs.open().remove(&number);
            // Whoever asked may have been told that it has begun.
            let _ = tell.send(outcome);
            progress.end(&told);
        };
        if self.jobs.queue.send(Box::new(work)).is_err() {
            tracing::error!("the thread of the jobs has ended");
        }
        ended
    }

    /// Runs a job: its outcome, and how that is told.
    fn run(&self, number: i64, to_do: ToDo, progress: &Progress) -> (Outcome, String) {
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
        let told = self.told(&outcome);
        self.jobs.ends().push(End {
            number,
            state,
            told: told.clone(),
        });
        self.note_ends();
        (outcome, told)
    }

    /// Notes how jobs ended. What the store does not take now is noted later: a job without an end is done
    /// again after a restart.
    pub(super) fn note_ends(&self) {
        let mut ends = self.jobs.ends();
        ends.retain(|end| {
            let noted = self.store().end_job(end.number, end.state, &end.told);
            let noted = self.publisher.block_on(noted).inspect_err(|error| {
                tracing::error!(%error, job = end.number, "how the job ended is not noted yet");
            });
            noted.is_err()
        });
    }

    fn told(&self, outcome: &Outcome) -> String {
        let told = self.settings.told.map(|told| told(outcome));
        told.unwrap_or_else(|| outcome.name().to_owned())
    }

    /// Comes once job `number` has ended, with what is said then; `None` when it runs no longer.
    #[must_use]
    pub fn when_ended(&self, number: i64) -> Option<oneshot::Receiver<String>> {
        self.jobs.open().get(&number).map(|it| it.ended())
    }

    /// What was said when job `number` ended; `None` when there is no such job, or it has not.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn result_of(&self, number: i64) -> Result<Option<String>, StoreError> {
        let job = self.publisher.block_on(self.store().job(number))?;
        let ended = job.filter(|job| job.ended_at.is_some());
        Ok(ended.map(|job| job.result))
    }

    /// Takes up the jobs that the end of the program interrupted, by whoever asked for them, if they still
    /// may. One whose edition went live meanwhile has been done already, or was overtaken; one whose files
    /// are not here any more cannot go on. Both end, and say so.
    pub(super) fn resume(self: &Arc<Self>) -> Result<(), StoreError> {
        let unfinished = self.publisher.block_on(self.store().unfinished_jobs())?;
        for job in unfinished {
            match self.to_do_again(&job) {
                Ok(to_do) => drop(self.queue(job.number, to_do)),
                Err(outcome) => {
                    let told = self.told(&outcome);
                    let end = self.store().end_job(job.number, "failed", &told);
                    self.publisher.block_on(end)?;
                }
            }
        }
        if let Some(intake) = &self.settings.intake {
            intake.spool.tidy();
        }
        Ok(())
    }

    /// Whoever asked for a job, in the role they have now.
    fn author_of(&self, job: &Job) -> Result<Actor, StoreError> {
        let actor = self.actor(job.author, "jobs");
        if actor.grant.role > Role::Resident {
            return Ok(actor);
        }
        Ok(self.with_token(job.author)?.unwrap_or(actor))
    }

    /// What is left to do of a job.
    fn to_do_again(self: &Arc<Self>, job: &Job) -> Result<ToDo, Outcome> {
        let by = self.author_of(job)?;
        if job.kind == UPLOAD {
            return self.to_take_again(&job.detail, &by);
        }
        let (base, _) = self.publisher.live_edition();
        let (then, typed) = job.detail.split_once(' ').unwrap_or_default();
        let command = parse::parse(typed).filter(|_| then == base.to_string());
        match command {
            Some(command) if by.grant.role >= command.least() => Ok(self.to_do(command, &by)),
            _ => Err(Outcome::Interrupted),
        }
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
            let again = self.publisher.keep_rebased(&draft, &rebased, by)?;
            self.cancel(number, by)?;
            (again, rebased)
        };
        let files = self.publisher.files_of(&proposal);
        Ok(Outcome::Drafted(number, files))
    }

    /// The newest jobs, with how far those are that have not ended.
    pub(super) fn list_jobs(&self) -> Result<Outcome, StoreError> {
        const SHOWN: usize = 10;
        let jobs = self.publisher.block_on(self.store().jobs(SHOWN))?;
        let open = self.jobs.open();
        let far = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let listed = jobs.into_iter().map(|mut job| {
            let at = open.get(&job.number).and_then(|progress| progress.at());
            if let Some(at) = at {
                (job.done, job.whole) = (far(at.done), far(at.all));
            }
            ListedJob {
                job,
                step: at.map(|at| at.step),
            }
        });
        Ok(Outcome::Jobs(listed.collect()))
    }
}
