//! `wenzheng reload`: tells the running server to read the reports again.

use std::process::ExitCode;

use crate::{
    channels::admin::{self, Command},
    config::Sources,
};

#[expect(clippy::print_stdout, reason = "the outcome that was asked for")]
pub(super) fn run(sources: &Sources) -> anyhow::Result<ExitCode> {
    let settings = sources.settings()?;
    let answer = admin::ask(&settings.data_dir, Command::Reload)?;
    if answer.ok {
        println!("{}", answer.message);
        return Ok(ExitCode::SUCCESS);
    }
    anyhow::bail!(answer.message)
}
