//! Chinese text: [`wenzheng_text`].

pub use wenzheng_text::{
    Span, figures, han, hex, normalize, numerals, pinyin, script, segment, sentence,
};
