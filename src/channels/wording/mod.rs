//! The words that all channels share: plain, polite Simplified Chinese.
//!
//! Renderers convert them to the asker's script. What only one channel says (buttons, commands)
//! stands with that channel.

mod citation;
mod fixed;
mod notice;
mod opening;
mod refusal;
mod reload;
mod script;
mod sources;

pub use self::{
    citation::{bracketed, column, number, period_label, source, source_line},
    fixed::{BUSY, EMPTY, FAILED, GONE, NOT_ADMIN, SUGGESTIONS, TOO_FAST, UNKNOWN_COMMAND, help},
    notice::notice,
    opening::{COMPARISON, opening},
    refusal::refusal,
    reload::reload,
    script::in_script,
    sources::{sources, terms},
};
