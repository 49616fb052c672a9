//! The digits of a text in any script, and what stands between them.

use unicode_normalization::UnicodeNormalization;

use crate::han::is_any_han;

/// One decimal digit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digit {
    /// 0 to 9.
    pub(super) value: u8,
    /// A numeral (三, 叁), not a figure (3, ３, ③).
    pub(super) han: bool,
    /// Where its character begins; bytes of the text.
    pub(super) start: usize,
    /// Where its character ends with the marks on it (the frame of 3️⃣); bytes of the text.
    pub(super) end: usize,
    /// What stands between the digit before and this one.
    pub(super) gap: Gap,
}

/// A set of the signs between two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap(u8);

impl Gap {
    /// Nothing, or nothing that can be seen.
    pub(super) const NONE: Self = Self(0);
    pub(super) const SPACE: Self = Self(1);
    pub(super) const HYPHEN: Self = Self(2);
    pub(super) const DOT: Self = Self(4);
    /// A slash, a tilde, a comma, a stop or the end of a line.
    pub(super) const OTHER: Self = Self(8);
    pub(super) const BRACKET: Self = Self(16);
    /// Something that no number has inside.
    pub(super) const BREAK: Self = Self(128);

    pub(super) const fn within(self, allowed: Self) -> bool {
        self.0 & !allowed.0 == 0
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn is_break(self) -> bool {
        self.0 >= Self::BREAK.0
    }

    /// A break, where more stands together than people put between the groups of a number.
    fn checked(self, signs: usize) -> Self {
        let single = self.0 & !Self::SPACE.0;
        let plain = single.count_ones() < 2 || self.within(LOOSE.and(Self::BRACKET));
        if signs <= 3 && plain && !self.is_break() {
            self
        } else {
            Self::BREAK
        }
    }

    pub(super) const fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => Self::OTHER,
            '/' | '／' | ',' | '，' | '、' | '。' | '~' | '～' => Self::OTHER,
            '\u{2800}' | '\u{3164}' => Self::SPACE,
            '-' | '_' | '\u{2010}'..='\u{2015}' | '−' | '─' | '━' | '﹣' | '－' | 'ー' | '＿' => {
                Self::HYPHEN
            }
            '.' | '．' | '·' | '•' | '・' | '･' | '‧' | '∙' | '⋅' | '․' => Self::DOT,
            '(' | ')' | '（' | '）' | '[' | ']' | '［' | '］' => Self::BRACKET,
            c if c.is_whitespace() => Self::SPACE,
            _ => Self::BREAK,
        }
    }
}

/// What people type between the groups of any number.
pub(super) const LOOSE: Gap = Gap::SPACE.and(Gap::HYPHEN);

/// All digits of `text` in order.
pub(super) fn digits(text: &str) -> Vec<Digit> {
    let mut digits: Vec<Digit> = Vec::new();
    let (mut gap, mut signs, mut since) = (Gap::BREAK, 0, 0);
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if let Some((value, han)) = numeral(c).filter(|_| !is_word(c, &text[..start], &text[end..]))
        {
            let between = gap.checked(signs);
            let mut push = |value, gap| {
                digits.push(Digit {
                    value,
                    han,
                    start,
                    end,
                    gap,
                });
            };
            if value >= 10 {
                push(value / 10, between);
                push(value % 10, Gap::NONE);
            } else {
                push(value, between);
            }
            (gap, signs, since) = (Gap::NONE, 0, end);
        } else if gap.is_break() {
            // Nothing that follows can mend it.
        } else if is_mark(c) {
            if let Some(digit) = digits.last_mut().filter(|_| since == start) {
                (digit.end, since) = (end, end);
            }
        } else if !is_invisible(c) {
            gap = gap.and(Gap::of(c));
            signs += 1;
        }
    }
    digits
}

/// True for a numeral that is a word or part of one: 两 before others (两次), 么 after 什.
fn is_word(c: char, before: &str, after: &str) -> bool {
    let word = |next: char| is_any_han(next) && numeral(next).is_none();
    match c {
        '两' | '兩' => after.starts_with(word),
        '么' => before.ends_with(['什', '怎', '这', '那', '多', '要']),
        _ => false,
    }
}

/// The value of `c`, up to 50 (㊿), and whether it is a Chinese numeral.
pub(super) fn numeral(c: char) -> Option<(u8, bool)> {
    match c {
        '0'..='9' => Some((low(c) - b'0', false)),
        '\0'..='\x7f' => None,
        '０'..='９' => Some((low(c) - low('０'), false)),
        '\u{4e00}'..='\u{9fff}' | '〇' | '○' | '◯' => Some((han(c)?, true)),
        // Compatibility forms of numerals, and circled and bracketed ones.
        '\u{2f00}'..='\u{2fd5}'
        | '\u{3192}'..='\u{3195}'
        | '\u{3220}'..='\u{3228}'
        | '\u{3280}'..='\u{3288}'
        | '\u{f900}'..='\u{faff}' => {
            let mut plain = std::iter::once(c).nfkc().filter(|c| *c != '(' && *c != ')');
            Some((han(plain.next()?)?, true))
        }
        _ => Some((figure(c)?, false)),
    }
}

