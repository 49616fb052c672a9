//! Amounts: which row counts, and what a rate comes to.

use rust_decimal::Decimal;

use crate::{
    answer::{Answer, Answers},
    interval::Interval,
    model::{Cap, Pays, Rate, Row},
    outcome::{Amount, Outcome, Payment, Sum},
    rules::Rules,
    truth::Truth,
};

/// The amount that belongs to `outcome`: none without qualification, all rows until both the outcome and
/// the row are decided.
pub(crate) fn amount(rules: &Rules, answers: &Answers, outcome: &Outcome) -> Amount {
    let all = || {
        let rows = rules.rows.iter();
        Amount::Open(rows.map(|row| payment(rules, row, None)).collect())
    };
    match outcome {
        _ if rules.rows.is_empty() => Amount::None,
        Outcome::Met(_) => match row(rules, answers) {
            Chosen::Row(row) => Amount::Decided(payment(rules, row, Some(answers))),
            Chosen::Open => all(),
            Chosen::None => Amount::NoRow,
        },
        Outcome::Undecided { .. } => all(),
        Outcome::NotMet { .. }
        | Outcome::Expired
        | Outcome::NotYetEffective
        | Outcome::Replaced => Amount::None,
    }
}

/// Which row counts.
enum Chosen<'r> {
    Row(&'r Row),
    /// An earlier row may hold.
    Open,
    /// None holds.
    None,
}

fn row<'r>(rules: &'r Rules, answers: &Answers) -> Chosen<'r> {
    match possible_rows(rules, answers).next() {
        Some((row, Truth::True)) => Chosen::Row(row),
        Some(_) => Chosen::Open,
        None => Chosen::None,
    }
}

/// The rows that may count, in order, up to the first that holds, each with whether it does.
pub(crate) fn possible_rows<'r>(
    rules: &'r Rules,
    answers: &Answers,
) -> impl Iterator<Item = (&'r Row, Truth)> {
    let holds = |row: &Row| Truth::all(row.when.iter().map(|test| test.truth(answers)));
    let mut is_decided = false;
    let rows = rules.rows.iter().map(move |row| (row, holds(row)));
    rows.filter(|(_, holds)| *holds != Truth::False)
        .take_while(move |(_, holds)| !std::mem::replace(&mut is_decided, *holds == Truth::True))
}

/// A row, with its sum if `answers` decide it.
fn payment(rules: &Rules, row: &Row, answers: Option<&Answers>) -> Payment {
    let (pays, sum) = match &row.pays {
        Pays::Fixed(words) => (words, None),
        Pays::Rate(rate) => {
            let sum = answers.and_then(|answers| sum(rules, rate, answers));
            (&rate.text, sum)
        }
    };
    Payment {
        pays: pays.clone(),
        quote: rules.quote(&row.quote),
        sum,
    }
}

/// What a rate comes to; `None` while the quantity leaves it open, and for a sum too large for a decimal of
/// 28 digits.
pub(crate) fn sum(rules: &Rules, rate: &Rate, answers: &Answers) -> Option<Sum> {
    let Answer::Range(said) = answers.get(&rate.of)? else {
        return None;
    };
    let quantity = said.as_point();
    let counted = match quantity {
        Some(quantity) => quantity,
        None => beyond_the_cap(rate, said)?,
    };
    let (total, is_capped) = capped(rate, counted)?;
    let cap = rate.cap.as_ref().filter(|_| is_capped);
    let unit = rules.variable(&rate.of)?.kind.unit()?;
    Some(Sum {
        rate: rate.text.clone(),
        quantity,
        quantity_unit: unit.to_owned(),
        cap: cap.map(|cap| cap.text.clone()),
        total,
        unit: rate.unit.clone(),
    })
}

/// The lower end of a range all of which the cap cuts off.
fn beyond_the_cap(rate: &Rate, said: &Interval) -> Option<Decimal> {
    let lowest = said.from()?.number();
    capped(rate, lowest)?.1.then_some(lowest)
}

/// `quantity` × rate, and whether the cap lowers it.
fn capped(rate: &Rate, quantity: Decimal) -> Option<(Decimal, bool)> {
    let product = rate.factor.checked_mul(quantity)?;
    let limit = match &rate.cap {
        None => return Some((product, false)),
        Some(Cap {
            limit,
            is_of_quantity: true,
            ..
        }) => rate.factor.checked_mul(*limit)?,
        Some(cap) => cap.limit,
    };
    Some((product.min(limit), product > limit))
}
