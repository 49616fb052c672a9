//! Corpus files: reads their Markdown, with every problem found on the way, and writes it.

mod front_matter;
mod read;
mod write;

pub use self::{
    read::{Source, read},
    write::{Written, write},
};

#[cfg(test)]
mod tests;
