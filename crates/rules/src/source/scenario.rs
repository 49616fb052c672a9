//! One scenario: what an official expects of given answers.

use toml::de::DeValue;

use super::{
    fields::{DAY, Fields, TEXT, Value, flag, text, wrong},
    known::Known,
    test::point,
};
use crate::{
    answer::{Answer, Answers},
    interval::Interval,
    model::{Expected, Scenario},
    problem::{Fault, Faults},
    variable::{Kind, Variable},
};

const OUTCOMES: [&str; 6] = [
    "met",
    "not_met",
    "undecided",
    "expired",
    "not_yet_effective",
    "replaced",
];

/// Reads a scenario of rules whose requirements have these `ids`.
pub(super) fn read(
    mut fields: Fields<'_>,
    known: &Known<'_>,
    ids: &[&str],
    faults: &mut Faults,
) -> Option<Scenario> {
    let given = fields.table("given", faults);
    let on = fields.optional("on", DAY, faults);
    let expect = fields.table("expect", faults);
    if expect.is_none() && fields.take("expect").is_none() {
        faults.at(fields.at(), Fault::Missing("expect"));
    }
    let line = faults.line(fields.at());
    fields.finish(faults);
    let mut answers = Answers::new();
    for (name, at, value) in given.iter().flat_map(Fields::entries) {
        match known.used(name) {
            Some(variable) => {
                if let Some(answer) = answer(variable, value, faults) {
                    answers.give(variable.id.clone(), answer);
                }
            }
            None => faults.at(at, Fault::UnknownVariable(name.to_owned())),
        }
    }
    Some(Scenario {
        line,
        given: answers,
        on,
        expect: expected(expect?, known, ids, faults)?,
    })
}

fn expected(
    mut fields: Fields<'_>,
    known: &Known<'_>,
    ids: &[&str],
    faults: &mut Faults,
) -> Option<Expected> {
    let outcome = fields.required("outcome", TEXT, faults);
    let amount = fields.optional("amount", TEXT, faults);
    let judged = fields.optional("judged", (count, "一个整数"), faults);
    let by = fields.optional("by", TEXT, faults);
    let asks = fields.optional("asks", TEXT, faults);
    let mut must_exist = |key, name: &Option<String>, exists: &dyn Fn(&str) -> bool| {
        if let Some(name) = name.as_ref().filter(|name| !exists(name)) {
            faults.at(
                fields.place_of(key),
                Fault::UnknownExpectation(name.clone()),
            );
        }
    };
    must_exist("by", &by, &|name| ids.contains(&name));
    must_exist("asks", &asks, &|name| known.used(name).is_some());
    if outcome
        .as_deref()
        .is_some_and(|name| !OUTCOMES.contains(&name))
    {
        let fault = wrong("outcome", &OUTCOMES.join("、"));
        faults.at(fields.place_of("outcome"), fault);
    }
    fields.finish(faults);
    Some(Expected {
        outcome: outcome?,
        amount,
        judged,
        by,
        asks,
    })
}

fn count(value: &DeValue<'_>) -> Option<usize> {
    value.as_integer()?.as_str().parse().ok()
}

/// An answer as a scenario writes it: true, 83, [80, 89], "一级", 2025-01-01.
fn answer(variable: &Variable, value: &Value<'_>, faults: &mut Faults) -> Option<Answer> {
    let kind = &variable.kind;
    let written = value.get_ref();
    let (answer, expected) = match kind {
        Kind::YesNo => (flag(written).map(Answer::YesNo), "true 或 false".to_owned()),
        Kind::OneOf(values) => {
            let known = text(written).filter(|value| values.contains(value));
            (known.map(Answer::Choice), values.join("、"))
        }
        Kind::Years { .. } | Kind::Number { .. } | Kind::Date => {
            let expected = "一个数或日期，范围写作 [小的, 大的]".to_owned();
            (range(kind, written).map(Answer::Range), expected)
        }
    };
    if answer.is_none() {
        faults.at(value.span().start, wrong(&variable.name, &expected));
    }
    answer
}

fn range(kind: &Kind, value: &DeValue<'_>) -> Option<Interval> {
    let one = |value: &DeValue<'_>| Some(point(kind, value)?.0);
    let range = match value {
        DeValue::Array(ends) => {
            let [low, high] = ends.iter().collect::<Vec<_>>().try_into().ok()?;
            Interval::closed(one(Value::get_ref(low))?, one(Value::get_ref(high))?)?
        }
        value => Interval::point(one(value)?),
    };
    if kind.is_whole() {
        range.whole()
    } else {
        Some(range)
    }
}
