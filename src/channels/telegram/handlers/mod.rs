//! Handles updates: passes requests to the service and sends the rendered replies.
//!
//! Updates are handled concurrently, in one task, so everything that depends on their order (rate limits, the
//! turns of a conversation, which edit of a question is the latest) happens before a handler's
//! first `await`.

mod command;
mod dispatch;
mod file;
mod inline;
mod message;
mod pick;
mod press;
mod response;
mod sender;
mod staff;
mod state;
mod suggested;
#[cfg(test)]
mod tests;

pub(super) use self::state::Handlers;
