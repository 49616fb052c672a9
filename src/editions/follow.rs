//! What another program of the same store has made live.

use std::sync::PoisonError;

use super::{
    contents::Fresh,
    proposal::Unpublished,
    publisher::{Live, Publisher},
};
use crate::assistant::OpenError;

impl Publisher {
    /// Serves what another program has made live in the store since; true when there was something.
    ///
    /// # Errors
    /// [`Unpublished`] when the store or the edition cannot be read; what was live here stays.
    pub fn follow(&self) -> Result<bool, Unpublished> {
        let Some(newest) = self.block_on(self.store().live_edition())? else {
            return Ok(false);
        };
        let (number, _) = self.live_edition();
        if newest.number == number {
            return Ok(false);
        }
        let _one_at_a_time = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have been made here, while this waited for its turn.
        let (number, _) = self.live_edition();
        if newest.number <= number {
            return Ok(false);
        }
        let manifest = self.block_on(self.store().manifest(newest.manifest))?;
        let served = self.assistant.snapshot();
        let options = self.assistant.options();
        let before = Some(served.library().as_ref());
        let (edition, _warnings) = self
            .source
            .open(&manifest, &Fresh::new(), options, before)?;
        let snapshot = self.assistant.candidate(edition, &|_, _| {});
        let snapshot = snapshot.map_err(OpenError::from)?;
        self.assistant.serve(snapshot.numbered(newest.number));
        self.set_live(Live::new(newest.number, manifest));
        self.tidy();
        tracing::info!(
            edition = newest.number,
            "another program made an edition live: it is served here too"
        );
        Ok(true)
    }
}
