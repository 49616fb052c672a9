//! `wenzheng term`: looks a slogan up.

use std::process::ExitCode;

use clap::Args;

use super::context::Context;
use crate::{answer::Question, assistant::Assistant, channels::plain, service::today};

/// Arguments of `wenzheng term`.
#[derive(Debug, Args)]
pub(super) struct TermArgs {
    /// 用语，例如 三抓三促；不写就列出全部
    name: Vec<String>,
}

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(args: &TermArgs, context: &Context) -> anyhow::Result<ExitCode> {
    if args.name.is_empty() {
        for (_, term) in context.assistant.snapshot().library().terms() {
            println!("{}", term.name);
        }
    } else {
        let question = Question {
            today: Some(today()),
            ..Assistant::definition(&args.name.join(" "))
        };
        let answer = context.assistant.answer(&question)?;
        println!("{}", plain::render(&answer, &context.deployment));
    }
    Ok(ExitCode::SUCCESS)
}
