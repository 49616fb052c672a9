//! Chinese numerals below one hundred, as headings, lists and dates have them.

/// Zero to nine.
const NUMERALS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The value of a single numeral, 一 to 九. Neither 〇, nor 十, nor 两 is one.
#[must_use]
pub fn digit(c: char) -> Option<usize> {
    NUMERALS[1..].iter().position(|d| *d == c).map(|n| n + 1)
}

/// Reads a number from 一 to 九十九.
///
/// ```
/// use wenzheng_text::numerals::parse;
/// assert_eq!(parse("二十三"), Some(23));
/// assert_eq!(parse("甲"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<usize> {
    let (mut tens, mut ones, mut seen) = (0, 0, false);
    for c in text.chars() {
        if c == '十' {
            tens = if ones == 0 { 1 } else { ones };
            ones = 0;
        } else {
            ones = digit(c)?;
        }
        seen = true;
    }
    seen.then_some(tens * 10 + ones)
}

/// Reads a number written digit by digit, as years are, with any of the signs in use for zero.
///
/// ```
/// use wenzheng_text::numerals::parse_digits;
/// assert_eq!(parse_digits("二〇二四"), Some(2024));
/// ```
#[must_use]
pub fn parse_digits(text: &str) -> Option<usize> {
    let value = |c: char| match c {
        '〇' | '○' | '零' | 'Ｏ' | '0' => Some(0),
        c => digit(c),
    };
    let number = |number: usize, c: char| number.checked_mul(10)?.checked_add(value(c)?);
    (!text.is_empty())
        .then_some(text)?
        .chars()
        .try_fold(0, number)
}

/// Writes `n`, at most 99; 0 is the empty text.
///
/// ```
/// use wenzheng_text::numerals::write;
/// assert_eq!([1, 10, 12, 20, 35].map(write), ["一", "十", "十二", "二十", "三十五"]);
/// ```
#[must_use]
pub fn write(n: usize) -> String {
    let digit = |n: usize| match n % 10 {
        0 => None,
        digit => Some(NUMERALS[digit]),
    };
    let tens = digit(n / 10).filter(|_| n >= 20);
    let ten = (n >= 10).then_some('十');
    tens.into_iter().chain(ten).chain(digit(n)).collect()
}

/// `c` with a digit for a single numeral: 一 → 1 … 九 → 9, 两 → 2.
#[must_use]
pub fn to_arabic(c: char) -> char {
    let value = if c == '两' { Some(2) } else { digit(c) };
    let value = value.and_then(|value| u32::try_from(value).ok());
    value
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(c)
}

/// `c` with a numeral for a digit, so that it has a sound: 0 → 零 … 9 → 九; and 二 for 两.
#[must_use]
pub fn to_chinese(c: char) -> char {
    match c {
        '两' => '二',
        _ => c.to_digit(10).map_or(c, |digit| NUMERALS[digit as usize]),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numerals_are_read() {
        let read = ["一", "九", "十", "十一", "二十", "二十三"].map(parse);
        assert_eq!(read, [1, 9, 10, 11, 20, 23].map(Some));
        assert_eq!(["", "甲", "十甲", "百"].map(parse), [None; 4]);
    }

    #[test]
    fn years_are_read_digit_by_digit() {
        let read = ["二〇二四", "二○二四", "二零二四", "二Ｏ二四", "二0二四"].map(parse_digits);
        assert_eq!(read, [Some(2024); 5]);
        assert_eq!(["", "二十", "二〇甲"].map(parse_digits), [None; 3]);
    }

    #[test]
    fn single_characters_change_sides() {
        assert_eq!(
            "一两九十百".chars().map(to_arabic).collect::<String>(),
            "129十百"
        );
        assert_eq!(
            "019两a".chars().map(to_chinese).collect::<String>(),
            "零一九二a"
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(n in 1usize..100) {
            prop_assert_eq!(parse(&write(n)), Some(n));
        }
    }
}
