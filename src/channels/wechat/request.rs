//! Parses text messages into requests.

use super::memory::Turn;
use crate::{admin, text::normalize};

/// A request made by a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Request {
    /// An empty text.
    Nothing,
    /// 更多, 上一页
    Turn(Turn),
    /// A number below the last reply.
    Number(usize),
    /// `/help`
    Command(Command),
    /// Any other text, as typed.
    Question(String),
}

/// A command. WeChat has no command menu, so there are few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// `/help`, `/start`
    Help,
    /// `/term 三抓三促`, or all terms.
    Term(Option<String>),
    /// `/sources`
    Sources,
    /// Of an administrator.
    Admin(admin::Command),
    /// Any other command.
    Unknown,
}

impl Request {
    /// Parses a text, typed or transcribed.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Nothing;
        }
        // A sticker is no command: /:rose
        let command = text.strip_prefix(['/', '／']);
        if let Some(command) = command.filter(|command| !command.starts_with(':')) {
            // A question after a command.
            if let Some((word, question)) = command.split_at_checked(3)
                && word.eq_ignore_ascii_case("ask")
            {
                return Self::read(question);
            }
            return Self::Command(match Command::read(command) {
                Command::Unknown => admin::parse(text).map_or(Command::Unknown, Command::Admin),
                known => known,
            });
        }
        // “更多”, 更多。 and 回复更多 mean the same.
        let folded = normalize::fold(text);
        let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        // 回覆: our 回复 in Traditional script.
        let bare = ["回复", "回覆"]
            .iter()
            .find_map(|word| bare.strip_prefix(word))
            .unwrap_or(&bare);
        match bare {
            "更多" | "看更多" | "更多内容" | "全文" | "看全文" | "继续" | "下一页" | "more" => {
                Self::Turn(Turn::On)
            }
            "上一页" | "前一页" => Self::Turn(Turn::Back),
            // Longer numbers are phone numbers and years.
            _ if (1..=2).contains(&bare.len()) => match bare.parse() {
                Ok(number) => Self::Number(number),
                Err(_) => Self::Question(text.to_owned()),
            },
            _ => Self::Question(text.to_owned()),
        }
    }
}

impl Command {
    /// Parses the text after the `/`, leniently (`/Term`, `/term三抓三促`).
    fn read(text: &str) -> Self {
        let end = text
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let rest = rest.trim();
        match name.to_ascii_lowercase().as_str() {
            "help" | "start" => Self::Help,
            "term" => Self::Term((!rest.is_empty()).then(|| rest.to_owned())),
            "sources" => Self::Sources,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_numbers_are_read_however_they_are_written() {
        for text in ["更多", " 更多。", "“更多”", "回复‘更多’", "繼續", "全文"]
        {
            assert_eq!(Request::read(text), Request::Turn(Turn::On), "{text}");
        }
        assert_eq!(Request::read("上一頁"), Request::Turn(Turn::Back));
        for text in ["2", "２", "2。", "回复 2", "回覆 2", "②"] {
            assert_eq!(Request::read(text), Request::Number(2), "{text}");
        }
    }

    #[test]
    fn anything_else_is_a_question_as_typed() {
        for text in [
            "12345",
            "更多学位",
            "2024",
            "ab",
            "😀",
            "2条高速",
            "/:rose",
            "/::D低保",
        ] {
            assert_eq!(Request::read(text), Request::Question(text.into()));
        }
        assert_eq!(Request::read("  \n "), Request::Nothing);
        assert_eq!(Request::read("/ask 低保"), Request::Question("低保".into()));
    }

    #[test]
    fn commands_are_read_however_they_are_spaced_or_cased() {
        for text in ["/term 三抓三促", "/Term三抓三促", "／term　三抓三促"] {
            let term = Command::Term(Some("三抓三促".into()));
            assert_eq!(Request::read(text), Request::Command(term), "{text}");
        }
        assert_eq!(
            Request::read("/term"),
            Request::Command(Command::Term(None))
        );
        let reload = admin::Command::Reload(crate::editions::Take::Ask);
        assert_eq!(
            Request::read("／重新加载"),
            Request::Command(Command::Admin(reload))
        );
        assert_eq!(
            Request::read("/weather"),
            Request::Command(Command::Unknown)
        );
        assert_eq!(Request::read("/"), Request::Command(Command::Unknown));
    }
}
