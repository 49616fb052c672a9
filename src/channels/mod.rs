//! Channels turn incoming messages into requests and render replies; they know nothing about
//! search. They share a [service](crate::service), but not a life cycle: each has its own `run`.
//!
//! Code shared by channels is in this module: the rendering contract ([`blocks`], [`cut`]), texts
//! ([`wording`]), links to passages ([`permalink`]), answers as plain text and as JSON. Channels
//! based on HTTP provide a router each, which `cli::serve` passes to the server of the web channel.

pub mod admin;
pub mod answer_json;
pub mod blocks;
mod client;
pub mod console;
pub mod cut;
pub mod deployment;
pub mod eligibility_json;
#[cfg(test)]
mod fixtures;
pub mod hotlines;
pub mod mcp;
pub mod permalink;
pub mod plain;
pub mod proxies;
pub mod telegram;
pub mod web;
pub mod wechat;
pub mod wording;
