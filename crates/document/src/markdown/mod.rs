//! Reads corpus files, reporting every problem, and writes them.

mod front_matter;
mod read;
mod table;
mod write;

pub use self::{
    read::{Source, read},
    write::{Written, write},
};

#[cfg(test)]
mod tests;
