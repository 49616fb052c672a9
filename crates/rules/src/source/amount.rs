//! One row of `amount`.

use rust_decimal::Decimal;

use super::{
    claim::Claim,
    fields::{Fields, TEXT},
    known::Known,
    test::{self, scale},
};
use crate::{
    model::{Cap, Pays, Rate, Row},
    number,
    problem::{Fault, Faults},
    test::Test,
    variable::Variable,
};

/// Words for how often an amount is paid, which a quote has to have as well.
const PERIODS: [&str; 10] = [
    "每年",
    "每月",
    "每季",
    "每日",
    "每天",
    "每次",
    "按年",
    "按月",
    "按季",
    "一次性",
];

/// Reads a row, and notes which numbers have to stand in which quote.
pub(super) fn read(
    mut fields: Fields<'_>,
    known: &mut Known<'_>,
    claims: &mut Vec<Claim>,
    faults: &mut Faults,
) -> Option<Row> {
    let quote = fields.required("quote", TEXT, faults);
    let when = when(&mut fields, quote.as_deref(), known, claims, faults);
    let pays = pays(&mut fields, known, faults);
    let place = fields.at();
    fields.finish(faults);
    let (quote, pays) = (quote?, pays?);
    let written = match &pays {
        Pays::Fixed(words) => words.clone(),
        Pays::Rate(rate) => {
            let cap = rate.cap.as_ref();
            format!("{}，{}", rate.text, cap.map_or("", |cap| &cap.text))
        }
    };
    let numbers = number::find(&written).into_iter();
    let periods = PERIODS
        .into_iter()
        .filter(|period| written.contains(period));
    claims.push(Claim {
        line: faults.line(place),
        quote: quote.clone(),
        numbers: numbers.map(|number| number.value).collect(),
        periods: periods.collect(),
    });
    Some(Row { when, pays, quote })
}

/// The tests of a row: those of `when`, or the one that is written into the row itself, or none.
fn when(
    fields: &mut Fields<'_>,
    quote: Option<&str>,
    known: &mut Known<'_>,
    claims: &mut Vec<Claim>,
    faults: &mut Faults,
) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut add = |read: Option<(Test, Vec<Decimal>)>, line| {
        if let Some((test, numbers)) = read {
            claims.push(Claim {
                line,
                quote: test.quote.clone(),
                numbers,
                periods: Vec::new(),
            });
            tests.push(test);
        }
    };
    if fields.take("variable").is_some() {
        let line = faults.line(fields.at());
        add(test::read(fields, quote, known, faults), line);
    }
    for value in fields.list("when", faults) {
        if let Some(mut fields) = Fields::of(value, "when", faults) {
            let line = faults.line(fields.at());
            add(test::read(&mut fields, quote, known, faults), line);
            fields.finish(faults);
        }
    }
    tests
}

fn pays(fields: &mut Fields<'_>, known: &mut Known<'_>, faults: &mut Faults) -> Option<Pays> {
    let fixed = fields.optional("pays", TEXT, faults);
    let rate = fields.optional("rate", TEXT, faults);
    let of = fields.optional("of", TEXT, faults);
    let cap = fields.optional("cap", TEXT, faults);
    match (fixed, rate, of) {
        (Some(words), None, None) if cap.is_none() => Some(Pays::Fixed(words)),
        (None, Some(text), Some(of)) => {
            let of = known.using(&of, fields.place_of("of"), faults)?;
            let rate = rate_of(text, of);
            let Some((mut rate, quantity)) = rate else {
                let unit = of.kind.unit().unwrap_or("亩").to_owned();
                faults.at(fields.place_of("rate"), Fault::BadRate { unit });
                return None;
            };
            if let Some(cap) = cap {
                rate.cap = cap_of(cap, &rate.unit, &quantity);
                if rate.cap.is_none() {
                    let money = rate.unit;
                    faults.at(fields.place_of("cap"), Fault::BadCap { money, quantity });
                    return None;
                }
            }
            Some(Pays::Rate(rate))
        }
        _ => {
            faults.at(fields.at(), Fault::PaysOrRate);
            None
        }
    }
}

/// Reads 200元/亩 or 70%, for a quantity of `of`; with the unit of the quantity.
fn rate_of(text: String, of: &Variable) -> Option<(Rate, String)> {
    let quantity = of.kind.unit()?;
    let (number, rest) = leading_number(&text)?;
    let (factor, unit) = match rest {
        "%" | "％" => (number.checked_div(Decimal::ONE_HUNDRED)?, quantity),
        rest => {
            let (money, each) = rest.split_once('/')?;
            (
                number,
                (each == quantity && !money.is_empty()).then_some(money)?,
            )
        }
    };
    let unit = unit.to_owned();
    let rate = Rate {
        factor,
        unit,
        of: of.id.clone(),
        cap: None,
        text,
    };
    Some((rate, quantity.to_owned()))
}

/// Reads 2000元 or 10亩.
fn cap_of(text: String, money: &str, quantity: &str) -> Option<Cap> {
    let (number, unit) = leading_number(&text)?;
    let is_of_quantity = unit != money && unit == quantity;
    let limit = match unit {
        _ if unit == money || is_of_quantity => number,
        // 5万元 where the sum is in 万元: the number has its 万 worked in
        _ if money.ends_with(unit) && !unit.is_empty() => number.checked_div(scale(money))?,
        _ => return None,
    };
    Some(Cap {
        text,
        limit,
        is_of_quantity,
    })
}

/// The number that `text` begins with, and what follows.
fn leading_number(text: &str) -> Option<(Decimal, &str)> {
    let number = *number::find(text).first()?;
    (number.span.start == 0).then(|| (number.value, &text[number.span.end..]))
}
