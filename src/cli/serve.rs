//! `wenzheng serve`: the composition root, the one place where everything is put together.

use std::process::ExitCode;

use clap::Args;

use super::{assistant_options, deployment};
use crate::{assistant::Assistant, config::Sources, telemetry};

/// Arguments of `wenzheng serve`.
#[derive(Debug, Default, Args)]
pub struct ServeArgs {
    /// 网页和接口的地址和端口，例如 127.0.0.1:8080
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

pub(super) fn run(
    args: &ServeArgs,
    mut sources: Sources,
    corpus_named: bool,
) -> anyhow::Result<ExitCode> {
    if let Some(listen) = &args.listen {
        sources.flags.push(("http.listen".into(), listen.clone()));
    }
    let settings = sources.settings()?;
    telemetry::init(&settings.log)?;
    let assistant = Assistant::open(assistant_options(&settings, corpus_named))?;
    let _ = (assistant, deployment(&settings));
    Ok(ExitCode::SUCCESS)
}
