//! The tree of handlers and its dispatcher.

use std::{convert::Infallible, pin::pin, sync::Arc, time::Duration};

use teloxide::{
    dispatching::{Dispatcher, ShutdownToken, UpdateFilterExt, UpdateHandler},
    dptree,
    types::Update,
};
use tokio::time::sleep;

use super::{
    delivery::TelegramBot,
    handlers::{Handlers, endpoints as on},
};

/// A dispatcher whose handlers never fail.
pub(super) type Dispatching = Dispatcher<TelegramBot, Infallible, Infallible>;

/// The tree of handlers: each update is handled once, in the branch of its kind.
///
/// The filter is applied in each branch rather than above them: there it would make teloxide
/// request updates of every kind.
fn tree() -> UpdateHandler<Infallible> {
    let first_time = |update: Update, handlers: Arc<Handlers>| handlers.seen.first_time(update.id);
    dptree::entry()
        .branch(
            Update::filter_message()
                .filter(first_time)
                .endpoint(on::message),
        )
        .branch(
            Update::filter_edited_message()
                .filter(first_time)
                .endpoint(on::edited),
        )
        .branch(
            Update::filter_callback_query()
                .filter(first_time)
                .endpoint(on::callback),
        )
        .branch(
            Update::filter_inline_query()
                .filter(first_time)
                .endpoint(on::inline),
        )
}

/// Builds a dispatcher that passes updates to `handlers`.
pub(super) fn dispatcher(bot: TelegramBot, handlers: Arc<Handlers>) -> Dispatching {
    Dispatcher::builder(bot, tree())
        .dependencies(dptree::deps![handlers])
        // Concurrently: see the module documentation.
        .distribution_function(|_| None::<Infallible>)
        // teloxide's own would log the whole update.
        .default_handler(|_| async {})
        .build()
}

/// Stops the dispatcher, which may not have started yet, and waits for it to finish.
pub(super) async fn stop(token: &ShutdownToken, running: impl Future) {
    let mut running = pin!(running);
    while token.shutdown().is_err() {
        tokio::select! {
            _ = &mut running => return,
            () = sleep(Duration::from_millis(50)) => {}
        }
    }
    running.await;
}
