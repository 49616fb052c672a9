//! A number or a range of numbers.

use rust_decimal::Decimal;

use super::unclear::Unclear;
use crate::{
    bound::Bound,
    interval::Interval,
    number::{self, Number},
    quantity::{self, Quantity, Unit},
    variable::Kind,
};

/// What makes a number uncertain wherever it stands: 差一个月80, 82吧, 以前80.
const DOUBTS: [&str; 16] = [
    "差", "吧", "?", "吗", "应该", "估计", "也许", "可能", "好像", "大概", "以前", "去年", "明年",
    "马上", "本来", "或",
];

/// Reads a number of `kind`, or a range, from a folded text.
pub(super) fn read(kind: &Kind, said: &str) -> Result<Interval, Unclear> {
    if said.contains("不是") {
        return Err(Unclear::Negated);
    }
    if DOUBTS.iter().any(|doubt| said.contains(doubt)) {
        return Err(Unclear::Approximate);
    }
    let numbers = number::find(said);
    match numbers.as_slice() {
        [] => without_a_number(kind, said),
        [one] => single(kind, said, one),
        [low, high] => two(kind, said, low, high),
        _ => Err(Unclear::SeveralNumbers),
    }
}

fn without_a_number(kind: &Kind, said: &str) -> Result<Interval, Unclear> {
    let is_none = matches!(said, "没有" | "没" | "无") && matches!(kind, Kind::Number { .. });
    let is_half_a_year = said.contains("半年") && matches!(kind, Kind::Years { .. });
    if is_none || is_half_a_year {
        Ok(Interval::point(Decimal::ZERO))
    } else {
        Err(Unclear::NoNumber)
    }
}

fn quantity(kind: &Kind, said: &str, number: &Number) -> Result<Quantity, Unclear> {
    let quantity = quantity::read(kind, said, number).ok_or(Unclear::NoNumber)?;
    match quantity.unit {
        Unit::Other => Err(Unclear::OtherUnit),
        Unit::None | Unit::Own | Unit::Months => Ok(quantity),
    }
}

fn single(kind: &Kind, said: &str, number: &Number) -> Result<Interval, Unclear> {
    let quantity = quantity(kind, said, number)?;
    let is_latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '−');
    let (before, after) = (&said[..number.span.start], &said[quantity.end..]);
    if before.ends_with(is_latin) || said[number.span.end..].starts_with(is_latin) {
        return Err(Unclear::NoNumber); // 8O, -5
    }
    let closes = |c: char| c.is_whitespace() || "了的整啊呀呢哦哈嘛啦，,。.！!；;、".contains(c);
    if quantity.unit == Unit::None && !after.is_empty() && !after.starts_with(closes) {
        return Err(Unclear::OtherUnit); // 一辈子, 3楼
    }
    match (quantity.range, quantity.bound) {
        (Some(range), _) => Ok(range),
        (None, Bound::Vague) => Err(Unclear::Approximate),
        (None, _) => Err(Unclear::NotWhole),
    }
}

/// 80到89, 满80不到90, 3年2个月.
fn two(kind: &Kind, said: &str, low: &Number, high: &Number) -> Result<Interval, Unclear> {
    let (first, second) = (quantity(kind, said, low)?, quantity(kind, said, high)?);
    let adds_months = second.unit == Unit::Months
        && first.unit == Unit::Own
        && (first.bound, second.bound) == (Bound::Exact, Bound::Exact)
        && matches!(
            said[first.end..high.span.start].trim(),
            "" | "零" | "又" | "加"
        );
    if adds_months {
        return first.range.ok_or(Unclear::SeveralNumbers);
    }
    let between = said[first.span.end..high.span.start].trim();
    let both = match (first.bound, second.bound) {
        (Bound::Vague, _) | (_, Bound::Vague) => return Err(Unclear::Approximate),
        (Bound::Exact, Bound::Exact) if matches!(between, "到" | "至" | "-" | "~" | "–" | "—") =>
        {
            let ends = first.range.zip(second.range);
            ends.and_then(|(low, high)| Interval::between(low.from(), high.to()))
        }
        (Bound::AtLeast | Bound::Above, Bound::Below | Bound::AtMost) => {
            let ends = first.range.zip(second.range);
            ends.and_then(|(low, high)| low.overlap(&high))
        }
        _ => None,
    };
    let both = both.filter(|both| !kind.is_whole() || both.whole().is_some());
    both.ok_or(Unclear::SeveralNumbers)
}
