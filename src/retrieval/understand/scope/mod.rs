//! Which documents a question is about: place and year choose among those loaded.
//!
//! A question that names neither is about the newest report of the default place; without one,
//! about the newest report of every place. 去年 and 今年 stand for the years of the newest report
//! of the place, never for the clock's.

mod catalog;
mod comparison;
mod resolve;
mod years;

pub use catalog::{Catalog, Level};
pub use comparison::Compared;
pub use resolve::Scope;
