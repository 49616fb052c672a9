//! Log output. The only place with a subscriber; everything else just uses `tracing`.

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Why logging could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("log.filter 的内容“{filter}”不对，应写成 info 或 wenzheng=debug 这样（{reason}）")]
pub struct FilterError {
    filter: String,
    reason: String,
}

/// Starts writing log lines to standard error.
///
/// # Errors
/// [`FilterError`] when the filter cannot be read.
pub fn init(log: &Log) -> Result<(), FilterError> {
    let filter = EnvFilter::try_new(&log.filter).map_err(|error| FilterError {
        filter: log.filter.clone(),
        reason: error.to_string(),
    })?;
    // The MCP library logs whole messages, and with them what people asked.
    let silence = "rmcp=off".parse().expect("a directive");
    let filter = filter.add_directive(silence);
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second call, as in tests, leaves the first subscriber in place.
    let _ = match log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// Says where a panic happened, and not what it says: that may quote somebody's question (slicing a
/// string inside a character does).
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string);
    tracing::error!(at, "panicked");
}
