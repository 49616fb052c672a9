//! Figures in running text: 1.34万户, 85%以上, 12月5日.

use std::sync::LazyLock;

use crate::Span;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// 元
    Money,
    /// %、个百分点、倍
    Percentage,
    /// 年、月、日
    Date,
    /// Any other count or measure.
    Quantity,
}

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Number, multiplier and unit; bytes of the searched text.
    pub span: Span,
    /// The unit alone (户 of 1.34万户); may be empty.
    pub unit: Span,
    /// What it counts.
    pub kind: FigureKind,
}

/// Units that reports and questions use, each before any unit that it ends with.
pub const UNITS: &str = "个百分点|平方公里|平方米|立方米|千瓦时|万千瓦|公里|公顷|公斤|千克|千米|千瓦|兆瓦|场次|人次|亩次|元|亩|米|吨|斤|座|户|家|个|人|名|位|件|项|条|场|次|起|处|所|套|间|栋|辆|台|株|棵|头|只|张|期|批|种|类|级|床|岁|天|月|年|日|倍|届|亿|万|村|镇|乡|县|段|部|门|幅|卷|分钟|小时|分|立方";

/// Nouns that begin with the character of a unit: 多少人口 does not ask for 人.
pub const NOUNS: &str = "人口|人才|人员|人家|人户|村民|村庄|部门|种植|个体|家庭|家长|户籍|门店|岁数|级别|期限|年限|天气|里程";

static EACH_UNIT: LazyLock<Vec<&str>> = LazyLock::new(|| UNITS.split('|').collect());

/// What makes ten thousands, and more, of a number.
const MULTIPLIERS: [char; 4] = ['万', '亿', '千', '百'];
/// What says that there are some more.
const MORE: [char; 2] = ['多', '余'];

/// The figures of `text` in order. Chinese numerals count only with a unit (十件, 两万人).
#[must_use]
pub fn find(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut from = 0;
    let begins = |c: char| c.is_ascii_digit() || is_numeral(c);
    while let Some(at) = text[from..].find(begins) {
        let start = from + at;
        let number = start + number(&text[start..]);
        let (unit, end) = unit_after(text, number);
        let unit = unit.unwrap_or(Span::new(end, end));
        let arabic = text[start..].starts_with(|c: char| c.is_ascii_digit());
        if arabic || !unit.is_empty() {
            let kind = match unit.of(text) {
                _ if text[number..end].ends_with('%') => FigureKind::Percentage,
                "个百分点" | "倍" => FigureKind::Percentage,
                "元" => FigureKind::Money,
                "年" | "月" | "日" => FigureKind::Date,
                _ => FigureKind::Quantity,
            };
            figures.push(Figure {
                span: Span::new(start, end),
                unit,
                kind,
            });
        }
        from = end;
    }
    figures
}

const fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '两'
    )
}

/// The length of the number that `text` begins with: digits, with a fraction (1.34), or numerals.
fn number(text: &str) -> usize {
    let run = |text: &str, of: fn(char) -> bool| text.len() - text.trim_start_matches(of).len();
    let digits = |text: &str| run(text, |c| c.is_ascii_digit());
    let whole = digits(text);
    if whole == 0 {
        return run(text, is_numeral);
    }
    let fraction = text[whole..].strip_prefix('.').map_or(0, digits);
    if fraction == 0 {
        whole
    } else {
        whole + 1 + fraction
    }
}

/// The unit after a number that ends at `number`, and where the figure ends: %, or a multiplier, a unit
/// or both, each after a blank or 多.
fn unit_after(text: &str, number: usize) -> (Option<Span>, usize) {
    let without = |from: usize, one: &[char]| {
        let rest = text[from..].strip_prefix(one);
        rest.map_or(from, |rest| text.len() - rest.len())
    };
    let unit_at = |from: usize| {
        let mut units = EACH_UNIT.iter();
        let unit = units.find(|unit| text[from..].starts_with(**unit))?;
        Some(Span::new(from, from + unit.len()))
    };
    let spaced = without(number, &[' ']);
    if text[spaced..].starts_with('%') {
        return (None, spaced + 1);
    }
    let more = without(spaced, &MORE);
    let rest = text[more..].trim_start_matches(MULTIPLIERS);
    let multiplied = text.len() - rest.len();
    if multiplied > more {
        let more = without(multiplied, &MORE);
        let unit = unit_at(without(more, &[' ']));
        return (unit, unit.map_or(more, |unit| unit.end));
    }
    match unit_at(more) {
        Some(unit) => (Some(unit), unit.end),
        None => (None, without(number, &MORE)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    /// The spans of a figure and of its unit, by a pattern.
    fn by_pattern(text: &str) -> Vec<(Span, Span)> {
        static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(&format!(
                r"([0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千两]+)(?: ?%| ?[多余]?(?:万|亿|千|百)+[多余]?(?: ?({UNITS}))?| ?[多余]?({UNITS})|[多余]|)"
            ))
            .expect("it is a pattern")
        });
        let found = FIGURE.captures_iter(text).filter_map(|found| {
            let (whole, unit) = (found.get(0)?, found.get(2).or(found.get(3)));
            let arabic = whole.as_str().starts_with(|c: char| c.is_ascii_digit());
            let end = whole.end();
            let place = unit.map_or(Span::new(end, end), |u| Span::new(u.start(), u.end()));
            (arabic || unit.is_some()).then_some((Span::new(whole.start(), end), place))
        });
        found.collect()
    }

    proptest! {
        #[test]
        fn figures_are_those_of_the_pattern(
            text in "([0-9.]|[ %多余]|[万亿千百]|[一二十两]|个百分点|平方公里|万千瓦|千米|公里|人次|[元亩米户个人年月日倍]|[的在]){0,12}"
        ) {
            let found: Vec<_> = find(&text).into_iter().map(|f| (f.span, f.unit)).collect();
            prop_assert_eq!(found, by_pattern(&text));
        }
    }

    fn found(text: &str) -> Vec<(&str, &str, FigureKind)> {
        find(text)
            .into_iter()
            .map(|f| (f.span.of(text), f.unit.of(text), f.kind))
            .collect()
    }

    #[test]
    fn figures_carry_their_unit_and_kind() {
        use FigureKind::{Date, Money, Percentage, Quantity};
        assert_eq!(
            found("完成1.34万户，投资2.92亿元，增长7.4%，十件实事，2024年3月"),
            [
                ("1.34万户", "户", Quantity),
                ("2.92亿元", "元", Money),
                ("7.4%", "", Percentage),
                ("十件", "件", Quantity),
                ("2024年", "年", Date),
                ("3月", "月", Date),
            ]
        );
    }
}
