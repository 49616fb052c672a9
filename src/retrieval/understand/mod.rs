//! What a question asks for: which documents, which period, which kind of fact, and the words to
//! look for.
//!
//! Knows the lists of `config/lexicon`, and of the corpus its places, years, glossaries and words;
//! nothing of passages or scores.

pub mod fact;
pub mod lexicon;
pub(crate) mod message;
mod pattern;
pub mod period;
pub mod query;
pub mod scope;
pub mod slogan;
pub(crate) mod suggest;
pub(crate) mod vocabulary;
