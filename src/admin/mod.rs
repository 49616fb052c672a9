//! Administration: commands, who may give them, and what becomes of them. The same on every channel.
//!
//! | part | what it owns |
//! |---|---|
//! | [`Command`], [`parse()`] | what can be asked for, and how it is typed |
//! | [`Office`] | performs commands |
//! | [`Outcome`] | what became of one, as data; channels word it |
//! | `people`, `members` | roles by the settings and by grant, one-time codes, keys |
//! | `sign_in` | links, passwords and sessions of the console |
//! | `jobs` | commands that take a while |
//!
//! Whatever changes something is written down with a row of the audit in one transaction of the store.

mod address;
mod alerting;
mod alerts;
mod answers;
mod arguments;
mod audit;
mod board;
mod changes;
mod command;
mod desk;
mod digest;
mod intake;
mod jobs;
mod learn;
mod learning;
mod listed;
mod members;
mod office;
mod once;
mod open;
mod outcome;
mod parse;
mod people;
mod queue;
mod rule_upload;
mod schedule;
mod secrets;
mod sign_in;
mod stats;
mod texts;
mod tickets;
mod topics;
mod tries;
mod tryout;
mod upload;
mod usage;
mod words;

pub use self::{
    alerts::{AlertKind, Told},
    arguments::day_at,
    changes::OwnWords,
    command::Command,
    desk::TicketEvent,
    digest::Digest,
    intake::Intake,
    listed::{ListedPin, ListedText, ListedTopic, TicketDetail, TopicDetail, TopicPage},
    office::{Office, OfficeSettings},
    outcome::{ListedJob, Outcome, Previewed, Refused, State},
    parse::parse,
    people::{GrantedBy, Member},
    queue::Wait,
    sign_in::{
        BadPassword, IDLE, NewSecondFactor, Offered, PasswordTry, SignedIn, WHOLE, hash_password,
    },
    tickets::{Asked, Opened},
    topics::TOPICS_SHOWN,
    tryout::Tried,
    usage::{COMMANDS, Listed, Problem},
    words::{Relation, WordLine},
};
