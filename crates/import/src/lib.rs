//! Converts a report from any supported file format into a corpus file.
//!
//! ```
//! use wenzheng_import::{Options, import};
//! let raw = "2024年通渭縣政府工作報告\n各位代表:\n2024年重點工作\n加快健康通渭建設。持續深化改革。";
//! let imported = import(raw.as_bytes(), &Options::default()).unwrap();
//! assert_eq!(imported.meta.place, "通渭县");
//! assert!(imported.text.ends_with("## 2024年重点工作\n\n**加快健康通渭建设。**持续深化改革。\n"));
//! ```
//!
//! In order:
//!
//! 1. `format` detects the format and reads it; `split` collects the paragraphs (with `single_line`,
//!    `line_join` and `boilerplate`).
//! 2. `clean` takes out what copying put in and mends damaged bytes ([`gbk_repair`]), before
//!    anything else touches the characters: the bytes must be those of the damage. Then it makes
//!    Traditional characters Simplified and half-width marks full-width.
//! 3. `metadata` finds place, year, title and speaker (with `place`, `years`, `titles`, `speaker`).
//! 4. `layout` recognises what each paragraph is, and `periods` writes down what the headings leave
//!    open; the answers of an FAQ need neither (`faq`).
//!
//! A notice, a guide or a list of services is a policy document: `policy` reads its number, its dates, and what
//! it repeals or extends, and asks for what the text leaves open.
//!
//! The only files refused are those that cannot be read and texts that name neither place nor year.
//! Everything changed, doubtful or left out is listed for the administrator.

pub mod artifacts;
mod boilerplate;
mod clean;
#[cfg(test)]
mod clean_text;
mod document;
mod document_place;
mod error;
mod faq;
mod format;
mod kind;
mod layout;
mod limits;
mod line_join;
mod metadata;
mod model;
mod paragraph;
mod periods;
mod pipeline;
pub mod place;
mod policy;
pub mod punctuation;
pub mod radicals;
mod single_line;
mod speaker;
mod split;
mod titles;
mod years;

pub use gbk_repair::Certainty;

pub use self::{
    error::ImportError,
    model::{Imported, LeftOut, Mend, Options},
    pipeline::import,
    policy::Question,
    years::year_of_title,
};
