//! What the office is asked outside of requests: by a token, by a page, by files.

use std::sync::Arc;

use wenzheng_store::StoreError;

use super::{handler::Handler, reply::Refusal, request::Caller};
use crate::{
    admin::{self, Office, Wait},
    staff::Actor,
    upload::{SpoolError, Waiting, receive},
};

impl Handler {
    /// Performs a command of somebody whom a token stands for.
    pub(super) async fn administer(
        &self,
        command: admin::Command,
        actor: Actor,
    ) -> Result<admin::Outcome, Refusal> {
        let Some(office) = self.acts.office.get().cloned() else {
            return Ok(admin::Outcome::NoStore);
        };
        let work = move || office.perform(&command, &actor, Wait::Moment);
        self.commands.run(work).await
    }

    /// Whoever has this token.
    pub(super) async fn bearer(&self, token: String) -> Result<Option<Actor>, Refusal> {
        let found = self
            .with_office(move |office| office.bearer(&token))
            .await?;
        Ok(found.flatten())
    }

    /// What the office says on a blocking thread; `None` without one.
    pub(super) async fn with_office<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Office) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Option<T>, Refusal> {
        let Some(office) = self.acts.office.get().cloned() else {
            return Ok(None);
        };
        let said = self.commands.run(move || ask(&office)).await?;
        said.map(Some).map_err(|error| {
            tracing::error!(%error, "the store was not asked");
            Refusal::Failed
        })
    }

    /// Takes the files of a form.
    pub(super) async fn receive(
        &self,
        actor: Actor,
        request: axum::extract::Request,
    ) -> Result<Result<admin::Outcome, SpoolError>, Refusal> {
        let Some(office) = self.acts.office.get().cloned() else {
            return Ok(Ok(admin::Outcome::NoStore));
        };
        let Some(intake) = office.intake().cloned() else {
            return Ok(Ok(admin::Outcome::NoStore));
        };
        let received = receive(&intake.spool, &actor.person.short(), request).await;
        let files = match received {
            Ok(received) => received.files,
            Err(error) => return Ok(Err(error)),
        };
        self.take(office, files, actor).await.map(Ok)
    }

    /// Takes files of somebody in a chat.
    pub(super) async fn take_from(
        &self,
        caller: &Caller,
        files: Vec<Waiting>,
    ) -> Result<admin::Outcome, Refusal> {
        match (self.acts.office.get().cloned(), self.actor(caller, None)) {
            (Some(office), Some(by)) => self.take(office, files, by.actor).await,
            _ => Ok(admin::Outcome::NoStore),
        }
    }

    async fn take(
        &self,
        office: Arc<Office>,
        files: Vec<Waiting>,
        actor: Actor,
    ) -> Result<admin::Outcome, Refusal> {
        let work = move || office.take(files, &actor, Wait::Whole);
        self.commands.run(work).await
    }

    /// How job `number` ended, in the words for whoever asked for it: waits for that. `None` when there is no
    /// such job, or nobody can tell.
    pub(super) async fn end_of_job(&self, number: i64) -> Option<String> {
        let office = self.acts.office.get().cloned()?;
        match office.when_ended(number) {
            // The thread of the jobs is gone when it hangs up: the program ends.
            Some(ended) => ended.await.ok(),
            None => self
                .with_office(move |office| office.result_of(number))
                .await
                .ok()
                .flatten()
                .flatten(),
        }
    }
}
