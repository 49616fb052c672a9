//! How much was asked, and how that ended: figures of some days, as values.
//!
//! | part | what it owns |
//! |---|---|
//! | [`Period`], [`Chosen`] | which days, of which place and channel |
//! | [`Figures`], [`Totals`], [`Counts`] | the figures themselves |
//! | [`read()`] | the figures as the store has them |
//! | [`Latency`], [`Times`] | how long answers took, from the buckets that are kept |
//! | [`due_week`] | when the week before is told |
//! | [`Csv`] | tables for spreadsheets |
//! | [`as_json`] | the figures for programs |
//!
//! Figures are made from counts that are written as questions come, never from the questions: a million of
//! them cost no more than a thousand, and the figures outlive their texts. Days are those of China. Words for
//! people are not here.

mod csv;
mod figures;
mod json;
mod latency;
mod period;
mod read;
mod week;

pub use self::{
    csv::Csv,
    figures::{Chosen, Counts, Day, Figures, Grouped, Grouping, Totals, Votes},
    json::as_json,
    latency::{Latency, Times},
    period::{Period, days_typed},
    read::read,
    week::due_week,
};
