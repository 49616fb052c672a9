//! Web pages as saved from government sites: the report's paragraphs without what surrounds them.
//!
//! The page is read token by token (html5ever), never as a tree of owned nodes, so nesting a
//! million deep costs neither stack nor time. The report is the innermost element that still holds
//! most of the page's prose: text outside of links, in lines that end like sentences.

mod attributes;
mod encoding;
mod lines;
mod page;
mod read;

pub(super) use self::{
    encoding::{decode, is_html},
    read::read,
};

#[cfg(test)]
mod tests;
