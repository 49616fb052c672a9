//! Chinese text: [`wenzheng_text`], and what only the import of damaged text needs.

pub mod noise;
pub mod punctuation;

pub use gbk_repair as repair;
pub use wenzheng_text::{
    Span, figures, han, hex, normalize, numerals, pinyin, script, segment, sentence,
};
