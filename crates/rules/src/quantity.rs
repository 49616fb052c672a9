//! What a number of somebody's words says: 82, 八十多岁, 不到80, 12亩, 1.5万.

use rust_decimal::Decimal;
use wenzheng_text::Span;

use crate::{
    bound::{self, Bound},
    interval::{Cut, Interval},
    number::Number,
    variable::Kind,
};

/// A number with what its neighbours make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// The numbers that are meant, in the unit of the variable. `None` for what is not certain: 大概80, 快80.
    pub(crate) range: Option<Interval>,
    /// What limits it.
    pub(crate) bound: Bound,
    /// Which unit follows.
    pub(crate) unit: Unit,
    /// Number and unit; bytes of the text.
    pub(crate) span: Span,
    /// Where the words end that say something of the number; bytes of the text.
    pub(crate) end: usize,
}

/// The unit after a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// None that is known.
    None,
    /// The variable's.
    Own,
    /// Months, where the variable counts years.
    Months,
    /// That of something else: 80斤 of an age.
    Other,
}

/// Words for units that people use beside the one of the file.
const ALIKE: [(&str, &[&str]); 5] = [
    ("岁", &["周岁", "岁"]),
    ("年", &["周年", "年"]),
    ("元", &["元", "块钱", "块"]),
    ("口人", &["口人", "个人", "口", "人"]),
    ("人", &["口人", "个人", "口", "人"]),
];

/// More years than anybody lives.
const MOST_YEARS: Decimal = Decimal::from_parts(150, 0, 0, false, 0);

/// What `number`, which stands in `text`, says of a variable of `kind`; `None` if the variable is no number.
pub(crate) fn read(kind: &Kind, text: &str, number: &Number) -> Option<Quantity> {
    let own = kind.unit()?;
    let mut bound = bound::before(&text[..number.span.start]);
    let rest = text[number.span.end..].trim_start();
    let (more, rest) = strip_more(rest);
    let (unit, rest) = unit_after(own, rest);
    let end = text.len() - rest.len();
    // 2020年搬来的: a year of the calendar
    let is_calendar = matches!(kind, Kind::Years { .. }) && number.value > MOST_YEARS;
    let unit = if is_calendar { Unit::Other } else { unit };
    let (more_after, rest) = if more { (true, rest) } else { strip_more(rest) };
    if more_after && bound == Bound::Exact {
        bound = Bound::Some;
    }
    let (after, rest) = bound::after(rest).unwrap_or((Bound::Exact, rest));
    bound = match (bound, after) {
        (bound, Bound::Exact) => bound,
        (Bound::Exact, after) => after,
        _ => Bound::Vague,
    };
    let (half, rest) = rest
        .strip_prefix('半')
        .map_or((false, rest), |rest| (true, rest));
    let mut value = in_unit(own, number, number.value, unit)?;
    if half && !matches!(kind, Kind::Years { .. }) {
        // 5亩半; nobody can tell what half of 1万 more is
        match unit {
            Unit::Own if !number.has_myriad => value = value.checked_add(Decimal::new(5, 1))?,
            _ => bound = Bound::Vague,
        }
    }
    let place = in_unit(own, number, number.place, unit)?;
    Some(Quantity {
        range: range(kind, bound, value, place),
        bound,
        unit,
        span: Span::new(number.span.start, end),
        end: text.len() - rest.len(),
    })
}

/// Takes 多 or 几 off the beginning.
fn strip_more(text: &str) -> (bool, &str) {
    let mut rests = ["好几", "多", "几", "余"]
        .iter()
        .filter_map(|more| text.strip_prefix(more));
    rests.next().map_or((false, text), |rest| (true, rest))
}

/// The unit that `text` begins with, and what follows it.
fn unit_after<'t>(own: &str, text: &'t str) -> (Unit, &'t str) {
    let base = own.trim_start_matches(['万', '亿']);
    let alike = ALIKE.iter().find(|(unit, _)| *unit == base);
    let alike = alike.map_or(&[][..], |(_, words)| *words);
    let own_units = [own, base].into_iter().chain(alike.iter().copied());
    let mut found = own_units.filter_map(|unit| text.strip_prefix(unit));
    if let Some(rest) = found.next() {
        return (Unit::Own, rest);
    }
    match text.strip_prefix("个月") {
        Some(rest) if matches!(own, "岁" | "年") => return (Unit::Months, rest),
        _ => {}
    }
    let other = OTHER_UNITS.iter().find_map(|unit| text.strip_prefix(unit));
    match other {
        Some(rest) => (Unit::Other, rest),
        None => (Unit::None, text),
    }
}

