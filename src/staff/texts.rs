//! Texts of the office that may change while the program runs: its telephone number, its hours.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use arc_swap::ArcSwap;

/// A text of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextName {
    /// The telephone number for what the documents do not say.
    Hotline,
    /// When somebody answers there.
    Hours,
    /// What is told to people who want to speak to a person.
    HandOver,
    /// What people are greeted with.
    Greeting,
}

impl TextName {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Hotline, Self::Hours, Self::HandOver, Self::Greeting];

    /// Its name in the store, the audit and commands.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hotline => "hotline",
            Self::Hours => "hours",
            Self::HandOver => "hand_over",
            Self::Greeting => "greeting",
        }
    }

    /// The setting that gives it as long as nobody has changed it.
    #[must_use]
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Hotline => "answer.hotline",
            Self::Hours => "answer.hours",
            Self::HandOver => "answer.hand_over",
            Self::Greeting => "answer.greeting",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn called(self) -> &'static str {
        match self {
            Self::Hotline => "热线",
            Self::Hours => "办公时间",
            Self::HandOver => "转人工说明",
            Self::Greeting => "问候语",
        }
    }

    /// The text of that name, in either language.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|text| text.name() == name || text.called() == name)
    }

    /// Characters of the longest one.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Hotline => 30,
            Self::Hours => 100,
            Self::HandOver | Self::Greeting => 300,
        }
    }
}

/// The texts in force. Cheap to clone; clones share them.
#[derive(Debug, Clone, Default)]
pub struct OfficeTexts(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    settings: BTreeMap<TextName, String>,
    /// Those that somebody wrote into the settings: they are not changed elsewhere.
    fixed: BTreeSet<TextName>,
    changed: ArcSwap<BTreeMap<TextName, String>>,
}

impl PartialEq for OfficeTexts {
    fn eq(&self, other: &Self) -> bool {
        TextName::ALL
            .iter()
            .all(|name| self.get(*name) == other.get(*name))
    }
}

impl Eq for OfficeTexts {}

impl OfficeTexts {
    /// Texts as the settings give them, of which the `fixed` ones hold whatever the office says.
    #[must_use]
    pub fn new(settings: BTreeMap<TextName, String>, fixed: BTreeSet<TextName>) -> Self {
        Self(Arc::new(Shared {
            settings,
            fixed,
            changed: ArcSwap::default(),
        }))
    }

    /// Texts with this hotline and nothing else.
    #[must_use]
    pub fn with_hotline(hotline: &str) -> Self {
        let settings = BTreeMap::from([(TextName::Hotline, hotline.to_owned())]);
        Self::new(settings, BTreeSet::new())
    }

    /// The text in force; empty where nobody gave one.
    #[must_use]
    pub fn get(&self, name: TextName) -> String {
        let changed = self.0.changed.load();
        let changed = changed.get(&name).filter(|_| !self.is_fixed(name));
        let text = changed.or_else(|| self.0.settings.get(&name));
        text.cloned().unwrap_or_default()
    }

    /// True when the settings give it, so that it cannot be changed elsewhere.
    #[must_use]
    pub fn is_fixed(&self, name: TextName) -> bool {
        self.0.fixed.contains(&name)
    }

    /// Puts what the office has changed into force, in place of what it changed before.
    pub fn change(&self, changed: BTreeMap<TextName, String>) {
        self.0.changed.store(Arc::new(changed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_settings_say_holds_and_all_else_can_be_changed() {
        let settings = BTreeMap::from([
            (TextName::Hotline, "12345".to_owned()),
            (TextName::Hours, "8:30—17:30".to_owned()),
        ]);
        let texts = OfficeTexts::new(settings, BTreeSet::from([TextName::Hours]));
        let shared = texts.clone();
        texts.change(BTreeMap::from([
            (TextName::Hotline, "0932-1".to_owned()),
            (TextName::Hours, "全天".to_owned()),
        ]));
        assert_eq!(shared.get(TextName::Hotline), "0932-1");
        assert_eq!(shared.get(TextName::Hours), "8:30—17:30");
        assert_eq!(shared.get(TextName::Greeting), "");
        texts.change(BTreeMap::new());
        assert_eq!(shared.get(TextName::Hotline), "12345");
    }

    #[test]
    fn a_text_is_known_by_either_name() {
        for name in TextName::ALL {
            assert_eq!(TextName::parse(name.name()), Some(name));
            assert_eq!(TextName::parse(name.called()), Some(name));
        }
        assert_eq!(TextName::parse("热"), None);
    }
}
