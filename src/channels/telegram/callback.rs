//! Callback data of buttons: at most 64 bytes, readable after a restart because it contains nothing
//! but a passage id, or a number.
//!
//! `s:3fa9…` opens a section, `p:3fa9…:2` turns to its third page, `m:3fa9…` lists related
//! passages, `t:3fa9…` explains the terms in it, `u:…` and `d:…` are votes, `r:…:1` is the reason
//! for one, each followed by the answer it is on, `u:3fa9…:Vx5…`; a trailing `:t` selects Traditional script. `lang:hant` sets the script of a chat,
//! `q:0` asks the question on the button itself, and `do:/keep 12` gives a command of administrators.

use crate::{
    admin,
    answer::Script,
    corpus::PassageId,
    service::{AnswerId, Reason, Vote},
};

/// Maximum length of callback data, in bytes.
#[cfg(test)]
const LIMIT: usize = 64;
/// Highest page number, so that the data has a bounded length.
const LAST_PAGE: usize = 9999;
/// Number of suggested questions below a message at most.
const SUGGESTED: usize = 10;

/// The script that a chat has chosen for its replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ScriptChoice {
    /// The script of the question.
    #[default]
    Auto,
    /// Always this script.
    Always(Script),
}

impl ScriptChoice {
    /// All choices, in button order.
    pub(super) const ALL: [Self; 3] = [
        Self::Always(Script::Simplified),
        Self::Always(Script::Traditional),
        Self::Auto,
    ];

    /// The callback data of its button.
    pub(super) const fn encode(self) -> &'static str {
        match self {
            Self::Always(Script::Simplified) => "lang:hans",
            Self::Always(Script::Traditional) => "lang:hant",
            Self::Auto => "lang:auto",
        }
    }

    /// Parses callback data; `None` for any other button.
    pub(super) fn decode(data: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.encode() == data)
    }
}

/// A suggested question, counted from 0 below its message. 64 bytes are too few for the question: it
/// is the label of the button, which Telegram sends along with a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Suggested(usize);

impl Suggested {
    /// All that a message may have, in order.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..SUGGESTED).map(Self)
    }

    /// The callback data of its button.
    pub(super) fn encode(self) -> String {
        format!("q:{}", self.0)
    }

    /// Parses callback data; `None` for any other button.
    pub(super) fn decode(data: &str) -> Option<Self> {
        Self::all().find(|suggested| suggested.encode() == data)
    }
}

/// Before a command of administrators in callback data.
const COMMAND: &str = "do:";

/// The callback data of a button that gives a command, as it is typed.
pub(super) fn encode_command(typed: &str) -> String {
    format!("{COMMAND}{typed}")
}

/// The command that a button gives; `None` for any other button.
pub(super) fn command(data: &str) -> Option<admin::Command> {
    admin::parse(data.strip_prefix(COMMAND)?)
}

/// A button of a dialogue on who qualifies: what the service has it carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pick(pub(super) String);

/// Begins the payload of a link that leads a dialogue into the private chat.
const IN_PRIVATE: &str = "e";

impl Pick {
    /// Its callback data.
    pub(super) fn encode(&self) -> String {
        format!("e:{}", self.0)
    }

    /// Parses callback data; `None` for any other button.
    pub(super) fn decode(data: &str) -> Option<Self> {
        data.strip_prefix("e:").map(|pick| Self(pick.to_owned()))
    }

    /// What follows `/start` when the dialogue goes on in the private chat: letters, digits, `_` and `-` only.
    pub(super) fn payload(&self) -> Option<String> {
        let (id, rest) = self.0.split_once('.')?;
        let (step, _) = rest.split_once('.')?;
        Some(format!("{IN_PRIVATE}{step}_{id}"))
    }

    /// Parses such a payload; `None` for any other.
    pub(super) fn of_payload(payload: &str) -> Option<Self> {
        let (step, id) = payload.strip_prefix(IN_PRIVATE)?.split_once('_')?;
        let is_number = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(format!("{id}.{step}.g")))
    }
}

