//! `wenzheng convert-upload`, which the server starts for each upload and nobody types.

use std::{io, process::ExitCode};

use anyhow::Context as _;
use clap::Args;

use crate::upload::{Job, child};

/// Arguments of `wenzheng convert-upload`.
#[derive(Debug, Args)]
pub(super) struct ConvertUploadArgs {
    /// 要转换的文件和限制（JSON），由服务自己写
    job: String,
}

/// Converts the file on standard input.
///
/// # Errors
/// When it was started by hand, or the process cannot limit itself.
pub(super) fn run(args: &ConvertUploadArgs) -> anyhow::Result<ExitCode> {
    let job: Job = serde_json::from_str(&args.job).context("这个命令由服务自己调用")?;
    child::run(&job, io::stdin().lock(), io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}
