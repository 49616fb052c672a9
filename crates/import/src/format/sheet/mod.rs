//! Reads workbooks (XLSX, and XLS of Excel 97 and later) as they are displayed.
//!
//! A cell is what the sheet shows: 0.075 in the format `0.0%` is 7.5%. Formulas give their stored
//! result. What is hidden is left out and listed, and so are errors and whatever cannot be displayed
//! with certainty: an empty cell is better than a wrong figure.

mod assemble;
mod book;
mod builtin;
mod format;
mod section;
mod styles;
mod view;
mod xls;
mod xlsx;

pub(super) use self::{xls::read as read_xls, xlsx::read as read_xlsx};

#[cfg(test)]
mod tests;
