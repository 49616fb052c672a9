//! Reading `*.rules.toml`: from TOML to a [`Draft`], with every fault in its line.
//!
//! Read by hand rather than through serde, which stops at the first fault.

mod amount;
mod claim;
mod draft;
mod fields;
mod known;
mod scenario;
mod test;
mod variable;
mod vocabulary;

pub use self::vocabulary::Vocabulary;
pub(crate) use self::{
    claim::Claim,
    draft::{Draft, read},
};
