//! Numbers in Chinese text: 80, ８０, 八十, 1.5万, 二〇二五, 两百.

use rust_decimal::Decimal;
use wenzheng_text::{Span, numerals};

/// A number that a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Where it stands; bytes of the text.
    pub(crate) span: Span,
    /// What it is, with 万 and the like worked in.
    pub(crate) value: Decimal,
    /// The value of its last place that is not zero by way of writing: 10 for 八十 and 80, 1 for 82, 0.1
    /// for 1.5. 八十多 lies below 80 and ten times that.
    pub(crate) place: Decimal,
    /// True if it holds 万 or 亿.
    pub(crate) has_myriad: bool,
}

/// The numbers of `text`, in order. A sign is no part of a number, and a number beyond 28 digits is none.
pub(crate) fn find(text: &str) -> Vec<Number> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, plain(c))).collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (tokens, next) = tokens(&chars, at);
        // 3年零6个月: the sign only joins
        let joins =
            tokens == [Token::Digit(0)] && chars.get(next).is_some_and(|(_, c)| c.is_ascii_digit());
        if let Some((value, place)) = evaluate(&tokens).filter(|_| !joins) {
            let end = chars.get(next).map_or(text.len(), |(end, _)| *end);
            numbers.push(Number {
                span: Span::new(chars[at].0, end),
                value,
                place,
                has_myriad: tokens
                    .iter()
                    .any(|token| matches!(token, Token::Unit(unit) if *unit >= MYRIAD)),
            });
        }
        at = next.max(at + 1);
    }
    numbers
}

const MYRIAD: i64 = 10_000;

/// A part of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// A run of Arabic digits, with its decimals.
    Arabic(Decimal),
    /// 零 to 九, 两.
    Digit(i64),
    /// 十, 百, 千, 万, 亿.
    Unit(i64),
}

/// Full-width digits and points as ASCII ones.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '．' => '.',
        c => c,
    }
}

fn unit(c: char) -> Option<i64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        '万' => Some(MYRIAD),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

fn digit(c: char) -> Option<i64> {
    match c {
        '零' | '〇' | '○' => Some(0),
        '两' => Some(2),
        c => numerals::digit(c).and_then(|digit| i64::try_from(digit).ok()),
    }
}

/// The longest run of tokens from `at`, and where it ends.
fn tokens(chars: &[(usize, char)], mut at: usize) -> (Vec<Token>, usize) {
    let mut tokens = Vec::new();
    while let Some((_, c)) = chars.get(at) {
        if c.is_ascii_digit() {
            // 八十9: a numeral and a digit side by side are two numbers
            if matches!(tokens.last(), Some(Token::Digit(_) | Token::Arabic(_))) {
                break;
            }
            let (value, next) = arabic(chars, at);
            let Some(value) = value else { break };
            tokens.push(Token::Arabic(value));
            at = next;
            continue;
        }
        let token = digit(*c).map(Token::Digit).or(unit(*c).map(Token::Unit));
        let Some(token) = token else { break };
        if matches!(
            (tokens.last(), token),
            (Some(Token::Arabic(_)), Token::Digit(_))
        ) {
            break;
        }
        tokens.push(token);
        at += 1;
    }
    (tokens, at)
}

/// Digits from `at`, by thousands if commas say so (1,200), with decimals; and where they end.
fn arabic(chars: &[(usize, char)], at: usize) -> (Option<Decimal>, usize) {
    let is_digit = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let is = |at: usize, wanted: char| chars.get(at).is_some_and(|(_, c)| *c == wanted);
    let mut written = String::new();
    let mut next = at;
    let mut has_point = false;
    loop {
        if is_digit(next) {
            written.push(chars[next].1);
        } else if is(next, '.') && !has_point && is_digit(next + 1) {
            has_point = true;
            written.push('.');
        } else if is(next, ',')
            && !has_point
            && (1..4).all(|n| is_digit(next + n))
            && !is_digit(next + 4)
        {
            // a comma between thousands
        } else {
            break;
        }
        next += 1;
    }
    (written.parse().ok(), next)
}

/// The value of a run of tokens and of its last place; `None` for none, and for a run that begins with
/// 百 or a larger unit (千家万户), which is a word.
fn evaluate(tokens: &[Token]) -> Option<(Decimal, Decimal)> {
    let first = tokens.first()?;
    if matches!(first, Token::Unit(unit) if *unit > 10) {
        return None;
    }
    if tokens.len() > 1 && tokens.iter().all(|token| matches!(token, Token::Digit(_))) {
        // 五六年 is five or six
        let is_one_number = tokens.len() > 3 || tokens.contains(&Token::Digit(0));
        return Some((digit_by_digit(tokens)?, Decimal::ONE)).filter(|_| is_one_number);
    }
    let mut sum = Sum::default();
    for token in tokens {
        sum.add(*token)?;
    }
    sum.finish()
}

/// 二〇二五
fn digit_by_digit(tokens: &[Token]) -> Option<Decimal> {
    let mut value = Decimal::ZERO;
    for token in tokens {
        let Token::Digit(digit) = token else {
            return None;
        };
        value = value
            .checked_mul(Decimal::TEN)?
            .checked_add(Decimal::from(*digit))?;
    }
    Some(value)
}

