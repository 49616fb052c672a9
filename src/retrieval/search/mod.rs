//! Which passages answer: candidates by words and by meaning, what each of their sentences is
//! judged by, and how sure the best is.

pub mod belief;
pub(crate) mod index;
pub(crate) mod rank;
pub mod ranking;
