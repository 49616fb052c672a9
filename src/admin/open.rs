//! An office begins to work.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use wenzheng_store::StoreError;

use super::{
    alerts::Alerts,
    desk::TicketDesk,
    learn,
    learning::Learning,
    office::{Office, OfficeSettings, Signing},
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
            signing: Signing::default(),
            alerts: Alerts::default(),
            learning: Learning::default(),
            desk: TicketDesk::default(),
            tried: Mutex::default(),
            notices: ArcSwap::default(),
        });
        office.refresh_notices();
        office.refresh_texts();
        office.resume()?;
        schedule::keep_time(&office);
        learn::start(&office);
        Ok(office)
    }
}
