//! One test: `{ variable = "age", comparator = ">=", value = 80, quote = "年满80周岁" }`.

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::{
    fields::{Fields, TEXT, day, number, text, wrong},
    known::Known,
};
use crate::{
    choice::day_number,
    interval::{Cut, Interval},
    problem::{Fault, Faults},
    test::{Accepts, Test},
    variable::{Kind, Variable},
};

/// Reads a test; `quote` is used where the test has none of its own. Returns with it the numbers that have
/// to stand in its quote.
pub(super) fn read(
    fields: &mut Fields<'_>,
    quote: Option<&str>,
    known: &mut Known<'_>,
    faults: &mut Faults,
) -> Option<(Test, Vec<Decimal>)> {
    let name = fields.required("variable", TEXT, faults);
    let comparator = fields.required("comparator", TEXT, faults);
    let value = fields.take("value");
    if value.is_none() {
        faults.at(fields.at(), Fault::Missing("value"));
    }
    let quote = match quote {
        Some(quote) => fields
            .optional("quote", TEXT, faults)
            .or_else(|| Some(quote.to_owned())),
        None => fields.required("quote", TEXT, faults),
    };
    let name = name?;
    let variable = known.using(&name, fields.place_of("variable"), faults)?;
    let (comparator, value) = (comparator?, value?);
    match accepts(variable, &comparator, value.get_ref()) {
        Ok((accepts, numbers)) => {
            let test = Test {
                variable: variable.id.clone(),
                accepts,
                quote: quote?,
            };
            Some((test, numbers))
        }
        Err(fault) => {
            faults.at(value.span().start, fault);
            None
        }
    }
}

fn accepts(
    variable: &Variable,
    comparator: &str,
    value: &DeValue<'_>,
) -> Result<(Accepts, Vec<Decimal>), Fault> {
    match &variable.kind {
        Kind::YesNo => yes_or_no(variable, comparator, value).map(|test| (test, Vec::new())),
        Kind::OneOf(values) => {
            among(variable, values, comparator, value).map(|test| (test, Vec::new()))
        }
        Kind::Years { .. } | Kind::Number { .. } | Kind::Date => {
            within(variable, comparator, value)
        }
    }
}

fn bad_comparator(variable: &Variable, comparator: &str, known: &'static str) -> Fault {
    Fault::BadComparator {
        variable: variable.name.clone(),
        comparator: comparator.to_owned(),
        known,
    }
}

fn yes_or_no(variable: &Variable, comparator: &str, value: &DeValue<'_>) -> Result<Accepts, Fault> {
    let wanted = value
        .as_bool()
        .ok_or_else(|| wrong("value", "true（是）或 false（不是）"))?;
    match comparator {
        "=" => Ok(Accepts::Is(wanted)),
        "!=" => Ok(Accepts::Is(!wanted)),
        _ => Err(bad_comparator(variable, comparator, "=、!=")),
    }
}

fn among(
    variable: &Variable,
    values: &[String],
    comparator: &str,
    value: &DeValue<'_>,
) -> Result<Accepts, Fault> {
    let wanted = match value {
        DeValue::Array(wanted) => wanted.iter().map(|one| text(one.get_ref())).collect(),
        one => text(one).map(|one| vec![one]),
    };
    let wanted: Vec<String> = wanted.ok_or_else(|| wrong("value", "变量的一个值，或一列值"))?;
    if let Some(unknown) = wanted.iter().find(|one| !values.contains(one)) {
        return Err(Fault::NoSuchValue {
            variable: variable.name.clone(),
            value: unknown.clone(),
            known: values.join("、"),
        });
    }
    match (comparator, wanted.len()) {
        ("=", 1) | ("in", _) => Ok(Accepts::Among(wanted)),
        ("!=", _) => {
            let others = values.iter().filter(|one| !wanted.contains(one));
            Ok(Accepts::Among(others.cloned().collect()))
        }
        _ => Err(bad_comparator(variable, comparator, "=、!=、in")),
    }
}

fn within(
    variable: &Variable,
    comparator: &str,
    value: &DeValue<'_>,
) -> Result<(Accepts, Vec<Decimal>), Fault> {
    let kind = &variable.kind;
    let expected = match kind {
        Kind::Date => "一个日期，between 时为两个",
        _ if kind.is_whole() => "一个整数，between 时为两个",
        _ => "一个数，between 时为两个",
    };
    let one = |value: &DeValue<'_>| point(kind, value).ok_or_else(|| wrong("value", expected));
    let (numbers, ranges) = if comparator == "between" {
        let ends = value.as_array().filter(|ends| ends.len() == 2);
        let ends = ends.ok_or_else(|| wrong("value", "[小的数, 大的数]"))?;
        let ends: Vec<_> = ends
            .iter()
            .map(|end| one(end.get_ref()))
            .collect::<Result<_, _>>()?;
        let range = Interval::closed(ends[0].0, ends[1].0); // two of them, as was asked above
        let range = range.ok_or_else(|| wrong("value", "[小的数, 大的数]"))?;
        let numbers = ends.into_iter().flat_map(|(_, numbers)| numbers);
        (numbers.collect(), vec![range])
    } else {
        let (point, numbers) = one(value)?;
        let ranges = ranges(comparator, point)
            .ok_or_else(|| bad_comparator(variable, comparator, "=、!=、>、>=、<、<=、between"))?;
        (numbers, ranges)
    };
    let ranges = if kind.is_whole() {
        ranges.iter().filter_map(Interval::whole).collect()
    } else {
        ranges
    };
    Ok((Accepts::Within(ranges), numbers))
}

fn ranges(comparator: &str, point: Decimal) -> Option<Vec<Interval>> {
    let (before, after) = (Cut::before(point), Cut::after(point));
    Some(match comparator {
        "=" => vec![Interval::point(point)],
        "!=" => vec![Interval::below(before), Interval::above(after)],
        ">" => vec![Interval::above(after)],
        ">=" => vec![Interval::above(before)],
        "<" => vec![Interval::below(before)],
        "<=" => vec![Interval::below(after)],
        _ => return None,
    })
}

/// The number that `value` stands for, with the numbers that its quote has to have: a date's are year, month
/// and day, and 1.5 of 万元 is 15000.
pub(super) fn point(kind: &Kind, value: &DeValue<'_>) -> Option<(Decimal, Vec<Decimal>)> {
    if *kind == Kind::Date {
        let day = day(value)?;
        let month = u8::from(day.month());
        let numbers = vec![day.year().into(), month.into(), day.day().into()];
        return Some((day_number(day), numbers));
    }
    let number = number(value)?;
    if kind.is_whole() && !number.fract().is_zero() {
        return None;
    }
    let quoted = number.checked_mul(kind.unit().map_or(Decimal::ONE, scale))?;
    Some((number, vec![quoted]))
}

/// What one of a unit is in the unit without 万: 10000 for 万元, 1 for 元.
pub(super) fn scale(unit: &str) -> Decimal {
    match unit.chars().next() {
        Some('万') => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    }
}
