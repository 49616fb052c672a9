//! `wenzheng admin`: the commands of administrators, given to the running server.

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;

use crate::{
    admin::hash_password,
    channels::{
        admin::{self, Command},
        wording,
    },
    config::Sources,
    staff::Role,
};

/// Arguments of `wenzheng admin`.
#[derive(Debug, Args)]
pub(super) struct AdminArgs {
    /// 命令和它的内容，例如：rollback 3；synonym 看病 = 就医；export 文件夹；不写时列出全部命令
    #[arg(
        value_name = "COMMAND",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    words: Vec<String>,
}

#[expect(clippy::print_stdout, reason = "the outcome that was asked for")]
pub(super) fn run(args: &AdminArgs, sources: &Sources) -> anyhow::Result<ExitCode> {
    let settings = sources.settings()?;
    if args.words.is_empty() {
        println!("{}", wording::admin::commands(Role::Owner));
        println!("/export 文件夹　把现在这一版写成文件夹");
        println!("/password 姓名　设置登录管理网页的密码");
        return Ok(ExitCode::SUCCESS);
    }
    let answer = admin::ask(&settings.data_dir, command(&args.words)?)?;
    if answer.ok {
        println!("{}", answer.message);
        return Ok(ExitCode::SUCCESS);
    }
    anyhow::bail!(answer.message)
}

/// What the words stand for, as they would be typed in a chat.
fn command(words: &[String]) -> anyhow::Result<Command> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(match words.as_slice() {
        ["export" | "/export", to] => Command::Export {
            // The server may have been started elsewhere.
            to: std::path::absolute(PathBuf::from(to))?,
        },
        ["password" | "/password", who] => Command::Password {
            who: (*who).to_owned(),
            hash: password(who)?,
        },
        ["invite" | "/invite", rest @ ..] => Command::Command {
            text: invitation(rest),
        },
        [first, rest @ ..] => {
            let name = first.trim_start_matches('/');
            Command::Command {
                text: format!("/{name} {}", rest.join(" ")),
            }
        }
        [] => anyhow::bail!("没有写命令"),
    })
}

/// The hash of a password that is typed twice, unseen; of a line where nobody types.
fn password(name: &str) -> anyhow::Result<String> {
    let typed = match io::stdin().is_terminal() {
        true => {
            let typed = rpassword::prompt_password("新密码（至少 10 个字符，输入时不显示）：")?;
            let again = rpassword::prompt_password("再输入一次：")?;
            anyhow::ensure!(typed == again, "两次输入的密码不一样，没有改动");
            typed
        }
        false => {
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
            line.trim_end_matches(['\n', '\r']).to_owned()
        }
    };
    hash_password(name, &typed).map_err(|bad| anyhow::anyhow!(wording::admin::bad_password(bad)))
}

/// `--role editor --name 小李 通渭县` as `/grant editor 小李 通渭县`.
fn invitation(words: &[&str]) -> String {
    let (mut role, mut name, mut places) = ("owner", "所有者", Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--role" => role = words.next().unwrap_or(&""),
            "--name" => name = words.next().unwrap_or(&""),
            place => places.push(place),
        }
    }
    format!("/grant {role} {name} {}", places.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Command {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        command(&words).expect("a command")
    }

    #[test]
    fn words_are_given_as_they_would_be_typed() {
        let text = |text: &str| Command::Command { text: text.into() };
        assert_eq!(typed("rollback 3"), text("/rollback 3"));
        assert_eq!(typed("synonym 看病 = 就医"), text("/synonym 看病 = 就医"));
        assert_eq!(
            typed("invite --role editor --name 小李 通渭县"),
            text("/grant editor 小李 通渭县")
        );
        assert!(matches!(typed("export copy"), Command::Export { to } if to.is_absolute()));
    }
}
