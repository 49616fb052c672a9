//! The texts that all channels share, in plain, polite Simplified Chinese.
//!
//! Renderers convert them to the asker's script. Texts of a single channel (buttons, commands) are
//! in that channel.

mod about;
pub mod admin;
mod citation;
mod eligibility;
mod fixed;
mod notice;
mod opening;
mod referral;
mod reload;
mod script;
mod sources;
mod talk;

pub use self::{
    about::{Link, links},
    citation::{
        bracketed, citation_label, column, label, number, part_label, passage_label, source,
        source_line, standing,
    },
    eligibility::{Buttons, buttons, check, typed_choices},
    fixed::{
        BUSY, EMPTY, FAILED, GONE, NOT_ADMIN, TOO_FAST, UNKNOWN_COMMAND, help, in_a_line,
        office_notice, reason, refusal, replied, suggested,
    },
    notice::{notice, notices},
    opening::{COMPARISON, after_numbers, opening},
    referral::{numbers, referral},
    reload::reload,
    script::in_script,
    sources::{by_kind, called, kind, sources, terms},
};