/// The action of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// 查看整节: sends the section of the passage, opened where the passage stands.
    Section,
    /// ◀ ▶: shows another page of the section in the same message; counted from 0.
    Page(usize),
    /// 更多相关
    Related,
    /// 相关用语: the definitions of terms used in the passage.
    Terms,
    /// 有用, 没用
    Vote(Vote),
    /// Why it did not help.
    Reason(Reason),
}

impl Action {
    /// True for what is said of an answer.
    pub(super) const fn is_vote(self) -> bool {
        match self {
            Self::Vote(_) | Self::Reason(_) => true,
            Self::Section | Self::Page(_) | Self::Related | Self::Terms => false,
        }
    }
}

/// Stands for the passage of a reply that cites none, in the buttons of its votes.
const NO_PASSAGE: &str = "-";

/// A button that was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    /// What to do.
    pub(super) action: Action,
    /// The passage it applies to.
    pub(super) passage: PassageId,
    /// The script of the message that carries the button.
    pub(super) script: Script,
    /// The answer that a vote is on; `None` below messages of earlier versions, and for what is no vote.
    pub(super) answer: Option<AnswerId>,
}

impl Press {
    /// What stands for the passage of a reply that cites none.
    pub(super) fn no_passage() -> PassageId {
        PassageId(NO_PASSAGE.to_owned())
    }

    /// The passage that was cited, if one was.
    pub(super) fn cited(&self) -> Option<&PassageId> {
        Some(&self.passage).filter(|passage| passage.0 != NO_PASSAGE)
    }

    /// Its callback data, 1 to 64 bytes of ASCII.
    pub(super) fn encode(&self) -> String {
        let kind = match self.action {
            Action::Section => 's',
            Action::Page(_) => 'p',
            Action::Related => 'm',
            Action::Terms => 't',
            Action::Vote(Vote::Useful) => 'u',
            Action::Vote(Vote::Useless) => 'd',
            Action::Reason(_) => 'r',
        };
        let mut data = format!("{kind}:{}", self.passage);
        let number = match self.action {
            Action::Page(page) => Some(page.min(LAST_PAGE)),
            Action::Reason(reason) => Reason::ALL.iter().position(|other| *other == reason),
            Action::Section | Action::Related | Action::Terms | Action::Vote(_) => None,
        };
        if let Some(number) = number {
            data.push_str(&format!(":{number}"));
        }
        if let Some(answer) = self.answer.as_ref().filter(|_| self.action.is_vote()) {
            data.push_str(&format!(":{answer}"));
        }
        if self.script == Script::Traditional {
            data.push_str(":t");
        }
        data
    }

    /// Parses callback data; `None` for anything this program did not write.
    pub(super) fn decode(data: &str) -> Option<Self> {
        let (data, script) = match data.strip_suffix(":t") {
            Some(data) => (data, Script::Traditional),
            None => (data, Script::Simplified),
        };
        let (kind, rest) = data.split_once(':')?;
        let (passage, mut rest) = match rest.split_once(':') {
            Some((passage, rest)) => (passage, Some(rest)),
            None => (rest, None),
        };
        let numbered = matches!(kind, "p" | "r");
        let number = rest.filter(|_| numbered).map(|told| {
            let (number, further) = match told.split_once(':') {
                Some((number, further)) => (number, Some(further)),
                None => (told, None),
            };
            (number.parse::<usize>().ok(), further)
        });
        let number = match number {
            Some((number, further)) => {
                rest = further;
                Some(number?)
            }
            None => None,
        };
        let action = match (kind, number) {
            ("s", None) => Action::Section,
            ("p", Some(page)) if page <= LAST_PAGE => Action::Page(page),
            ("m", None) => Action::Related,
            ("t", None) => Action::Terms,
            ("r", Some(number)) => Action::Reason(*Reason::ALL.get(number)?),
            ("u", None) => Action::Vote(Vote::Useful),
            ("d", None) => Action::Vote(Vote::Useless),
            _ => return None,
        };
        let answer = match rest {
            Some(answer) if action.is_vote() => Some(AnswerId::parse(answer)?),
            Some(_) => return None,
            None => None,
        };
        Some(Self {
            action,
            passage: passage_id(passage)?,
            script,
            answer,
        })
    }
}