/// A number while it is read from left to right.
#[derive(Debug, Default)]
struct Sum {
    /// What lies above the present 万 or 亿.
    total: Decimal,
    /// What lies below it and has its unit.
    section: Decimal,
    /// A digit or a run of digits that waits for its unit.
    waiting: Option<Token>,
    /// The unit before what waits; 0 after 零, which breaks off the colloquial 一百二 (120).
    last_unit: i64,
    place: Decimal,
}

impl Sum {
    fn add(&mut self, token: Token) -> Option<()> {
        match token {
            Token::Digit(0) => self.last_unit = 0,
            Token::Arabic(_) | Token::Digit(_) => {
                if self.waiting.replace(token).is_some() {
                    return None; // 三五十: no number
                }
            }
            Token::Unit(unit) => self.multiply(unit)?,
        }
        Some(())
    }

    fn multiply(&mut self, unit: i64) -> Option<()> {
        let factor = Decimal::from(unit);
        let waiting = self.waiting.take().map(value);
        self.place = factor.checked_mul(waiting.map_or(Decimal::ONE, place))?;
        if unit < MYRIAD {
            let times = waiting.unwrap_or(Decimal::ONE);
            self.section = self.section.checked_add(times.checked_mul(factor)?)?;
        } else {
            let section = self.section.checked_add(waiting.unwrap_or_default())?;
            let below = if unit > MYRIAD {
                std::mem::take(&mut self.total)
            } else {
                Decimal::ZERO
            };
            let times = section.checked_add(below)?;
            self.total = self.total.checked_add(times.checked_mul(factor)?)?;
            self.section = Decimal::ZERO;
        }
        self.last_unit = unit;
        Some(())
    }

    fn finish(mut self) -> Option<(Decimal, Decimal)> {
        let rest = match self.waiting {
            Some(Token::Digit(digit)) if self.last_unit >= 100 => {
                self.place = Decimal::from(self.last_unit / 10);
                self.place.checked_mul(Decimal::from(digit))?
            }
            Some(waiting) => {
                let number = value(waiting);
                self.place = place(number);
                number
            }
            None => Decimal::ZERO,
        };
        let value = self.total.checked_add(self.section)?.checked_add(rest)?;
        let place = if self.place.is_zero() {
            Decimal::ONE
        } else {
            self.place
        };
        Some((value, place))
    }
}

fn value(token: Token) -> Decimal {
    match token {
        Token::Arabic(value) => value,
        Token::Digit(digit) | Token::Unit(digit) => Decimal::from(digit),
    }
}

/// The value of the last place of Arabic digits: 10 for 80, 100 for 300, 0.1 for 1.5.
fn place(number: Decimal) -> Decimal {
    if number.scale() > 0 {
        return Decimal::new(1, number.scale());
    }
    let mut place = Decimal::ONE;
    while !number.is_zero() && (number / (place * Decimal::TEN)).fract().is_zero() {
        place *= Decimal::TEN;
    }
    place
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        let numbers = find(text).into_iter();
        numbers
            .map(|number| number.value.normalize().to_string())
            .collect()
    }

    #[test]
    fn a_number_is_the_same_in_any_writing() {
        for text in ["满80周岁", "满８０周岁", "满八十周岁"] {
            assert_eq!(numbers(text), ["80"]);
        }
        for text in [
            "15000元",
            "15,000元",
            "1.5万元",
            "1万5千元",
            "一万五千元",
            "一万五",
        ] {
            assert_eq!(numbers(text), ["15000"], "{text}");
        }
    }

    #[test]
    fn numerals_are_read_as_they_are_spoken() {
        for (text, value) in [
            ("十", "10"),
            ("十二", "12"),
            ("二十", "20"),
            ("一百零五", "105"),
            ("一百二", "120"),
            ("一百二十", "120"),
            ("两千三", "2300"),
            ("三千零五十", "3050"),
            ("二〇二五", "2025"),
            ("一亿二千万", "120000000"),
            ("一万亿", "1000000000000"),
            ("零", "0"),
        ] {
            assert_eq!(numbers(text), [value], "{text}");
        }
    }

    #[test]
    fn several_numbers_of_a_sentence_are_kept_apart() {
        assert_eq!(
            numbers("80周岁至89周岁的，每人每月50元；2025年4月1日，85%"),
            ["80", "89", "50", "2025", "4", "1", "85"]
        );
        assert_eq!(numbers("千家万户，百分之八十"), ["80"]);
        assert_eq!(numbers("满1,20"), ["1", "20"]);
        assert_eq!(numbers("3年零6个月，零"), ["3", "6", "0"]);
        assert_eq!(numbers("五六年，三五十户，一二〇"), ["120"]);
    }

    #[test]
    fn the_last_place_tells_how_much_more_is_some_more() {
        let place = |text: &str| find(text)[0].place.to_string();
        assert_eq!(
            ["八十", "80", "82", "300", "一百二", "三千", "1.5", "20万"].map(place),
            ["10", "10", "1", "100", "10", "1000", "0.1", "100000"]
        );
    }

    proptest! {
        #[test]
        fn digits_and_numerals_agree_below_one_hundred(n in 1usize..100) {
            let numeral = find(&numerals::write(n));
            let digits = find(&n.to_string());
            prop_assert_eq!(numeral.len(), 1);
            prop_assert_eq!((numeral[0].value, numeral[0].place), (digits[0].value, digits[0].place));
        }

        #[test]
        fn spans_cut_at_characters(text in "[八十万零0-9０.,，岁百]{0,12}") {
            for number in find(&text) {
                prop_assert!(!number.span.of(&text).is_empty());
            }
        }
    }
}
