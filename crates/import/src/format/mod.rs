//! Readers of the supported file formats: bytes to paragraphs.
//!
//! `detect` recognises the format by content. A reader knows the formatting of a file (heading styles,
//! bold type), but nothing about reports.

mod decode;
mod detect;
mod docx;
mod html;
mod jsonl;
mod pdf;
mod text;

pub(crate) use self::detect::read;
