//! When the week before is told.

use time::{Date, Duration, Weekday};

use super::period::in_china;

/// From which hour on Monday.
const HOUR: u8 = 9;

/// The Monday of the week in which the week before is to be told now; `None` when it is not due. `now` is in
/// milliseconds since 1970, `told` the Monday of the last week in which it was told (`2026-11-30`).
///
/// Due from Monday 09:00 in China. A program that was away then tells it later in the week; one that never told
/// anything begins on a Monday.
#[must_use]
pub fn due_week(now: i64, told: Option<&str>) -> Option<Date> {
    let now = in_china(now);
    let since_monday = now.weekday().number_days_from_monday();
    let monday = now.date() - Duration::days(i64::from(since_monday));
    let has_begun = now.weekday() != Weekday::Monday || now.hour() >= HOUR;
    let is_new = match told {
        Some(told) => told < monday.to_string().as_str(),
        None => now.weekday() == Weekday::Monday,
    };
    (has_begun && is_new).then_some(monday)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    const HOURS: i64 = 3_600_000;

    fn at(time: time::OffsetDateTime) -> i64 {
        time.unix_timestamp() * 1000
    }

    #[test]
    fn it_is_told_once_in_a_week_from_monday_nine_in_china() {
        let sunday = at(datetime!(2026-11-29 00:00 +8));
        let mut told = Some("2026-11-23".to_owned());
        let mut times = Vec::new();
        for hour in 0..8 * 24 {
            if let Some(monday) = due_week(sunday + hour * HOURS, told.as_deref()) {
                times.push(hour);
                told = Some(monday.to_string());
            }
        }
        assert_eq!(times, [24 + 9], "the second Sunday is still the same week");
        assert_eq!(told.as_deref(), Some("2026-11-30"));
    }

    #[test]
    fn a_program_that_was_away_on_monday_tells_it_later() {
        let wednesday = at(datetime!(2026-12-02 03:00 +8));
        let due = due_week(wednesday, Some("2026-11-23"));
        assert_eq!(due, Some(date!(2026 - 11 - 30)));
    }

    #[test]
    fn a_new_program_begins_on_a_monday() {
        assert_eq!(due_week(at(datetime!(2026-12-02 12:00 +8)), None), None);
        assert_eq!(due_week(at(datetime!(2026-12-07 08:59 +8)), None), None);
        let due = due_week(at(datetime!(2026-12-07 09:00 +8)), None);
        assert_eq!(due, Some(date!(2026 - 12 - 07)));
    }
}
