//! Readers of the supported file formats: bytes to paragraphs.
//!
//! `detect` recognises the format by content. A reader knows the formatting of a file (heading styles,
//! bold type), but nothing about reports.

mod archive;
mod contents;
mod decode;
mod detect;
mod docx;
mod grid;
mod html;
mod jsonl;
mod mime;
mod ofd;
mod pdf;
mod placed;
mod raised;
mod sheet;
mod text;
mod unsupported;
mod xml;

pub(crate) use self::detect::read;
