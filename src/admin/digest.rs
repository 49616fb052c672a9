//! What owners are told of the week before.

use wenzheng_store::{AuditFilter, StoreError, TopicFilter};

use super::office::Office;
use crate::statistics::{Chosen, Figures, Period, due_week};

/// The week before, and what waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// From Monday to Sunday, with the week before that.
    pub figures: Figures,
    /// Topics that nobody has taken up.
    pub open_topics: i64,
    /// Questions that wait for a person.
    pub open_tickets: i64,
    /// The newest row of the audit with its link of the chain: who kept it can tell whether rows were changed
    /// since.
    pub audit: Option<(i64, String)>,
}

impl Office {
    /// What owners are to be told now of the week before: `Some` once a week, in one of all programs of the
    /// store, whatever restarts. `now` is in milliseconds since 1970. Without anybody who listens to alerts it
    /// stays due. Blocks.
    ///
    /// # Errors
    /// [`StoreError`]; then it stays due.
    pub fn weekly(&self, now: i64) -> Result<Option<Digest>, StoreError> {
        if !self.has_listeners() {
            return Ok(None);
        }
        let told = self.publisher.block_on(self.store().told_week())?;
        let Some(monday) = due_week(now, told.as_deref()) else {
            return Ok(None);
        };
        let chosen = Chosen {
            period: Period::before_day(monday, 7),
            place: String::new(),
            channel: String::new(),
        };
        let digest = self.digest(&chosen)?;
        let week = monday.to_string();
        let is_ours = self.publisher.block_on(self.store().tell_week(&week))?;
        Ok(is_ours.then_some(digest))
    }

    fn digest(&self, chosen: &Chosen) -> Result<Digest, StoreError> {
        let figures = self.figures(chosen)?;
        let store = self.store();
        self.publisher.block_on(async {
            let states = store.topic_states(&TopicFilter::default()).await?;
            let open = states.iter().filter(|(state, _)| state == "open");
            let newest = store.audit(&AuditFilter::default(), 1).await?.pop();
            Ok(Digest {
                figures,
                open_topics: open.map(|(_, number)| number).sum(),
                open_tickets: store.open_tickets("").await?,
                audit: newest.map(|row| (row.seq, row.chain)),
            })
        })
    }
}
