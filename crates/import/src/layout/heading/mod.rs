//! Finds headings and their levels.
//!
//! Reports number their headings in any order: unnumbered parts over 一、 over （一）; 一、 as the part
//! itself; （一） directly below the part; unnumbered slogans in between. The kind of number therefore
//! does not determine the level: a first pass finds headings by form, a second assigns levels from the
//! headings above.

mod class;
mod form;
mod levels;
mod outline;

pub(crate) use self::{
    class::{Class, is_numbered, number},
    form::bold_prefix,
    outline::{Heading, outline},
};

#[cfg(test)]
mod tests;
