//! Readers of the supported file formats: bytes to paragraphs.
//!
//! `detect` recognises the format by content. A reader knows the formatting of a file (heading styles,
//! bold type), but nothing about reports.

mod decode;
mod detect;
mod docx;
mod grid;
mod html;
mod jsonl;
mod pdf;
mod raised;
mod text;

pub(crate) use self::detect::read;
