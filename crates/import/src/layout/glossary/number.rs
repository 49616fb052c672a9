//! Numbers in front of entries: 1. （1） `[1]` `[^1]:` ① 一、 注1：.

use super::name::opens_entry;
use crate::paragraph::chars;
use wenzheng_text::{Pattern, han::is_han, normalize::narrow_digits, numerals};

/// Numbering styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// 1. 1、 1．
    Dot,
    /// （1） 1）
    Round,
    /// `[1]` 【1】 ﹝1﹞ <1>, and the footnotes of Markdown: `[^1]:`
    Square,
    /// ①
    Circled,
    /// 一、
    Tens,
    /// （一）
    Paren,
    /// 注1：
    Note,
}

static NUMBERS: [(Pattern, Style); 6] = [
    (
        Pattern::new(r"^([0-9０-９]{1,3})(?:[.．、，]|[ \t\u{3000}]+)[ \t\u{3000}]*"),
        Style::Dot,
    ),
    (
        Pattern::new(r"^[（(]?([0-9０-９]{1,3})[）)][.．、]?[ \t\u{3000}]*"),
        Style::Round,
    ),
    (
        Pattern::new(
            r"^[\[［【〔﹝<〈]\^?([0-9０-９]{1,3})[\]］】〕﹞>〉][.．、：:]?[ \t\u{3000}]*",
        ),
        Style::Square,
    ),
    (
        Pattern::new(r"^([一二三四五六七八九十]{1,4})[、．.][ \t\u{3000}]*"),
        Style::Tens,
    ),
    (
        Pattern::new(r"^[（(]([一二三四五六七八九十]{1,4})[）)][、．.]?[ \t\u{3000}]*"),
        Style::Paren,
    ),
    (
        Pattern::new(
            r"^(?:注释?|名词)([0-9０-９一二三四五六七八九十]{1,3})[：:、.．]?[ \t\u{3000}]*",
        ),
        Style::Note,
    ),
];

/// A number at the start of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number {
    pub(crate) style: Style,
    pub(crate) n: usize,
    /// Length in bytes.
    pub(crate) length: usize,
    /// True if it may be part of a figure, as in 2.5万, rather than a number before a name, as in
    /// 1.5G基站.
    pub(crate) figure: bool,
}

impl Number {
    /// True if the number is the `expected` one of its sequence, or at most two ahead.
    pub(crate) fn follows(&self, expected: usize, text: &str) -> bool {
        if self.figure {
            let name = &text[self.length..];
            return self.n == expected && (opens_entry(name) || is_name(name));
        }
        (expected..expected + 3).contains(&self.n)
    }
}

/// True for a line that may be the name of an entry whose definition stands below: 53项冠军产品,
/// 2024年10件民生实事：.
fn is_name(text: &str) -> bool {
    let text = text.trim_end_matches(['：', ':']);
    let figures = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let name = figures.starts_with(is_han) && !figures.starts_with(['亿', '万', '元', '公', '平']);
    name && (4..=24).contains(&chars(text)) && !text.contains(['，', '。', '；', '：', '、'])
}

/// Parses the number at the start of `text`.
pub(crate) fn number(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    if let Some(n) = circled(first) {
        let mark = first.len_utf8();
        let rest = text[mark..].trim_start_matches(['.', '．', '、', ' ', '\u{3000}']);
        return Some(Number {
            style: Style::Circled,
            n,
            length: text.len() - rest.len(),
            figure: false,
        });
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=3).contains(&digits) && text[digits..].starts_with(['“', '《']) {
        return Some(Number {
            style: Style::Dot,
            n: text[..digits].parse().ok()?,
            length: digits,
            figure: false,
        });
    }
    NUMBERS.iter().find_map(|(pattern, style)| {
        let found = pattern.captures(text)?;
        let n = narrow_digits(&found[1])
            .parse()
            .ok()
            .or_else(|| numerals::parse(&found[1]))?;
        let rest = &text[found[0].len()..];
        let digit = rest.starts_with(|c: char| c.is_ascii_digit());
        Some(Number {
            style: *style,
            n,
            length: found[0].len(),
            figure: *style == Style::Dot && digit && found[0].ends_with('.'),
        })
    })
}

/// ① to ㊿, ❶ to ❿, ⑴ to ⒇.
pub(crate) fn circled(c: char) -> Option<usize> {
    let n = match c {
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        '㉑'..='㉟' => c as u32 - '㉑' as u32 + 21,
        '㊱'..='㊿' => c as u32 - '㊱' as u32 + 36,
        '❶'..='❿' => c as u32 - '❶' as u32 + 1,
        '⑴'..='⒇' => c as u32 - '⑴' as u32 + 1,
        '⒈'..='⒛' => c as u32 - '⒈' as u32 + 1,
        _ => return None,
    };
    usize::try_from(n).ok()
}
