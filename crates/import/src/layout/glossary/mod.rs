//! Reads glossaries (名词解释) at the end of a report, in their many forms.
//!
//! | in the source | entry |
//! |---|---|
//! | `1.“三抓三促”行动：抓学习…` `①` `[1]` `（1）` `注1：` | split at the ： |
//! | `**三抓三促**　指抓学习…` | the bold opening is the name |
//! | `三抓三促——抓学习…`, `“三抓三促”是指抓学习…` | split at the dash, or at the verb |
//! | `1.三抓三促` and the definition on the next line | lines joined |
//! | `报告原文：…` / `解释：…` below or instead of the name | the quoted sentence is left out |
//!
//! If most lines are numbered in sequence, only a number begins an entry, since definitions may have
//! paragraphs and lists of their own.

mod entries;
mod name;
mod number;
mod range;

pub(crate) use self::{
    entries::entries,
    number::circled,
    range::{numbered, range},
};

#[cfg(test)]
mod tests;
