//! Small documents with rules, and the worked example.

mod document;

pub(crate) use self::document::{Document, example, talk};
