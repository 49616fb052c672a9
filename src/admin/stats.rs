//! How much was asked, for those who run the bot.

use wenzheng_store::{Span, StoreError, now};

use super::{office::Office, outcome::Outcome};
use crate::{
    staff::Actor,
    statistics::{self, Chosen, Figures, Period},
};

impl Office {
    /// The figures of what was chosen. Whoever asks for them has made sure that the place is theirs.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn figures(&self, chosen: &Chosen) -> Result<Figures, StoreError> {
        let figures = statistics::read(self.store(), chosen);
        self.publisher.block_on(figures)
    }

    /// The places that were asked about in `period`, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn asked_places(&self, period: Period) -> Result<Vec<String>, StoreError> {
        let span = Span {
            from: period.first().to_string(),
            until: period.last().to_string(),
            ..Span::default()
        };
        self.publisher.block_on(self.store().asked_places(&span))
    }

    /// The figures that somebody takes away, with the row of the audit that says so.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn export_figures(&self, chosen: &Chosen, by: &Actor) -> Result<Figures, StoreError> {
        let figures = self.figures(chosen)?;
        let period = chosen.period;
        let what = [&chosen.place, &chosen.channel].map(String::as_str);
        let what = format!(
            "统计 {} {} {}",
            period.first(),
            period.last(),
            what.join(" ")
        );
        let entry = by.entry("export", "done", String::new(), what.trim_end().to_owned());
        self.publisher.block_on(self.store().record(&entry))?;
        Ok(figures)
    }

    /// The figures of the last days; whoever has a role for some places sees the first of them.
    pub(super) fn stats(&self, days: u16, by: &Actor) -> Result<Outcome, StoreError> {
        let chosen = Chosen {
            period: Period::until_now(now(), days),
            place: by.grant.places.first().cloned().unwrap_or_default(),
            channel: String::new(),
        };
        let figures = Box::new(self.figures(&chosen)?);
        let console = self.public_console().map(|url| format!("{url}/admin"));
        Ok(Outcome::Stats { figures, console })
    }

    /// The address before `/admin` where the console is at the public address.
    fn public_console(&self) -> Option<&str> {
        let public = self.settings.public_url.as_deref();
        public.filter(|url| self.settings.console_url.as_deref() == Some(*url))
    }
}
