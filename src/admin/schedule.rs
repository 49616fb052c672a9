//! Drafts that go live at a time.

use std::{
    sync::{Arc, Weak},
    thread,
    time::Duration,
};

use wenzheng_store::{StoreError, now};

use super::{command::Command, office::Office, outcome::Outcome, queue::Wait};
use crate::staff::Actor;

/// How often it is looked whether one is due.
const PERIOD: Duration = Duration::from_secs(10);
/// Every how many times it is looked as well what other programs of the same store have done.
const OTHERS: u64 = 3;

impl Office {
    /// Has a draft go live at a time. Whoever may not confirm it may not schedule it.
    pub(super) fn schedule(&self, number: i64, at: i64, by: &Actor) -> Result<Outcome, StoreError> {
        let Some((draft, _)) = self.publisher.proposed(number)? else {
            return Ok(Outcome::Nothing);
        };
        if self.is_own_proposal(&draft, by) {
            return Ok(Outcome::OwnProposal);
        }
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.set_draft(number, "scheduled", Some(at)).await?;
            let after = format!("草稿 {number}：{}", draft.note);
            let entry = by.entry("schedule", &format!("at {at}"), String::new(), after);
            act.commit(&entry).await
        })?;
        Ok(Outcome::Scheduled(number, at))
    }

    /// Serves what another program has made live in the same store, and knows whom it gave roles. A file is
    /// for one program.
    fn catch_up(&self) {
        if self.store().backend() != "postgres" {
            return;
        }
        if let Err(error) = self.publisher.follow() {
            tracing::warn!(%error, "what other programs made live is not known");
            return;
        }
        self.refresh_notices();
        self.refresh_texts();
        if let Err(error) = self.publisher.block_on(self.people.refresh(self.store())) {
            tracing::warn!(%error, "whom others gave roles is not known");
        }
    }

    /// False when another program of the same store was faster.
    fn is_still_scheduled(&self, number: i64) -> Result<bool, StoreError> {
        let draft = self.publisher.block_on(self.store().draft(number))?;
        Ok(draft.is_some_and(|draft| draft.state == "scheduled"))
    }

    /// Makes the drafts live whose time has come.
    fn publish_due(self: &Arc<Self>) -> Result<(), StoreError> {
        for draft in self.publisher.block_on(self.store().open_drafts())? {
            if draft.state != "scheduled" || draft.go_live_at.is_none_or(|at| at > now()) {
                continue;
            }
            let command = Command::Confirm {
                draft: draft.number,
                reason: None,
            };
            let outcome = self.perform(&command, &Actor::program("clock"), Wait::Whole);
            if !outcome.went_well() && self.is_still_scheduled(draft.number)? {
                // Once: it waits for a person now, who finds it among the drafts.
                tracing::warn!(
                    draft = draft.number,
                    "a draft whose time has come did not go live"
                );
                self.publisher.block_on(async {
                    let mut act = self.store().act().await?;
                    act.set_draft(draft.number, "open", None).await?;
                    let by = Actor::program("clock");
                    let after = format!("草稿 {}：{}", draft.number, draft.note);
                    let entry = by.entry("schedule", outcome.name(), String::new(), after);
                    act.commit(&entry).await
                })?;
            }
        }
        Ok(())
    }
}

/// Looks for drafts whose time has come as long as the office is there.
pub(super) fn keep_time(office: &Arc<Office>) {
    let office: Weak<Office> = Arc::downgrade(office);
    let look = move || {
        for round in 1_u64.. {
            thread::sleep(PERIOD);
            let Some(office) = office.upgrade() else {
                return;
            };
            office.note_ends();
            if round.is_multiple_of(OTHERS) {
                office.catch_up();
            }
            if let Err(error) = office.publish_due() {
                tracing::warn!(%error, "drafts with a date were not looked at");
            }
        }
    };
    let started = thread::Builder::new()
        .name("schedule".to_owned())
        .spawn(look);
    if let Err(error) = started {
        tracing::error!(%error, "no thread for drafts with a date");
    }
}
