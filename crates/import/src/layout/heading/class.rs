//! The numbers before headings: 第一部分, 一、, （一）, 1.

use wenzheng_text::{Pattern, normalize::narrow_digits, numerals};

/// Numbers in Chinese numerals: 第一部分, 第二章; 一、 and 一.; （一）, （一）、
static CHINESE: [(Pattern, Class); 3] = [
    (
        Pattern::new("^第([一二三四五六七八九十]{1,3})(?:部分|章|篇|编)[、：:， \u{3000}]*"),
        Class::Chapter,
    ),
    (
        Pattern::new("^([一二三四五六七八九十]{1,3})[、．.][ \u{3000}]*"),
        Class::Tens,
    ),
    (
        Pattern::new("^[（(〔]([一二三四五六七八九十]{1,3})[）)〕][、．.]?[ \u{3000}]*"),
        Class::Paren,
    ),
];
/// 1. and 1、; not 1.5万.
static ARABIC: Pattern = Pattern::new("^([0-9０-９]{1,2})[.．、][ \u{3000}]*");
/// Kinds of numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// 第一部分
    Chapter,
    /// 一、
    Tens,
    /// （一）
    Paren,
    /// 1.
    Arabic,
    /// Without a number.
    Plain,
}

/// True for a paragraph that begins with a number: 1.身份证, （二）条件.
pub(crate) fn is_numbered(text: &str) -> bool {
    number(text).0 != Class::Plain
}

/// Returns the numbering of a paragraph, the number, and its length in bytes.
pub(crate) fn number(text: &str) -> (Class, usize, usize) {
    for (pattern, class) in &CHINESE {
        if let Some(found) = pattern.captures(text)
            && let Some(number) = numerals::parse(&found[1])
        {
            return (*class, number, found[0].len());
        }
    }
    if let Some(found) = ARABIC.captures(text)
        && !text[found[0].len()..].starts_with(char::is_numeric)
    {
        let number = narrow_digits(&found[1]).parse().unwrap_or(0);
        return (Class::Arabic, number, found[0].len());
    }
    (Class::Plain, 0, 0)
}
