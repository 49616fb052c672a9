//! Which paragraphs are headings, and how deep each of them is.
//!
//! Reports number in any order: parts without a number over 一、 over （一）; 一、 as the part itself;
//! （一） right below the part; slogans without a number between them. So levels are not read off
//! the kind of number but off what stands above: the first pass finds headings by their form, the
//! second gives each a level from what is in force.

mod class;
mod form;
mod levels;
mod outline;

pub(crate) use self::{
    form::bold_prefix,
    outline::{Heading, outline},
};

#[cfg(test)]
mod tests;
