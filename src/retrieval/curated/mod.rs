//! Curated answers: which entry of a list of questions with answers is the one that is asked for.
//!
//! A question is compared with the questions of the list, and with their answers only beside them.
//! Neighbours that say the opposite, another year, another bus line or another number of a document are
//! no matches, however many words they share.

mod document_number;
mod index;
mod named;
mod polarity;
mod score;
mod slot;

pub use document_number::DocumentNumber;
pub(crate) use index::curated_questions;
pub use index::{CuratedIndex, CuratedMatch};
