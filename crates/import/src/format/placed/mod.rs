//! Text placed on pages, whatever the format: runs into lines, columns and tables, pages into paragraphs.
//!
//! Running heads, page numbers and line breaks are removed. Positions are in points or any other unit,
//! with y upwards.

mod assemble;
mod columns;
mod continued;
mod matrix;
mod order;
mod path;
mod rule;
mod ruled;
mod run;
mod table;

pub(super) use self::{
    assemble::{PageText, assemble},
    matrix::Matrix,
    order::items,
    path::Paths,
    run::{Item, Run},
};
