//! Scenarios: what officials expect, held against what comes out.

use time::Date;

use crate::{
    model::{Expected, Scenario},
    outcome::{Amount, Outcome, Validity, Verdict},
    rules::Rules,
};

/// A scenario that does not come out as expected. Displayed in Chinese, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第{line}行的情形：{what}应为“{expected}”，实际是“{actual}”。请核对条件，或改正 expect")]
pub struct Mismatch {
    /// The line of the scenario in the rule file, counted from 1.
    pub line: usize,
    /// What differs: 结论, 标准, 由部门认定的条数, 不符合的条件, 下一问.
    pub what: &'static str,
    /// As the file has it.
    pub expected: String,
    /// As it comes out.
    pub actual: String,
}

/// Runs the scenarios of `rules`; what does not come out as expected, in their order.
///
/// `validity` tells whether the document is in force on a day. It is asked only for scenarios with `on`: the
/// others are judged as if it were, so that they still hold once the document has expired.
#[must_use]
pub fn run_scenarios(rules: &Rules, mut validity: impl FnMut(Date) -> Validity) -> Vec<Mismatch> {
    let scenarios = rules.scenarios().iter();
    scenarios
        .flat_map(|scenario| {
            let validity = scenario.on.map_or(Validity::InForce, &mut validity);
            mismatches(rules, scenario, &rules.judge(&scenario.given, validity))
        })
        .collect()
}

fn mismatches(rules: &Rules, scenario: &Scenario, verdict: &Verdict) -> Vec<Mismatch> {
    let Expected {
        outcome,
        amount,
        judged,
        by,
        asks,
    } = &scenario.expect;
    let judged = judged.map(|count| count.to_string());
    let compared = [
        (
            "结论",
            Some(outcome.clone()),
            verdict.outcome.name().to_owned(),
        ),
        ("标准", amount.clone(), amount_of(verdict)),
        ("由部门认定的条数", judged, judged_of(verdict)),
        ("不符合的条件", by.clone(), by_of(verdict)),
        ("下一问", asks.clone(), asks_of(rules, verdict)),
    ];
    let differing = compared.into_iter().filter_map(|(what, expected, actual)| {
        let expected = expected.filter(|expected| *expected != actual)?;
        Some(Mismatch {
            line: scenario.line,
            what,
            expected,
            actual,
        })
    });
    differing.collect()
}

/// The sum where there is one, else the words of the row; 无 where nothing is decided.
fn amount_of(verdict: &Verdict) -> String {
    match &verdict.amount {
        Amount::Decided(payment) => match &payment.sum {
            Some(sum) => sum.total(),
            None => payment.pays.clone(),
        },
        Amount::None | Amount::Open(_) | Amount::NoRow => "无".to_owned(),
    }
}

fn judged_of(verdict: &Verdict) -> String {
    match &verdict.outcome {
        Outcome::Met(met) => met.left_to_office().len().to_string(),
        _ => "无".to_owned(),
    }
}

fn by_of(verdict: &Verdict) -> String {
    match &verdict.outcome {
        Outcome::NotMet { by, .. } => by.clone(),
        _ => "无".to_owned(),
    }
}

fn asks_of(rules: &Rules, verdict: &Verdict) -> String {
    match &verdict.outcome {
        Outcome::Undecided { asks: Some(id) } => rules
            .variable(id)
            .map_or_else(|| id.to_string(), |variable| variable.name.clone()),
        _ => "无".to_owned(),
    }
}