/// Units that make a number something else.
const OTHER_UNITS: &[&str] = &[
    "周岁",
    "岁",
    "年",
    "个月",
    "月",
    "日",
    "天",
    "号",
    "亩",
    "公顷",
    "元",
    "块",
    "斤",
    "公斤",
    "口人",
    "个人",
    "人",
    "户",
    "%",
    "％",
    "平方米",
    "分",
    "厘",
    "毛",
    "角",
    "里",
    "米",
    "间",
    "头",
    "只",
    "辈",
    "级",
    "万",
    "次",
    "公里",
];

/// `number` in the unit of the variable: 3万 of 万元 is 3, 18个月 of years one.
fn in_unit(own: &str, number: &Number, value: Decimal, unit: Unit) -> Option<Decimal> {
    let scale = match own.chars().next() {
        Some('万') => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    };
    match unit {
        Unit::Months => value.checked_div(Decimal::from(12)),
        _ if number.has_myriad || unit == Unit::Own => value.checked_div(scale),
        Unit::None | Unit::Own | Unit::Other => Some(value),
    }
}

fn range(kind: &Kind, bound: Bound, value: Decimal, place: Decimal) -> Option<Interval> {
    // completed years: who is 82½ is 82
    let value = if matches!(kind, Kind::Years { .. }) && bound == Bound::Exact {
        value.floor()
    } else {
        value
    };
    let range = match bound {
        Bound::Vague => return None,
        Bound::Exact => Interval::point(value),
        Bound::Some => {
            let next = value.checked_add(place)?;
            Interval::between(Some(Cut::before(value)), Some(Cut::before(next)))?
        }
        Bound::Below => Interval::below(Cut::before(value)),
        Bound::AtMost => Interval::below(Cut::after(value)),
        Bound::Above => Interval::above(Cut::after(value)),
        Bound::AtLeast => Interval::above(Cut::before(value)),
    };
    if kind.is_whole() {
        range.whole()
    } else {
        Some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{answer::Answer, choice::in_words, number};

    fn read_as(unit: &str, text: &str) -> String {
        let kind = match unit {
            "岁" | "年" => Kind::Years {
                unit: unit.to_owned(),
            },
            unit => Kind::Number {
                unit: unit.to_owned(),
                whole: unit == "口人",
            },
        };
        let number = number::find(text)[0];
        let quantity = read(&kind, text, &number).expect("a number");
        let range = quantity.range.map(Answer::Range);
        range.map_or_else(|| "?".to_owned(), |range| in_words(&kind, &range))
    }

    #[test]
    fn words_around_a_number_bound_it() {
        for (text, range) in [
            ("82", "82岁"),
            ("今年八十二岁了", "82岁"),
            ("82岁半", "82岁"),
            ("刚满80", "80岁"),
            ("满80", "80岁以上"),
            ("满了80", "80岁以上"),
            ("80岁以上", "80岁以上"),
            ("超过80", "81岁以上"),
            ("不到八十", "不满80岁"),
            ("80不到", "不满80岁"),
            ("不超过79", "不满80岁"),
            ("八十多岁", "80–89岁"),
            ("80几", "80–89岁"),
            ("十几岁", "10–19岁"),
            ("一百多", "100–199岁"),
            ("18个月", "1岁"),
            ("大概80", "?"),
            ("快80了", "?"),
            ("80岁左右", "?"),
            ("虚岁80", "?"),
            ("马上80", "?"),
            ("没有80", "不满80岁"),
            ("80过了", "80岁以上"),
            ("八十好几", "80–89岁"),
            ("80+", "80岁以上"),
            ("八十来岁", "?"),
        ] {
            assert_eq!(read_as("岁", text), range, "{text}");
        }
    }

    #[test]
    fn measures_keep_their_decimals_and_multipliers() {
        for (unit, text, range) in [
            ("亩", "12.5亩", "12.5亩"),
            ("亩", "两亩半", "2.5亩"),
            ("亩", "十二亩多", "满12、不满13亩"),
            ("元", "1.5万", "15000元"),
            ("元", "三千块钱", "3000元"),
            ("万元", "3", "3万元"),
            ("万元", "3万", "3万元"),
            ("万元", "25000元", "2.5万元"),
            ("口人", "五口人", "5口人"),
            ("口人", "5个人", "5口人"),
        ] {
            assert_eq!(read_as(unit, text), range, "{text}");
        }
    }
}
