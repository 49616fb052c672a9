//! Between the importer and the corpus: where an imported file belongs, and what whoever brings it is told.
//!
//! The importer makes a text of a file and knows of no corpus. Here that text gets its place
//! (`tongwei/2024-work-report.md`), is read back as it will be served, and is described for people: what was
//! recognised, mended and left out, and what should be looked at. `wenzheng import` and uploads tell the same.

mod at;
mod folders;
mod name;
mod periods;
mod read_back;
mod report;
mod warnings;

pub use self::{
    at::At,
    folders::{Folders, folder_name},
    name::file_name,
    periods::count,
    read_back::read_back,
    report::lines,
    warnings::{Warning, warnings},
};
