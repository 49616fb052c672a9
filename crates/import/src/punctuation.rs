//! Widens half-width punctuation in Chinese text.

use wenzheng_text::han::is_han;

/// Returns `text` with `, : ; ! ? ( )` full-width where they punctuate Chinese, and with small and
/// half-width forms of Chinese marks (﹐ ﹑ ｡) replaced by the usual ones.
///
/// Figures and foreign words keep theirs:
///
/// ```
/// use wenzheng_import::punctuation::widen;
/// assert_eq!(widen("三次产业结构为19.2:12.4:68.4,增长7%(预计);"), "三次产业结构为19.2:12.4:68.4，增长7%（预计）；");
/// assert_eq!(widen("1,000 (GDP) http://a.cn"), "1,000 (GDP) http://a.cn");
/// ```
#[must_use]
pub fn widen(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(whole).collect();
    if !chars.iter().any(|c| is_narrow_mark(*c)) {
        return chars.into_iter().collect();
    }
    let left = beside_chinese(chars.iter());
    let mut right = beside_chinese(chars.iter().rev());
    right.reverse();
    let wide = |(at, c): (usize, &char)| {
        if is_narrow_mark(*c) && (left[at] || right[at]) && !joins_at(&chars, at) {
            char::from_u32(*c as u32 + 0xfee0).unwrap_or(*c)
        } else {
            *c
        }
    };
    chars.iter().enumerate().map(wide).collect()
}

/// For every character, whether Chinese text precedes it, ignoring letters, digits and marks in
/// between.
fn beside_chinese<'a>(chars: impl Iterator<Item = &'a char>) -> Vec<bool> {
    let mut chinese = false;
    let beside = |c: &char| {
        let beside = chinese;
        if !is_foreign(*c) {
            chinese = is_chinese(*c);
        }
        beside
    };
    chars.map(beside).collect()
}

/// True if the mark joins two figures or two words.
fn joins_at(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(at + 1).copied();
    matches!((before, after), (Some(before), Some(after)) if joins(before, chars[at], after))
}

/// Maps small and half-width forms (blocks U+FE50 and U+FF61) to the usual mark.
const fn whole(c: char) -> char {
    match c {
        '﹐' => '，',
        '﹑' | '､' => '、',
        '｡' => '。',
        '﹔' => '；',
        '﹕' | '︰' => '：',
        '﹖' => '？',
        '﹗' => '！',
        '﹙' => '（',
        '﹚' => '）',
        '｢' => '「',
        '｣' => '」',
        '･' => '·',
        '﹪' => '%',
        '〝' => '“',
        '〞' => '”',
        _ => c,
    }
}

const fn is_narrow_mark(c: char) -> bool {
    matches!(c, ',' | ':' | ';' | '!' | '?' | '(' | ')')
}

/// `19.2:12.4`, `1,000`, `http://`, `a,b`.
const fn joins(before: char, mark: char, after: char) -> bool {
    let figures = before.is_ascii_digit() && after.is_ascii_digit();
    let words = before.is_ascii_alphabetic() && (after.is_ascii_alphabetic() || after == '/');
    matches!(mark, ',' | ':') && (figures || words)
}

/// True for characters that may separate a mark from the Chinese text it belongs to.
const fn is_foreign(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-' | '+') || is_narrow_mark(c)
}

/// A Han character or a full-width mark.
const fn is_chinese(c: char) -> bool {
    is_han(c)
        || matches!(c,
        '\u{3400}'..='\u{4dbf}'
        | '\u{3001}'..='\u{3015}'
        | '\u{ff01}'..='\u{ff5e}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '□' | '℃' | '‰')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_between_chinese_are_widened() {
        for (narrow, wide) in [
            ("各位代表!", "各位代表！"),
            ("教育﹑医疗､养老﹐增长7﹪｡", "教育、医疗、养老，增长7%。"),
            ("增长7%,跨上70亿元台阶", "增长7%，跨上70亿元台阶"),
            ("蘭(州)白(銀)一體化", "蘭（州）白（銀）一體化"),
            ("“3个1”:国家3A级(景区)", "“3个1”：国家3A级（景区）"),
            ("省市县(市,区)", "省市县（市，区）"),
            ("19.2:12.4:68.4", "19.2:12.4:68.4"),
            ("G247,S565线", "G247，S565线"),
        ] {
            assert_eq!(widen(narrow), wide);
        }
    }

    #[test]
    fn a_line_of_nothing_but_marks_takes_no_time() {
        let marks = format!("工{}", "1,(a;".repeat(400_000));
        assert!(widen(&marks).starts_with("工1，（a；"));
    }

    proptest! {
        #[test]
        fn widening_twice_changes_nothing(text in "[通渭,:;!?()a1%。“” ]{0,24}") {
            let once = widen(&text);
            prop_assert_eq!(widen(&once), once);
        }
    }
}
