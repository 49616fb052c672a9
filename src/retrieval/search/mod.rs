//! Which passages answer: candidates by words and by meaning, the features and the score of each of
//! their sentences, and how sure the best is.

pub(crate) mod confidence;
pub(crate) mod coverage;
pub(crate) mod features;
pub(crate) mod folded;
pub(crate) mod index;
mod numbers;
pub mod ranking;
pub(crate) mod score;
mod signals;
