//! Ways in: each channel turns an update into a question and an answer into a message, and knows
//! nothing of search. Channels share a service, not a life cycle: each has its own `run`.

mod client;
pub mod limits;
pub mod plain;
pub mod record;
pub mod telegram;
pub mod web;
pub mod wording;
