//! `wenzheng chat`: a conversation in the terminal, with follow-ups.

use std::process::ExitCode;

use anyhow::Context as _;
use rustyline::{DefaultEditor, error::ReadlineError};

use super::context::{Context, service_settings};
use crate::{
    channels::{plain, wording},
    service::{Act, Caller, Channel, Conversation, Reply, Request, Service},
};

#[expect(clippy::print_stdout, reason = "the command's output")]
pub(super) fn run(context: &Context) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .context("启动失败")?;
    let service = Service::new(
        context.assistant.clone(),
        service_settings(&context.settings),
    );
    let caller = Caller::new(Channel::TERMINAL, "");
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
        let conversation = Conversation::Remembered(String::new());
        let request = Request::new(caller.clone(), Act::ask(text)).within(conversation);
        let reply = runtime.block_on(service.handle(request));
        let said = match reply.and_then(Reply::answer) {
            Ok((answer, _)) => plain::render(&answer, &context.deployment),
            Err(refusal) => wording::refusal(refusal).unwrap_or_default().to_owned(),
        };
        println!("\n{said}\n");
    }
    Ok(ExitCode::SUCCESS)
}
