//! What a policy document says of itself in its text: its number, its dates, how long it holds, and which
//! documents it repeals, extends, amends or carries out.
//!
//! Nothing is guessed. What the text hints at and does not say is asked for ([`Question`]).

mod dates;
mod kind;
mod number;
mod question;
mod read;
mod relations;

pub use self::question::Question;
pub(crate) use self::{
    kind::is_policy,
    read::{is_signature, name, read},
};
