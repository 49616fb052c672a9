//! Log output. The only place with a subscriber; everything else just uses `tracing`.
//!
//! A log that cannot be written never harms the program: see `telemetry::writer`.

mod writer;

use std::{
    env,
    io::{self, IsTerminal as _},
    time::Duration,
};

use tracing::Metadata;
use tracing_subscriber::{
    EnvFilter, Layer as _, Registry, filter::filter_fn, fmt, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use self::writer::Lines;
use crate::config::{Log, LogFormat};

pub use writer::lost_lines;

/// Libraries that log what nobody may read: the SDK of MCP whole messages, and with them questions;
/// the HTTP client and its TLS the addresses of services; the search engine, with each commit, all words that an
/// office has added. No setting brings them back.
const SILENT: [&str; 5] = [
    "rmcp",
    "reqwest",
    "hyper_util::client",
    "rustls",
    "tantivy::indexer::segment_updater",
];
/// How long [`flush`] waits for somebody who does not read the log.
const LAST_LINES: Duration = Duration::from_secs(1);

/// Why logging could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("log.filter 的内容“{filter}”不对，应写成 info 或 wenzheng=debug 这样（{reason}）")]
pub struct FilterError {
    filter: String,
    reason: String,
}

/// Starts writing log lines to standard error: for eyes on a terminal and JSON otherwise, unless the
/// settings say which. Colours are for terminals only.
///
/// # Errors
/// [`FilterError`] when the filter cannot be read.
pub fn init(log: &Log) -> Result<(), FilterError> {
    let filter = EnvFilter::try_new(&log.filter).map_err(|error| FilterError {
        filter: log.filter.clone(),
        reason: error.to_string(),
    })?;
    let terminal = io::stderr().is_terminal();
    let json = match log.format {
        LogFormat::Auto => !terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let lines = Lines::to_stderr();
    let lines = fmt::layer()
        .with_writer(move || lines)
        .with_ansi(terminal && wants_colours())
        // It would say with `eprintln!` that a line was not written, which panics.
        .log_internal_errors(false);
    let lines = if json {
        lines.json().boxed()
    } else {
        lines.boxed()
    };
    let spoken = filter_fn(|line: &Metadata<'_>| !is_silent(line.target()));
    let subscriber = Registry::default()
        .with(filter)
        .with(lines.with_filter(spoken));
    // A second call, as in tests, leaves the first subscriber in place.
    let _ = subscriber.try_init();
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// Waits a moment until what was logged is written, before the program ends.
pub fn flush() {
    writer::flush(LAST_LINES);
}

/// True unless the terminal or its user wants none: <https://no-color.org>.
#[expect(
    clippy::disallowed_methods,
    reason = "what is known of the terminal is no setting of ours"
)]
fn wants_colours() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn is_silent(target: &str) -> bool {
    SILENT.iter().any(|silent| {
        let below = target.strip_prefix(silent);
        below.is_some_and(|below| below.is_empty() || below.starts_with("::"))
    })
}

/// Says where a panic happened, and not what it says: that may quote somebody's question (slicing a
/// string inside a character does).
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string);
    tracing::error!(at, "panicked");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_library_logs_of_messages_and_addresses_is_silent_with_all_below_it() {
        for silent in [
            "rmcp",
            "rmcp::service",
            "reqwest::connect",
            "rustls::client",
            "tantivy::indexer::segment_updater",
        ] {
            assert!(is_silent(silent), "{silent}");
        }
        for spoken in [
            "wenzheng::service",
            "rmcpx",
            "feedback",
            "hyper_util",
            "tantivy",
        ] {
            assert!(!is_silent(spoken), "{spoken}");
        }
    }
}
