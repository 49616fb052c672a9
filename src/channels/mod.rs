//! Ways in: each channel makes a request of an update and a message of the reply, and knows nothing of
//! search. Channels share a [service](crate::service), not a life cycle: each has its own `run`.
//!
//! What they share stands here: the rendering contract ([`blocks`], [`cut`]), the words
//! ([`wording`]), addresses of passages ([`permalink`]), answers as plain text and as data. Channels
//! that are reached by HTTP make a router each; `cli::serve` hands these to the server of the web
//! channel.

pub mod answer_json;
pub mod blocks;
mod client;
pub mod cut;
pub mod deployment;
#[cfg(test)]
mod fixtures;
pub mod mcp;
pub mod permalink;
pub mod plain;
pub mod telegram;
pub mod web;
pub mod wechat;
pub mod wording;
