//! The people who run the bot: what they may do, for which places, and what is written of it.

mod actor;
mod role;

pub use self::{
    actor::Actor,
    role::{Grant, Role},
};
