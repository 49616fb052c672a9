//! Files of every format that is read, to paragraphs.
//!
//! `detect` tells the format by the bytes; each format has a reader, which knows how things are set
//! in a file (heading styles, bold type) and nothing of what they are in a report.

mod decode;
mod detect;
mod docx;
mod html;
mod jsonl;
mod pdf;
mod text;

pub(crate) use self::detect::{Content, Read, read};
