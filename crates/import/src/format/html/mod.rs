//! Reads web pages saved from government sites, without navigation and other boilerplate.
//!
//! The page is read token by token (html5ever), never as a tree of owned nodes, so deep nesting costs
//! neither stack nor time. The report is the innermost element that holds most of the prose: text
//! outside links, in lines that end like sentences.

mod attributes;
mod lines;
mod page;
mod read;
mod tables;

pub(super) use self::read::{decode, is_html, read};

#[cfg(test)]
mod tests;
