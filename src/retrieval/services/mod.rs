//! Services and policies that documents describe field by field: which of them a question names, and which
//! field it asks for.
//!
//! A guide is one service; a list has one a row. Each knows what people call it and where its fields stand.

mod build;
mod facets;
mod index;
mod names;

pub use self::{
    build::fields_of,
    facets::asked,
    index::{Field, Part, Service, ServiceIndex},
};
pub(super) use names::{bare, matter};
