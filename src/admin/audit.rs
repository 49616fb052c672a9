//! The audit: its rows, who stands in it, whether it is whole.

use std::collections::BTreeSet;

use wenzheng_store::{AuditFilter, StoreError};

use super::{office::Office, outcome::Outcome};
use crate::staff::Actor;

/// Rows on a page.
const SHOWN: usize = 15;
/// The most names that are offered to choose from, beside those of members.
const NAMES: usize = 200;

impl Office {
    pub(super) fn audit(&self, filter: &AuditFilter) -> Result<Outcome, StoreError> {
        let rows = self.store().audit(filter, SHOWN);
        Ok(Outcome::Audit(self.publisher.block_on(rows)?))
    }

    pub(super) fn verify_audit(&self) -> Result<Outcome, StoreError> {
        let verified = self.publisher.block_on(self.store().verify_audit())?;
        Ok(Outcome::Verified(verified))
    }

    /// Those of whom there may be rows, as the audit has their names, in order.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn audited(&self) -> Result<Vec<String>, StoreError> {
        let named = self.publisher.block_on(self.store().audited(NAMES))?;
        let members = self.people.all().into_iter();
        let members = members.map(|member| self.actor(member.person, "").signed());
        let all: BTreeSet<String> = named.into_iter().chain(members).collect();
        Ok(all.into_iter().collect())
    }

    /// The places whose documents are served and that are theirs, in order.
    #[must_use]
    pub fn places(&self, by: &Actor) -> Vec<String> {
        let snapshot = self.publisher.assistant().snapshot();
        let documents = snapshot.library().documents().iter();
        let places = documents.map(|document| &document.meta.place);
        let theirs = places.filter(|place| !place.is_empty() && by.grant.covers(place));
        let all: BTreeSet<&String> = theirs.collect();
        all.into_iter().cloned().collect()
    }
}
