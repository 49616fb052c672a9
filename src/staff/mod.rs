//! The people who run the bot: what they may do, for which places, what is written of it, and the texts that
//! they give.

mod actor;
mod role;
mod texts;

pub use self::{
    actor::Actor,
    role::{Grant, Role},
    texts::{OfficeTexts, TextName},
};
