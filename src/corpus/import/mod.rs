//! Turns a report as it was found into the blocks of a corpus file.
//!
//! ```
//! use wenzheng::corpus::import::{Options, import};
//! let raw = "2024年通渭縣政府工作報告\n各位代表:\n2024年重點工作\n加快健康通渭建設。持續深化改革。";
//! let imported = import(raw.as_bytes(), &Options::default()).unwrap();
//! assert_eq!(imported.meta.place, "通渭县");
//! assert!(imported.text.ends_with("## 2024年重点工作\n\n**加快健康通渭建设。**持续深化改革。\n"));
//! ```
//!
//! In order: bytes to paragraphs (`format` tells which reader: `html`, `docx`, `pdf`, `jsonl`, or
//! `decode` and `paragraphs` for text), noise taken out and damaged bytes put back ([`crate::text::repair`]; before anything else touches the characters, for the bytes must be those of
//! the damage), Traditional to Simplified, half-width marks to full-width, and at last what each
//! paragraph is (`front`, `layout`). Nothing is refused but a text that names neither place
//! nor year; whatever was changed, doubtful or left out is listed for the administrator.

mod boilerplate;
mod dense;
mod error;
mod faq;
mod format;
mod front;
mod layout;
mod limits;
mod model;
mod paragraph;
mod patterns;
mod periods;
mod pipeline;
mod place;
mod restore;
mod split;
mod titles;
mod wrap;

pub use self::{
    error::ImportError,
    model::{Imported, LeftOut, Mend, Options},
    pipeline::import,
};
