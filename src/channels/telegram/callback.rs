//! What a button carries: at most 64 bytes, readable after a restart because nothing but a passage
//! id stands in it.
//!
//! `s:3fa9…` opens a section, `p:3fa9…:2` turns to its third page, `m:3fa9…` shows more like this
//! passage, `u:…` and `d:…` are votes; a closing `:t` asks for Traditional script.

use crate::{answer::Script, corpus::PassageId};

/// Bytes Telegram takes as callback data at most.
#[cfg(test)]
const LIMIT: usize = 64;
/// Pages are counted up to here, so that the data keeps its length.
const LAST_PAGE: usize = 9999;

/// Whether an answer helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vote {
    /// 有用
    Useful,
    /// 没用
    Useless,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// 查看整节: sends the section of the passage, opened where the passage stands.
    Section,
    /// ◀ ▶: shows another page of the section in the same message; counted from 0.
    Page(usize),
    /// 更多相关
    Related,
    /// 有用, 没用
    Vote(Vote),
}

/// A button that was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    /// What to do.
    pub(super) action: Action,
    /// With which passage.
    pub(super) passage: PassageId,
    /// The script of the message the button belongs to.
    pub(super) script: Script,
}

impl Press {
    /// The data of the button, 1 to 64 bytes of ASCII.
    pub(super) fn encode(&self) -> String {
        let kind = match self.action {
            Action::Section => 's',
            Action::Page(_) => 'p',
            Action::Related => 'm',
            Action::Vote(Vote::Useful) => 'u',
            Action::Vote(Vote::Useless) => 'd',
        };
        let mut data = format!("{kind}:{}", self.passage);
        if let Action::Page(page) = self.action {
            data.push_str(&format!(":{}", page.min(LAST_PAGE)));
        }
        if self.script == Script::Traditional {
            data.push_str(":t");
        }
        data
    }

    /// Reads the data of a button; `None` for anything this program did not write.
    pub(super) fn decode(data: &str) -> Option<Self> {
        let (data, script) = match data.strip_suffix(":t") {
            Some(data) => (data, Script::Traditional),
            None => (data, Script::Simplified),
        };
        let (kind, rest) = data.split_once(':')?;
        let (passage, page) = match rest.split_once(':') {
            Some((passage, page)) => (passage, Some(page)),
            None => (rest, None),
        };
        let action = match (kind, page) {
            ("s", None) => Action::Section,
            ("p", Some(page)) => Action::Page(page.parse().ok().filter(|n| *n <= LAST_PAGE)?),
            ("m", None) => Action::Related,
            ("u", None) => Action::Vote(Vote::Useful),
            ("d", None) => Action::Vote(Vote::Useless),
            _ => return None,
        };
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let valid = (1..=40).contains(&passage.len()) && passage.chars().all(is_id);
        valid.then(|| Self {
            action,
            passage: PassageId(passage.to_owned()),
            script,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn presses() -> impl Strategy<Value = Press> {
        let actions = prop_oneof![
            Just(Action::Section),
            (0..=LAST_PAGE).prop_map(Action::Page),
            Just(Action::Related),
            Just(Action::Vote(Vote::Useful)),
            Just(Action::Vote(Vote::Useless)),
        ];
        let scripts = prop_oneof![Just(Script::Simplified), Just(Script::Traditional)];
        (actions, "[A-Za-z0-9_-]{1,40}", scripts).prop_map(|(action, id, script)| Press {
            action,
            passage: PassageId(id),
            script,
        })
    }

    proptest! {
        #[test]
        fn every_button_comes_back_as_it_was_and_fits(press in presses()) {
            let data = press.encode();
            prop_assert!((1..=LIMIT).contains(&data.len()), "{data}");
            prop_assert_eq!(Press::decode(&data), Some(press));
        }

        #[test]
        fn foreign_data_is_no_button_and_no_panic(data in "\\PC{0,64}|[smpud]:[a-z:0-9]{0,50}") {
            if let Some(press) = Press::decode(&data) {
                prop_assert!(press.encode().len() <= LIMIT);
            }
        }
    }
}
