//! One file a page.

pub(super) mod act;
pub(super) mod audit;
pub(super) mod documents;
pub(super) mod editions;
pub(super) mod export;
mod figures;
mod filter;
pub(super) mod import;
pub(super) mod job;
pub(super) mod me;
pub(super) mod notices;
pub(super) mod overview;
pub(super) mod people;
pub(super) mod pins;
pub(super) mod questions;
pub(super) mod settings;
pub(super) mod texts;
pub(super) mod tickets;
pub(super) mod tryout;
pub(super) mod words;
