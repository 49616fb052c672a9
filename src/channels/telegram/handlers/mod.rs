//! Handles updates: takes what was asked or pressed, asks the assistant, sends the reply.
//!
//! What must happen in order (counting, the turns of a conversation, which words of an edited
//! question are the newest) happens before the first `await`, because updates are handled side by
//! side.

mod answer;
mod command;
pub(super) mod endpoints;
mod inline;
mod message;
mod press;
mod send;
mod sender;
mod state;
#[cfg(test)]
mod tests;
mod vote;

pub(super) use self::state::Handlers;
