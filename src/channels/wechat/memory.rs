//! State per person, kept until the next answer: the pages behind 更多, and what the numbers below a
//! reply stand for.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
};

use lru::LruCache;

use crate::{answer::Script, corpus::PassageId};

/// Number of people remembered; the least recently active one is evicted.
const PEOPLE: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// What a number below a reply stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// The section that contains a passage.
    Section(PassageId),
    /// Related passages.
    Related(Vec<PassageId>),
    /// A question.
    Ask(String),
}

/// A text in pages, and the choices below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Each within the platform's limit; at least one, none empty.
    pub(super) pages: Vec<String>,
    /// The index of the current page.
    pub(super) at: usize,
    /// What 1, 2, 3 … stand for.
    pub(super) choices: Vec<Choice>,
    /// The script of what is shown next.
    pub(super) script: Script,
}

impl Reading {
    /// A text without choices, opened at its first page.
    pub(super) const fn new(pages: Vec<String>, script: Script) -> Self {
        Self {
            pages,
            at: 0,
            choices: Vec::new(),
            script,
        }
    }

    /// One page without choices.
    pub(super) fn note(text: impl Into<String>) -> Self {
        Self::new(vec![text.into()], Script::Simplified)
    }

    /// The page to show.
    pub(super) fn page(&self) -> &str {
        self.pages.get(self.at).map_or("", String::as_str)
    }
}

/// The direction in which to turn pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// 更多
    On,
    /// 上一页
    Back,
}

/// What a person is reading.
#[derive(Debug)]
struct Opened {
    reading: Reading,
    /// True when the choices are its own, not those of the text before.
    own: bool,
}

/// What each person is reading.
#[derive(Debug)]
pub(super) struct Memory(Mutex<LruCache<String, Opened>>);

impl Default for Memory {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(PEOPLE)))
    }
}

impl Memory {
    /// Makes `reading` the current text of `person`. If it has no choices, those of the previous
    /// text remain valid: after the section, people may want the related passages.
    pub(super) fn open(&self, person: &str, mut reading: Reading) {
        let mut people = self.people();
        let own = !reading.choices.is_empty();
        if !own && let Some(before) = people.pop(person) {
            reading.choices = before.reading.choices;
        }
        people.put(person.to_owned(), Opened { reading, own });
    }

    /// The next or previous page; `None` if there is none.
    pub(super) fn turn(&self, person: &str, turn: Turn) -> Option<String> {
        let mut people = self.people();
        let Opened { reading, .. } = people.get_mut(person)?;
        let at = match turn {
            Turn::On => reading.at + 1,
            Turn::Back => reading.at.checked_sub(1)?,
        };
        let page = reading.pages.get(at)?.clone();
        reading.at = at;
        Some(page)
    }

    /// The choice with a number, counted from 1; `None` if there is no such choice.
    pub(super) fn choice(&self, person: &str, number: usize) -> Option<(Choice, Script)> {
        let mut people = self.people();
        let Opened { reading, .. } = people.get(person)?;
        let choice = reading.choices.get(number.checked_sub(1)?)?;
        Some((choice.clone(), reading.script))
    }

    /// The related passages that a number below the current text stands for, for who asks for more;
    /// `None` when it has no such number of its own.
    pub(super) fn related(&self, person: &str) -> Option<(Vec<PassageId>, Script)> {
        let mut people = self.people();
        let Opened { reading, own } = people.get(person)?;
        let mut choices = reading.choices.iter().filter(|_| *own);
        choices.find_map(|choice| match choice {
            Choice::Related(passages) => Some((passages.clone(), reading.script)),
            Choice::Section(_) | Choice::Ask(_) => None,
        })
    }

    /// Forgets a person who left.
    pub(super) fn forget(&self, person: &str) {
        self.people().pop(person);
    }

    fn people(&self) -> std::sync::MutexGuard<'_, LruCache<String, Opened>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_turns_their_own_pages() {
        let memory = Memory::default();
        let reading = Reading {
            pages: ["一", "二", "三"].map(String::from).into(),
            choices: vec![Choice::Ask("问".into())],
            ..Reading::note("")
        };
        memory.open("a", reading);
        memory.open("b", Reading::note("别的"));
        let turn = |turn| memory.turn("a", turn);
        assert_eq!(turn(Turn::Back), None);
        assert_eq!(turn(Turn::On).as_deref(), Some("二"));
        assert_eq!(turn(Turn::On).as_deref(), Some("三"));
        assert_eq!(turn(Turn::On), None);
        assert_eq!(turn(Turn::Back).as_deref(), Some("二"));
        assert_eq!(memory.turn("b", Turn::On), None);
        assert_eq!(memory.turn("c", Turn::On), None);
    }

    #[test]
    fn behind_the_last_page_of_an_answer_there_is_what_is_related() {
        let memory = Memory::default();
        let related = vec![PassageId("p1".into())];
        let reading = Reading {
            choices: vec![Choice::Related(related.clone())],
            ..Reading::note("")
        };
        memory.open("a", reading);
        assert_eq!(memory.related("a"), Some((related, Script::Simplified)));
        memory.open("a", Reading::note("整节"));
        assert_eq!(memory.related("a"), None, "not behind a section");
    }

    #[test]
    fn a_number_stands_for_a_choice_until_the_person_leaves() {
        let memory = Memory::default();
        let ask = Choice::Ask("问".into());
        let reading = Reading {
            choices: vec![ask.clone()],
            script: Script::Traditional,
            ..Reading::note("")
        };
        memory.open("a", reading);
        assert_eq!(memory.choice("a", 1), Some((ask, Script::Traditional)));
        assert_eq!(memory.choice("a", 0), None);
        assert_eq!(memory.choice("a", 2), None);
        memory.open("a", Reading::note("整节"));
        assert!(memory.choice("a", 1).is_some());
        memory.forget("a");
        assert_eq!(memory.choice("a", 1), None);
    }
}
