//! Tables of policy documents by row and column: which rows a question means, and which column it asks for.
//!
//! A row is a passage that knows its cells. Here rows with the same columns that follow one another are a table again.

mod alike;
mod asked;
mod build;
mod table;

pub use self::{
    asked::{Asked, asked, names_cell},
    table::{Table, TableIndex},
};