/// The lowest byte of a code point: enough for differences within a block of digits.
const fn low(c: char) -> u8 {
    (c as u32 & 0xff) as u8
}

/// The value of a numeral that is read out as one digit.
const fn han(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        // 幺 is how digits are read out; 么 is what people type for it.
        '一' | '壹' | '壱' | '弌' | '幺' | '么' => 1,
        '二' | '贰' | '貳' | '弐' | '貮' | '弍' | '两' | '兩' => 2,
        '三' | '叁' | '叄' | '參' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Where the blocks of ten decimal digits begin (Unicode 15, general category Nd), without those of
/// ASCII and full width.
const ZEROS: [u32; 64] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0,
    0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
    0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce,
    0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The value of a figure beyond ASCII and full width: ³, ③, ⑶, ❸, ⑫, 𝟑, ٣.
fn figure(c: char) -> Option<u8> {
    let code = u32::from(c);
    let value = match code {
        0x00b2..=0x00b9
        | 0x2070..=0x2089
        | 0x3251..=0x325f
        | 0x32b1..=0x32bf
        | 0x1f100..=0x1f10a => return compatible(c),
        0x2460..=0x249b => (code - 0x2460) % 20 + 1,
        0x24eb..=0x24f4 => code - 0x24eb + 11,
        0x24f5..=0x24fe => code - 0x24f5 + 1,
        0x2776..=0x2793 => (code - 0x2776) % 10 + 1,
        0x24ea | 0x24ff | 0x1f10b | 0x1f10c => 0,
        _ => {
            let block = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
            code - ZEROS[block]
        }
    };
    let last = if (0x2460..0x2800).contains(&code) {
        20
    } else {
        9
    };
    u8::try_from(value).ok().filter(|value| *value <= last)
}

/// The value of what NFKC makes of `c`, without brackets, stop or comma.
fn compatible(c: char) -> Option<u8> {
    let plain = std::iter::once(c)
        .nfkc()
        .filter(|c| !matches!(c, '(' | ')' | '.' | ','));
    plain.fold(None, |value: Option<u8>, c| {
        let digit = u8::try_from(c.to_digit(10)?).ok()?;
        Some(value.unwrap_or(0) * 10 + digit)
    })
}

/// True for what is drawn onto the character before it: the frame of 3️⃣, a stroke.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20f0}' | '\u{fe0e}' | '\u{fe0f}')
}

/// True for what takes no room: the zero-width space, directions of writing, the byte order mark.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    ) || is_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_a_value() {
        for threes in ["3３³₃③⑶⒊❸➂➌⓷𝟑𝟛𝟯𝟥𝟹٣३๓🄄", "三叁叄參弎㈢㊂㆔"]
        {
            for c in threes.chars() {
                assert_eq!(numeral(c).map(|n| n.0), Some(3), "{c} {:x}", u32::from(c));
            }
        }
        assert_eq!(
            "⑩⑳㉑㊿⓬"
                .chars()
                .filter_map(numeral)
                .map(|n| n.0)
                .collect::<Vec<_>>(),
            [10, 20, 21, 50, 12]
        );
        for c in "x元十百ab，\u{3000}ⅢЗ字".chars() {
            assert_eq!(numeral(c), None, "{c}");
        }
    }

    #[test]
    fn every_character_has_at_most_two_digits() {
        for c in '\0'..=char::MAX {
            assert!(numeral(c).is_none_or(|(value, _)| value <= 50), "{c}");
        }
    }

    #[test]
    fn what_stands_between_is_told() {
        let gaps = |text| digits(text).iter().map(|d| d.gap).collect::<Vec<_>>();
        assert_eq!(
            gaps("1\u{200b}2 3 - 4.5"),
            [Gap::BREAK, Gap::NONE, Gap::SPACE, LOOSE, Gap::DOT]
        );
        assert_eq!(
            gaps("1；2    3)-4,.5")[1..],
            [
                Gap::BREAK,
                Gap::BREAK,
                Gap::BRACKET.and(Gap::HYPHEN),
                Gap::BREAK
            ]
        );
        let keycap = digits("3\u{fe0f}\u{20e3}4");
        assert_eq!((keycap[0].end, keycap[1].gap), (7, Gap::NONE));
    }
}
