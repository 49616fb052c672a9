//! Runs blocking work off the async runtime.

use crate::{assistant::Assistant, channels::wording};

/// Runs `work` off the async threads.
///
/// # Panics
/// Passes a panic of `work` on.
pub(super) async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

/// `/reload`, and what the administrator is told.
pub(super) async fn reload(assistant: &Assistant, channel: &'static str) -> String {
    let assistant = assistant.clone();
    match run(move || assistant.reload()).await {
        Ok(reloaded) => {
            tracing::info!(
                channel,
                corpus.version = reloaded.version,
                passages.added = reloaded.added,
                passages.removed = reloaded.removed,
                "corpus reloaded"
            );
            wording::reloaded(&reloaded)
        }
        Err(error) => {
            tracing::warn!(channel, "corpus not reloaded, the old one stays");
            wording::not_reloaded(&error)
        }
    }
}
