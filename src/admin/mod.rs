//! Administration: commands, who may give them, and what becomes of them. The same on every channel.
//!
//! | part | what it owns |
//! |---|---|
//! | [`Command`], [`parse()`] | what can be asked for, and how it is typed |
//! | [`Office`] | performs commands |
//! | [`Outcome`] | what became of one, as data; channels word it |
//! | `people`, `members` | roles by the settings and by grant, one-time codes, keys |
//! | `jobs` | commands that take a while |
//!
//! Whatever changes something is written down with a row of the audit in one transaction of the store.

mod answers;
mod board;
mod changes;
mod command;
mod intake;
mod jobs;
mod members;
mod office;
mod once;
mod open;
mod outcome;
mod parse;
mod people;
mod queue;
mod schedule;
mod secrets;
mod tries;
mod upload;
mod usage;
mod words;

pub use self::{
    command::Command,
    intake::Intake,
    office::{Office, OfficeSettings},
    outcome::{ListedJob, Outcome, Previewed, Refused, State},
    parse::parse,
    people::{GrantedBy, Member},
    queue::Wait,
    usage::{COMMANDS, Listed, Problem},
};
