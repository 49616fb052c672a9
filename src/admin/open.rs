//! An office begins to work.

use std::sync::Arc;

use arc_swap::ArcSwap;
use wenzheng_store::StoreError;

use super::{
    office::{Office, OfficeSettings},
    people::People,
    queue::Jobs,
    schedule,
    tries::Tries,
};
use crate::editions::Publisher;

impl Office {
    /// Reads who has which role, and takes up the jobs that the end of the program interrupted.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn open(
        publisher: Arc<Publisher>,
        settings: OfficeSettings,
    ) -> Result<Arc<Self>, StoreError> {
        let store = publisher.store().clone();
        let people = publisher.block_on(People::open(settings.members.clone(), &store))?;
        let office = Arc::new(Self {
            publisher,
            people,
            settings,
            jobs: Jobs::start(),
            tries: Tries::default(),
            notices: ArcSwap::default(),
        });
        office.refresh_notices();
        office.resume()?;
        schedule::keep_time(&office);
        Ok(office)
    }
}