/// A syntactically valid passage id; `None` for anything else.
fn passage_id(text: &str) -> Option<PassageId> {
    let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let valid = (1..=40).contains(&text.len()) && text.chars().all(is_id);
    valid.then(|| PassageId(text.to_owned()))
}

/// The payload of a link `t.me/bot?start=…` that opens the section of a passage in the private
/// chat: at most 64 characters `[A-Za-z0-9_-]`.
pub(super) fn start_payload(passage: &PassageId) -> String {
    format!("s_{passage}")
}

/// Parses a [`start_payload`]; `None` for any other payload.
pub(super) fn read_payload(payload: &str) -> Option<PassageId> {
    passage_id(payload.trim().strip_prefix("s_")?)
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
            Just(Action::Terms),
            Just(Action::Vote(Vote::Useful)),
            Just(Action::Vote(Vote::Useless)),
            prop::sample::select(&Reason::ALL[..]).prop_map(Action::Reason),
        ];
        let scripts = prop_oneof![Just(Script::Simplified), Just(Script::Traditional)];
        let answers = prop::option::of("[A-Za-z0-9_-]{11}");
        (actions, "[A-Za-z0-9_-]{2,40}", scripts, answers).prop_map(
            |(action, id, script, answer)| Press {
                action,
                passage: PassageId(id),
                script,
                answer: answer
                    .and_then(|answer| AnswerId::parse(&answer))
                    .filter(|_| action.is_vote()),
            },
        )
    }

    proptest! {
        #[test]
        fn every_button_comes_back_as_it_was_and_fits(press in presses()) {
            let data = press.encode();
            prop_assert!((1..=LIMIT).contains(&data.len()), "{data}");
            prop_assert_eq!(Press::decode(&data), Some(press));
        }

        #[test]
        fn every_link_into_the_chat_comes_back_as_it_was_and_fits(id in "[A-Za-z0-9_-]{1,40}") {
            let payload = start_payload(&PassageId(id.clone()));
            prop_assert!(payload.len() <= 64);
            prop_assert_eq!(read_payload(&payload), Some(PassageId(id)));
        }

        #[test]
        fn foreign_data_is_no_button_and_no_panic(data in "\\PC{0,64}|[smptudrq]:[a-z:0-9]{0,50}") {
            if let Some(press) = Press::decode(&data) {
                prop_assert!(press.encode().len() <= LIMIT);
            }
        }

        #[test]
        fn a_suggested_question_is_what_was_written_for_one_and_nothing_else(
            data in "\\PC{0,64}|q:[-+ 0-9]{0,20}",
        ) {
            match Suggested::decode(&data) {
                Some(suggested) => {
                    prop_assert_eq!(suggested.encode(), &*data);
                    prop_assert!((1..=LIMIT).contains(&data.len()));
                    prop_assert_eq!(Press::decode(&data), None);
                    prop_assert_eq!(ScriptChoice::decode(&data), None);
                }
                None => prop_assert!(Suggested::all().all(|one| one.encode() != data)),
            }
        }
    }

    #[test]
    fn every_suggested_question_comes_back_as_it_was() {
        for suggested in Suggested::all() {
            assert_eq!(Suggested::decode(&suggested.encode()), Some(suggested));
        }
        for data in ["q:", "q:99", "q:00", "q:+1", "q:-1", "q:0:t", "Q:0", "q"] {
            assert_eq!(Suggested::decode(data), None, "{data}");
        }
    }

    #[test]
    fn a_script_button_is_no_other_button() {
        for choice in ScriptChoice::ALL {
            assert_eq!(ScriptChoice::decode(choice.encode()), Some(choice));
            assert_eq!(Press::decode(choice.encode()), None);
        }
        assert_eq!(ScriptChoice::decode("lang:klingon"), None);
    }
}
