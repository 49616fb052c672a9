//! Contains panics of handlers.
//!
//! In teloxide, a panic in a handler kills the worker of its chat, and the next update from that
//! chat ends the whole bot. So every endpoint runs inside [`caught`].

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use teloxide::types::UpdateId;
use tracing::Instrument;

/// A handler panicked; the panic hook has logged where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Panicked;

/// Runs a handler to completion, in its own span.
///
/// Unwind safety is asserted: handlers share caches and counters behind locks that ignore
/// poisoning, and an immutable corpus.
///
/// # Errors
/// [`Panicked`] if the handler panics. The payload is not logged since it may quote a message.
pub(super) async fn caught<T>(
    update: UpdateId,
    handler: impl Future<Output = T>,
) -> Result<T, Panicked> {
    let span = tracing::info_span!("update", channel = "telegram", update.id = update.0);
    let run = AssertUnwindSafe(handler).catch_unwind();
    async {
        run.await.map_err(|_| {
            tracing::error!("a handler panicked");
            Panicked
        })
    }
    .instrument(span)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_handler_and_nothing_else() {
        let update = UpdateId(1);
        let panicking = async { panic!("on purpose") };
        assert_eq!(caught::<()>(update, panicking).await, Err(Panicked));
        assert_eq!(caught(update, async { 7 }).await, Ok(7));
    }
}
