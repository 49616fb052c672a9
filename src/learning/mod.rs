//! What an office learns from questions that were not answered well.
//!
//! [`Grouper`] puts questions together that ask the same, so that people read “医保报销比例” once and
//! not 37 questions.
//!
//! [`Sorter`] sorts the log of the store so.
//!
//! Nothing here is logged: a question's words belong to the store.

mod grouping;
mod sorter;

pub use sorter::{CHINA, Log, Sorter};

pub use grouping::{
    Features, GroupId, Grouper, KeptGroup, KeptGrouper, KeptQuestion, QuestionKey, is_kept, read,
};
