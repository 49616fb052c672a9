//! Chinese characters.

/// True for the 20,992 characters of the block that modern print is made of (U+4E00–U+9FFF).
///
/// ```
/// use wenzheng_text::han::is_han;
/// assert!(is_han('渭') && !is_han('㐀') && !is_han('〇') && !is_han('，'));
/// ```
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// True for [these](is_han) and for the rarer ones of all extensions, as in old names (㐀, 𠮷).
#[must_use]
pub const fn is_any_han(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_count_only_when_asked_for() {
        for c in ['一', '龥', '鿿'] {
            assert!(is_han(c) && is_any_han(c), "{c}");
        }
        for c in ['㐀', '\u{f900}', '𠮷'] {
            assert!(!is_han(c) && is_any_han(c), "{c}");
        }
        for c in ['〇', '○', '䷀', '。', 'ㄎ', 'a', '１'] {
            assert!(!is_han(c) && !is_any_han(c), "{c}");
        }
    }
}
