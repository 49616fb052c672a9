//! What a person is told who asks for help, or types a command that does not exist: in Chinese.
//!
//! clap has no translations. Its help is made of our texts and a few words of its own, which are
//! replaced; its mistakes are told from what it knows about them.

use std::{error::Error as _, process::ExitCode};

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Exit code for a command that cannot be understood, as clap and most programs have it.
const MISTYPED: u8 = 2;

/// clap's own words in a help text, each with ours; a longer one before one that it begins with.
const WORDS: [(&str, &str); 14] = [
    ("Usage: ", "用法："),
    ("\nCommands:\n", "\n命令：\n"),
    ("\nArguments:\n", "\n参数：\n"),
    ("\nOptions:\n", "\n选项：\n"),
    ("[OPTIONS]", "[选项]"),
    ("[COMMAND]", "[命令]"),
    ("<COMMAND>", "<命令>"),
    (
        "Print this message or the help of the given subcommand(s)",
        "显示帮助，后面可以写一个命令",
    ),
    (
        "Print help (see more with '--help')",
        "显示帮助（--help 更详细）",
    ),
    (
        "Print help (see a summary with '-h')",
        "显示帮助（-h 更简短）",
    ),
    ("Print help", "显示帮助"),
    ("Print version", "显示版本"),
    ("[default: ", "[默认 "),
    ("[possible values: ", "[可以写 "),
];

/// Prints what was asked for, or what is wrong with what was typed.
#[expect(clippy::print_stdout, reason = "the help that was asked for")]
pub(super) fn told(error: &Error) -> ExitCode {
    if error.use_stderr() {
        eprintln!("{}", mistake(error));
        ExitCode::from(MISTYPED)
    } else {
        print!("{}", in_chinese(&error.render().to_string()));
        ExitCode::SUCCESS
    }
}

fn in_chinese(help: &str) -> String {
    let replaced = |text: String, (theirs, ours): &(&str, &str)| text.replace(theirs, ours);
    WORDS.iter().fold(help.to_owned(), replaced)
}

/// What is wrong and what to type instead.
fn mistake(error: &Error) -> String {
    let known = |kind| error.get(kind).map(text).unwrap_or_default();
    let argument = known(ContextKind::InvalidArg);
    let value = known(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", known(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("没有“{argument}”这个选项")
        }
        ErrorKind::UnknownArgument => format!("多写了“{argument}”，请去掉"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}，请补上"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值"),
        ErrorKind::InvalidValue => format!("“{value}”不能作 {argument} 的值"),
        ErrorKind::ValueValidation => {
            let why = error.source().map(|why| format!("，请改写（{why}）"));
            format!("“{value}”不能作 {argument} 的值{}", why.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => match known(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("{argument} 只能写一次"),
            prior => format!("{argument} 不能和 {prior} 一起用，请去掉一个"),
        },
        ErrorKind::NoEquals
        | ErrorKind::TooFewValues
        | ErrorKind::TooManyValues
        | ErrorKind::WrongNumberOfValues => format!("{argument} 的值多了或者少了"),
        ErrorKind::InvalidUtf8 => "参数里有读不出来的字符，请改用 UTF-8".to_owned(),
        _ => "命令写得不对".to_owned(),
    };
    let suggested = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested
        .into_iter()
        .map(known)
        .find(|text| !text.is_empty());
    let suggested = suggested.map(|text| format!("，是不是 {text}？"));
    let allowed = known(ContextKind::ValidValue);
    let allowed = (!allowed.is_empty()).then(|| format!("\n可以写：{allowed}"));
    let usage = in_chinese(&known(ContextKind::Usage));
    let usage = (!usage.is_empty()).then(|| format!("\n{usage}"));
    format!(
        "{what}{}{}{}\n查看全部写法：wenzheng --help",
        suggested.unwrap_or_else(|| "。".into()),
        allowed.unwrap_or_default(),
        usage.unwrap_or_default(),
    )
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::None => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;
    use crate::cli::Cli;

    fn mistyped(typed: &str) -> String {
        let words = ["wenzheng"].into_iter().chain(typed.split(' '));
        mistake(&Cli::try_parse_from(words).expect_err("a mistake"))
    }

    #[test]
    fn the_definition_of_the_commands_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_mistake_is_told_in_chinese_with_what_to_type_instead() {
        let told = [
            "srve",
            "--confg x",
            "--config",
            "serve --listen",
            "ask",
            "ask --json --explain 修路",
            "term 河长制 --batch",
            "check a b",
            "eval f --floor macro",
            "eval f --ridge much --tune",
        ];
        let told = told.map(|typed| format!("> {typed}\n{}", mistyped(typed)));
        insta::assert_snapshot!(told.join("\n\n"), @"
        > srve
        没有“srve”这个命令，是不是 serve？
        用法：wenzheng [选项] [命令]
        查看全部写法：wenzheng --help

        > --confg x
        没有“--confg”这个选项，是不是 --config？
        用法：wenzheng --config <FILE>
        查看全部写法：wenzheng --help

        > --config
        --config <FILE> 后面要写一个值。
        查看全部写法：wenzheng --help

        > serve --listen
        --listen <ADDR> 后面要写一个值。
        查看全部写法：wenzheng --help

        > ask
        缺少 <QUESTION>...，请补上。
        用法：wenzheng ask <QUESTION>...
        查看全部写法：wenzheng --help

        > ask --json --explain 修路
        --json 不能和 --explain 一起用，请去掉一个。
        用法：wenzheng ask --json <QUESTION>...
        查看全部写法：wenzheng --help

        > term 河长制 --batch
        没有“--batch”这个选项。
        用法：wenzheng term <NAME>...
        查看全部写法：wenzheng --help

        > check a b
        多写了“b”，请去掉。
        用法：wenzheng check [选项] [DIR]
        查看全部写法：wenzheng --help

        > eval f --floor macro
        “macro”不能作 --floor <NAME=LEAST> 的值，请改写（“macro”应写成 名称=数值，例如 macro=.85）。
        查看全部写法：wenzheng --help

        > eval f --ridge much --tune
        “much”不能作 --ridge <RIDGE> 的值，请改写（invalid float literal）。
        查看全部写法：wenzheng --help
        ");
    }

    #[test]
    fn every_help_is_in_chinese() {
        let mut command = Cli::command();
        command.build();
        let names = command.get_subcommands().map(|c| c.get_name().to_owned());
        let pages = names.map(|name| vec!["wenzheng".to_owned(), name, "--help".to_owned()]);
        let first = vec!["wenzheng".to_owned(), "--help".to_owned()];
        for typed in pages.chain([first]).filter(|typed| typed[1] != "help") {
            let help = Cli::try_parse_from(&typed).expect_err("help is no command");
            assert!(!help.use_stderr(), "{typed:?}");
            let help = in_chinese(&help.render().to_string());
            for theirs in [
                "Usage",
                "Options:",
                "Commands:",
                "Arguments:",
                "Print",
                "default",
                "possible",
                "see ",
            ] {
                assert!(!help.contains(theirs), "{typed:?}: {theirs}\n{help}");
            }
        }
    }
}
