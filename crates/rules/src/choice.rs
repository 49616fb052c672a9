//! Choices: the answers to a question that can make a difference, with their labels.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use time::Date;

use crate::{
    answer::Answer,
    interval::{Cut, Interval},
    rules::Rules,
    test::Accepts,
    variable::{Kind, VariableId},
};

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// By which it is picked where there are no buttons: a number, or a letter where a number is an answer
    /// of its own (2 is two years, B the second range).
    pub mark: String,
    /// In Chinese: 是, 不满80岁, 80–89岁.
    pub label: String,
    /// What it says.
    pub answer: Answer,
}

/// The choices for a variable of `kind`, on which `tests` depend. Numbers are ranges, cut where one of the
/// tests changes: a chosen range decides all of them.
pub(crate) fn choices<'t>(
    kind: &Kind,
    tests: impl IntoIterator<Item = &'t Accepts>,
) -> Vec<Choice> {
    let answers: Vec<(String, Answer)> = match kind {
        Kind::YesNo => [("是", true), ("不是", false)]
            .map(|(label, yes)| (label.to_owned(), Answer::YesNo(yes)))
            .into(),
        Kind::OneOf(values) => {
            let answer = |value: &String| (value.clone(), Answer::Choice(value.clone()));
            values.iter().map(answer).collect()
        }
        Kind::Years { .. } | Kind::Number { .. } | Kind::Date => {
            let cuts = tests.into_iter().flat_map(Accepts::cuts);
            let ranges = ranges(kind, cuts);
            let answer = |range| (label(kind, &range), Answer::Range(range));
            ranges.into_iter().map(answer).collect()
        }
    };
    let marked = answers.into_iter().enumerate();
    marked
        .map(|(at, (label, answer))| Choice {
            mark: mark(kind, at),
            label,
            answer,
        })
        .collect()
}

/// The choices for a variable of `rules`, on which its tests depend.
pub(crate) fn choices_of(rules: &Rules, id: &VariableId) -> Vec<Choice> {
    let tests = rules.tests().filter(|test| test.variable == *id);
    let kind = rules.variable(id).map(|variable| &variable.kind);
    kind.map_or_else(Vec::new, |kind| {
        choices(kind, tests.map(|test| &test.accepts))
    })
}

/// The ranges between `cuts` in which there is a number of `kind`.
fn ranges(kind: &Kind, cuts: impl Iterator<Item = Cut>) -> Vec<Interval> {
    let parts = Interval::parts(cuts).into_iter();
    if kind.is_whole() {
        parts.filter_map(|part| part.whole()).collect()
    } else {
        parts.collect()
    }
}

/// A number for words, a letter for numbers.
fn mark(kind: &Kind, at: usize) -> String {
    let letter = u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at));
    match (kind, letter) {
        (Kind::Years { .. } | Kind::Number { .. } | Kind::Date, Some(letter @ b'A'..=b'Z')) => {
            char::from(letter).to_string()
        }
        _ => (at + 1).to_string(),
    }
}

/// `answer` in words, for reading it back: 是, 82岁, 80–89岁, 不知道.
#[must_use]
pub fn in_words(kind: &Kind, answer: &Answer) -> String {
    match answer {
        Answer::YesNo(true) => "是".to_owned(),
        Answer::YesNo(false) => "不是".to_owned(),
        Answer::Choice(value) => value.clone(),
        Answer::Range(range) => label(kind, range),
        Answer::DontKnow => "不知道".to_owned(),
    }
}

