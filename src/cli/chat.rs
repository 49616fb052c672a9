//! `wenzheng chat`: a conversation in the terminal, with follow-ups.

use std::process::ExitCode;

use rustyline::{DefaultEditor, error::ReadlineError};

use super::Context;
use crate::{answer::Question, channels::plain, dialogue::Conversations};

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(context: &Context) -> anyhow::Result<ExitCode> {
    let conversations = Conversations::default();
    let mut editor = DefaultEditor::new()?;
    println!("直接输入问题，按回车。输入 /quit 或按 Ctrl-D 结束。");
    loop {
        let line = match editor.readline("问> ") {
            Ok(line) => line,
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => break,
            Err(error) => return Err(error.into()),
        };
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        if matches!(text, "/quit" | "/exit" | "退出") {
            break;
        }
        // A history that cannot be kept is no reason to stop talking.
        let _ = editor.add_history_entry(text);
        let question = Question {
            text: text.to_owned(),
            history: conversations.turn("terminal", text),
            limit: 0,
        };
        let answer = context.assistant.answer(&question);
        println!("\n{}\n", plain::render(&answer, &context.deployment));
    }
    Ok(ExitCode::SUCCESS)
}
