//! `wenzheng mcp`: the tools of the Model Context Protocol over standard input and output.

use std::process::ExitCode;

use anyhow::Context as _;

use super::context::{Context, runtime, service_settings};
use crate::{channels::mcp, service::Service};

pub(super) fn run(context: Context) -> anyhow::Result<ExitCode> {
    let runtime = runtime()?;
    let service = Service::new(context.assistant, service_settings(&context.settings));
    let served = runtime.block_on(mcp::serve_stdio(service, context.deployment));
    // A read from the terminal cannot be called back; nothing is left to wait for.
    runtime.shutdown_background();
    served.context("MCP")?;
    Ok(ExitCode::SUCCESS)
}
