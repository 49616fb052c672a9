//! Texts of the office, changed without a restart.

use std::collections::BTreeMap;

use wenzheng_store::StoreError;

use super::{listed::ListedText, office::Office, outcome::Outcome};
use crate::staff::{Actor, TextName};

impl Office {
    /// Changes a text; `None` gives it back to the settings.
    pub(super) fn set_text(
        &self,
        name: TextName,
        value: Option<&str>,
        by: &Actor,
    ) -> Result<Outcome, StoreError> {
        let texts = &self.settings.texts;
        if texts.is_fixed(name) {
            return Ok(Outcome::TextBySettings(name));
        }
        let before = texts.get(name);
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.set_text(name.name(), value, &by.signed()).await?;
            let told = |text: &str| format!("{}：{text}", name.called());
            let after = value.map(told).unwrap_or_default();
            act.commit(&by.entry("text", "done", told(&before), after))
                .await
        })?;
        self.refresh_texts();
        self.texts()
    }

    pub(super) fn texts(&self) -> Result<Outcome, StoreError> {
        let changed = self.publisher.block_on(self.store().texts())?;
        let texts = &self.settings.texts;
        let listed = TextName::ALL.into_iter().map(|name| ListedText {
            name,
            value: texts.get(name),
            is_fixed: texts.is_fixed(name),
            changed: changed.iter().find(|it| it.name == name.name()).cloned(),
        });
        Ok(Outcome::Texts(listed.collect()))
    }

    /// Puts the texts of the store into force.
    pub(super) fn refresh_texts(&self) {
        match self.publisher.block_on(self.store().texts()) {
            Ok(texts) => {
                let known = texts.into_iter();
                let known = known.filter_map(|it| Some((TextName::parse(&it.name)?, it.value)));
                self.settings
                    .texts
                    .change(known.collect::<BTreeMap<_, _>>());
            }
            Err(error) => tracing::warn!(%error, "the texts of the office are not known"),
        }
    }
}
