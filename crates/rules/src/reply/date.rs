//! A day, a month or a year.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use time::{Date, Month};

use super::unclear::Unclear;
use crate::{choice::day_number, interval::Interval, number};

/// Reads 1945年3月1日, 1945-03-01, 1945年3月 or 1945年 from a folded text, as the days that it may be.
pub(super) fn read(said: &str) -> Result<Interval, Unclear> {
    let numbers = number::find(said);
    let numbers: Option<Vec<i32>> = match numbers.as_slice() {
        // 1945.3 looks like a decimal
        _ if is_dotted(said) => said.split('.').map(|part| part.parse().ok()).collect(),
        numbers => numbers.iter().map(|number| whole(number.value)).collect(),
    };
    days(&numbers.ok_or(Unclear::NoDate)?).ok_or(Unclear::NoDate)
}

fn is_dotted(said: &str) -> bool {
    said.contains('.') && said.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn whole(number: Decimal) -> Option<i32> {
    number.fract().is_zero().then(|| number.to_i32()).flatten()
}

fn days(numbers: &[i32]) -> Option<Interval> {
    let year = *numbers
        .first()
        .filter(|year| (1000..10_000).contains(*year))?;
    let day = |month: i32, day: i32| {
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()
    };
    let (first, last) = match *numbers {
        [_] => (day(1, 1)?, day(12, 31)?),
        [_, month] => {
            let first = day(month, 1)?;
            let length = first.month().length(year);
            (first, day(month, i32::from(length))?)
        }
        [_, month, one] => (day(month, one)?, day(month, one)?),
        _ => return None,
    };
    Interval::closed(day_number(first), day_number(last))
}
