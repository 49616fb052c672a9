//! What may be wrong in a corpus that can be served: reports loaded twice, a plan filed as a review, front
//! matter that contradicts its text, policy documents that soon no longer hold, and whatever else nobody notices until an answer is wrong.
//!
//! Loading tells only what keeps a file from being read ([`Problem`](super::Problem)). All of this takes
//! longer and is looked for by `wenzheng check` alone.

mod characters;
mod doubles;
mod finding;
mod front_matter;
mod periods;
mod places;
mod tables;
mod terms;
mod validity;
mod validity_doubt;
mod whole;

pub use finding::{Doubt, Extent, Finding};
pub use validity_doubt::ValidityDoubt;
pub use whole::check;
