//! Figures in running text: 1.34万户, 85%以上, 12月5日.

use std::sync::LazyLock;

use regex::Regex;

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

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"([0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千两]+)(?: ?%| ?[多余]?(?:万|亿|千|百)+[多余]?(?: ?({UNITS}))?| ?[多余]?({UNITS})|[多余]|)"
    ))
    .expect("the pattern is tested")
});

/// The figures of `text` in order. Chinese numerals count only with a unit (十件, 两万人).
#[must_use]
pub fn find(text: &str) -> Vec<Figure> {
    FIGURE
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let number = found.get(1)?.as_str();
            let unit = found
                .get(2)
                .or(found.get(3))
                .map_or(Span::new(whole.end(), whole.end()), |unit| {
                    Span::new(unit.start(), unit.end())
                });
            let percent = whole.as_str().ends_with('%');
            let arabic = number.starts_with(|c: char| c.is_ascii_digit());
            if !arabic && unit.is_empty() {
                return None;
            }
            let kind = match unit.of(text) {
                _ if percent => FigureKind::Percentage,
                "个百分点" | "倍" => FigureKind::Percentage,
                "元" => FigureKind::Money,
                "年" | "月" | "日" => FigureKind::Date,
                _ => FigureKind::Quantity,
            };
            Some(Figure {
                span: Span::new(whole.start(), whole.end()),
                unit,
                kind,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
