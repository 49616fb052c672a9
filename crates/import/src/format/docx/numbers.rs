//! Counts of lists, as Word shows them.

use wenzheng_text::numerals;

/// 甲 to 癸, 子 to 亥.
const STEMS: [&str; 2] = ["甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"];

/// A count in a number format of Word (ECMA-376, 17.18.59).
pub(super) fn written(count: usize, format: &str) -> String {
    let digits = || count.to_string();
    let nth = |first: u32| {
        let n = u32::try_from(count).ok().filter(|n| (1..=20).contains(n));
        n.and_then(|n| char::from_u32(first + n - 1))
            .map_or_else(digits, String::from)
    };
    let of = |row: &str| {
        let n = count.checked_sub(1).and_then(|n| row.chars().nth(n));
        n.map_or_else(digits, String::from)
    };
    match format {
        "upperLetter" => letters(count, 'A'),
        "lowerLetter" => letters(count, 'a'),
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "ideographTraditional" => of(STEMS[0]),
        "ideographZodiac" => of(STEMS[1]),
        "decimalEnclosedParen" => nth(0x2474),
        "decimalEnclosedFullstop" => nth(0x2488),
        "decimalZero" => format!("{count:02}"),
        _ if format.contains("EnclosedCircle") => nth(0x2460),
        _ if is_chinese(format) && count < 100 => numerals::write(count),
        _ => digits(),
    }
}

fn is_chinese(format: &str) -> bool {
    ["chinese", "japanese", "ideograph", "taiwanese"]
        .iter()
        .any(|name| format.contains(name))
}

/// A to Z, then AA, BB, … as Word counts.
fn letters(count: usize, first: char) -> String {
    let Some(n) = count.checked_sub(1).filter(|n| *n < 260) else {
        return count.to_string();
    };
    let letter = char::from_u32(first as u32 + u32::try_from(n % 26).unwrap_or(0));
    letter.map_or_else(String::new, |letter| letter.to_string().repeat(n / 26 + 1))
}

fn roman(count: usize) -> String {
    if !(1..=99).contains(&count) {
        return count.to_string();
    }
    let signs = [
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = count;
    let mut written = String::new();
    for (value, sign) in signs {
        written.push_str(&sign.repeat(left / value));
        left %= value;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_word_shows_them() {
        for (count, format, shown) in [
            (12, "chineseCountingThousand", "十二"),
            (12, "decimal", "12"),
            (2, "decimalEnclosedCircle", "②"),
            (21, "decimalEnclosedCircle", "21"),
            (100, "japaneseCounting", "100"),
            (3, "ideographTraditional", "丙"),
            (2, "ideographZodiac", "丑"),
            (3, "upperLetter", "C"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (68, "upperRoman", "LXVIII"),
            (99, "lowerRoman", "xcix"),
            (3, "decimalEnclosedParen", "⑶"),
            (0, "upperLetter", "0"),
        ] {
            assert_eq!(written(count, format), shown, "{count} {format}");
        }
    }
}
