//! The commands of the bot. Their doc comments are shown in the menu and by `/help`.

use teloxide::{
    types::BotCommand,
    utils::command::{BotCommands, ParseError},
};

use crate::admin;

/// A command, as typed after a `/`.
#[derive(Debug, Clone, PartialEq, Eq, BotCommands)]
#[command(rename_rule = "lowercase")]
pub(super) enum Command {
    /// 开始使用
    Start(String),
    /// 怎么用、能问什么
    Help,
    /// 提问，例如：/ask 今年修哪几条高速
    Ask(String),
    /// 查用语的意思，例如：/term 三抓三促
    Term(String),
    /// 收录了哪些报告
    Sources,
    /// 回答用简体还是繁体
    Lang(String),
}

/// The audience of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Menu {
    /// A private chat.
    Private,
    /// A group: without commands that only make sense in private.
    Group,
    /// An administrator in a private chat.
    Admin,
}

impl Menu {
    /// The commands to show, without the leading `/`, most useful first.
    pub(super) fn commands(self) -> Vec<BotCommand> {
        let all = Command::bot_commands().into_iter().map(|command| {
            let name = command.command.trim_start_matches('/').to_owned();
            BotCommand::new(name, command.description)
        });
        match self {
            Self::Private => all.collect(),
            Self::Group => all.filter(|command| command.command != "start").collect(),
            Self::Admin => {
                let admin = admin::COMMANDS.iter();
                let admin = admin.map(|listed| BotCommand::new(listed.name, listed.what));
                all.chain(admin).collect()
            }
        }
    }
}

impl Command {
    /// Reads a text that starts with `/`.
    ///
    /// More lenient than teloxide's parser, which requires exactly one space after the command:
    /// phones capitalise (`/Ask`), people type a line break, a full-width space or nothing at all
    /// (`/term三抓三促`).
    ///
    /// # Errors
    /// [`ParseError::WrongBotName`] if it is addressed to another bot,
    /// [`ParseError::UnknownCommand`] if there is no such command.
    pub(super) fn read(text: &str, bot_username: &str) -> Result<Self, ParseError> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@');
        let name = text.strip_prefix('/').unwrap_or(text);
        let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
        let (name, rest) = name.split_at(end);
        let (name, addressee) = match name.split_once('@') {
            Some((name, addressee)) => (name, format!("@{addressee}")),
            None => (name, String::new()),
        };
        let line = format!("/{}{addressee} {}", name.to_lowercase(), rest.trim());
        Self::parse(&line, bot_username)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Command, ParseError> {
        Command::read(text, "wenzheng_bot")
    }

    #[test]
    fn a_command_is_read_however_it_is_spaced_or_cased() {
        for text in [
            "/ask 修路",
            "/Ask\n修路",
            "/ask　修路 ",
            "/ask修路",
            "/ask@wenzheng_bot 修路",
            "/ASK@Wenzheng_Bot  修路",
        ] {
            assert_eq!(
                read(text).expect(text),
                Command::Ask("修路".into()),
                "{text:?}"
            );
        }
        assert_eq!(
            read("/start ref_7").expect("valid"),
            Command::Start("ref_7".into())
        );
        assert_eq!(read("/term").expect("valid"), Command::Term(String::new()));
    }

    #[test]
    fn commands_of_other_bots_and_unknown_ones_are_told_apart() {
        assert!(matches!(
            read("/help@other_bot"),
            Err(ParseError::WrongBotName(_))
        ));
        assert!(matches!(
            read("/weather"),
            Err(ParseError::UnknownCommand(_))
        ));
        assert!(matches!(read("/"), Err(ParseError::UnknownCommand(_))));
        assert!(matches!(read("/修路"), Err(ParseError::UnknownCommand(_))));
    }

    #[test]
    fn a_menu_shows_what_its_reader_may_use() {
        let names = |menu: Menu| -> Vec<String> {
            let commands = menu.commands().into_iter();
            commands.map(|command| command.command).collect()
        };
        let private = ["start", "help", "ask", "term", "sources", "lang"];
        assert_eq!(names(Menu::Private), private);
        assert_eq!(names(Menu::Group), private[1..]);
        assert_eq!(
            names(Menu::Admin)[..7],
            [&private[..], &["corpus"]].concat()
        );
        assert!(names(Menu::Admin).contains(&"reload".to_owned()));
    }
}