/// A range in words. 不满 and 超过 leave the number out, 以上 and 不超过 take it in, as laws do.
fn label(kind: &Kind, range: &Interval) -> String {
    if *kind == Kind::Date {
        return days(range);
    }
    let unit = kind.unit().unwrap_or_default();
    let number = |cut: Cut| cut.number().normalize();
    let whole = kind.is_whole();
    match (range.from(), range.to()) {
        (None, None) => "任意".to_owned(),
        (None, Some(to)) if to.is_before() => format!("不满{}{unit}", number(to)),
        (None, Some(to)) if whole => format!("不满{}{unit}", number(to) + Decimal::ONE),
        (None, Some(to)) => format!("不超过{}{unit}", number(to)),
        (Some(from), None) if from.is_before() => format!("{}{unit}以上", number(from)),
        (Some(from), None) => format!("超过{}{unit}", number(from)),
        (Some(from), Some(to)) if number(from) == number(to) => format!("{}{unit}", number(from)),
        (Some(from), Some(to)) if from.is_before() && !to.is_before() => {
            format!("{}–{}{unit}", number(from), number(to))
        }
        (Some(from), Some(to)) => {
            let above = if from.is_before() { "满" } else { "超过" };
            let below = if to.is_before() {
                "不满"
            } else {
                "不超过"
            };
            format!("{above}{}、{below}{}{unit}", number(from), number(to))
        }
    }
}

fn days(range: &Interval) -> String {
    let day = |cut: Cut| date(cut.number()).map_or_else(String::new, chinese_date);
    match (range.from(), range.to()) {
        (None, None) => "任意".to_owned(),
        (None, Some(to)) => format!("{}及以前", day(to)),
        (Some(from), None) => format!("{}及以后", day(from)),
        (Some(from), Some(to)) if from.number() == to.number() => day(from),
        (Some(from), Some(to)) => format!("{}至{}", day(from), day(to)),
    }
}

/// The day with this number.
fn date(number: Decimal) -> Option<Date> {
    Date::from_julian_day(number.to_i32()?).ok()
}

/// The number of `day`, in which dates are computed.
pub(crate) fn day_number(day: Date) -> Decimal {
    Decimal::from(day.to_julian_day())
}

fn chinese_date(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), u8::from(day.month()), day.day())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn labels(kind: &Kind, cuts: &[Cut]) -> Vec<String> {
        let ranges = ranges(kind, cuts.iter().copied());
        ranges.iter().map(|range| label(kind, range)).collect()
    }

    #[test]
    fn ages_are_cut_at_the_thresholds_of_the_file() {
        let years = Kind::Years {
            unit: "岁".to_owned(),
        };
        let [eighty, ninety, hundred] = [80, 90, 100].map(|n| Cut::before(Decimal::from(n)));
        let before_ninety = Cut::after(Decimal::from(89));
        let cuts = [hundred, eighty, before_ninety, ninety, eighty];
        assert_eq!(
            labels(&years, &cuts),
            ["不满80岁", "80–89岁", "90–99岁", "100岁以上"]
        );
    }

    #[test]
    fn measures_say_on_which_side_the_threshold_lies() {
        let mu = Kind::Number {
            unit: "亩".to_owned(),
            whole: false,
        };
        let [five, ten] = [5, 10].map(Decimal::from);
        assert_eq!(
            labels(&mu, &[Cut::before(five), Cut::after(ten)]),
            ["不满5亩", "5–10亩", "超过10亩"]
        );
        assert_eq!(
            labels(&mu, &[Cut::after(five), Cut::before(ten)]),
            ["不超过5亩", "超过5、不满10亩", "10亩以上"]
        );
    }

    #[test]
    fn days_are_named() {
        let first = Cut::before(day_number(date!(2025 - 01 - 01)));
        assert_eq!(
            labels(&Kind::Date, &[first]),
            ["2024年12月31日及以前", "2025年1月1日及以后"]
        );
    }

    #[test]
    fn ranges_are_picked_by_letters_and_values_by_numbers() {
        let values = Kind::OneOf(vec!["一级".to_owned(), "二级".to_owned()]);
        let marks = |kind| -> Vec<String> {
            let choices = choices(kind, []);
            choices.into_iter().map(|choice| choice.mark).collect()
        };
        assert_eq!(marks(&values), ["1", "2"]);
        assert_eq!(marks(&Kind::Date), ["A"]);
    }
}
