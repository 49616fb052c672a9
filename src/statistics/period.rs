//! Days on end.

use time::{Date, Duration, OffsetDateTime, UtcOffset, macros::offset};
use wenzheng_text::normalize;

/// Days are those of China.
const CHINA: UtcOffset = offset!(+8);
/// The most days that are looked at together.
const MOST: u16 = 366;

/// Days on end, by the calendar of China; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    first: Date,
    length: u16,
}

impl Period {
    /// The last `length` days, with the day of `now` as the last one; `now` is in milliseconds since 1970. From
    /// 1 to 366 days.
    #[must_use]
    pub fn until_now(now: i64, length: u16) -> Self {
        Self::ending(day_of(now), length)
    }

    /// The `length` days before a day; from 1 to 366.
    #[must_use]
    pub fn before_day(day: Date, length: u16) -> Self {
        Self::ending(day.previous_day().unwrap_or(Date::MIN), length)
    }

    fn ending(last: Date, length: u16) -> Self {
        let length = length.clamp(1, MOST);
        Self {
            first: last.saturating_sub(Duration::days(i64::from(length) - 1)),
            length,
        }
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.first
            .saturating_add(Duration::days(i64::from(self.length) - 1))
    }

    /// How many days.
    #[must_use]
    pub const fn length(self) -> u16 {
        self.length
    }

    /// As many days, right before these.
    #[must_use]
    pub fn before(self) -> Self {
        Self::before_day(self.first, self.length)
    }

    /// Each day, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        (0..self.length).map(move |day| self.first.saturating_add(Duration::days(i64::from(day))))
    }

    /// When it begins and ends, in milliseconds since 1970; the end is not part of it.
    pub(super) fn bounds(self) -> (i64, i64) {
        let midnight = |day: Date| {
            let midnight = day.midnight().assume_offset(CHINA);
            midnight.unix_timestamp() * 1000
        };
        let after = self.last().saturating_add(Duration::DAY);
        (midnight(self.first), midnight(after))
    }
}

/// The day of a time in China, in milliseconds since 1970.
pub(super) fn day_of(at: i64) -> Date {
    in_china(at).date()
}

/// A time by the clock of China, in milliseconds since 1970.
pub(super) fn in_china(at: i64) -> OffsetDateTime {
    let time = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000));
    time.unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(CHINA)
}

/// A number of days as people type it: `7d`, `30`, `90天`; 7 for an empty text. From 1 to 366.
#[must_use]
pub fn days_typed(text: &str) -> Option<u16> {
    let text = normalize::narrow_digits(text.trim());
    if text.is_empty() {
        return Some(7);
    }
    let number = text.trim_end_matches(['d', 'D', '天', '日']).trim();
    let days: u16 = number.parse().ok()?;
    (1..=MOST).contains(&days).then_some(days)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    /// 00:30 in China on 30 November 2026; the 29th in Greenwich.
    const NIGHT: i64 = 1_795_969_800_000;

    #[test]
    fn days_begin_at_midnight_in_china() {
        let week = Period::until_now(NIGHT, 7);
        assert_eq!(week.last(), date!(2026 - 11 - 30));
        assert_eq!(week.first(), date!(2026 - 11 - 24));
        assert_eq!(week.days().count(), 7);
        let (begins, ends) = week.bounds();
        assert!(begins < NIGHT && NIGHT < ends);
        assert_eq!(ends - begins, 7 * 86_400_000);
    }

    #[test]
    fn the_period_before_ends_where_this_one_begins() {
        let week = Period::until_now(NIGHT, 7);
        let before = week.before();
        assert_eq!(before.last(), date!(2026 - 11 - 23));
        assert_eq!(before.bounds().1, week.bounds().0);
        assert_eq!(before.length(), 7);
    }

    #[test]
    fn days_are_typed_in_many_ways() {
        for (typed, days) in [
            ("", Some(7)),
            ("7d", Some(7)),
            ("30", Some(30)),
            ("９０天", Some(90)),
            ("366", Some(366)),
            ("0", None),
            ("367", None),
            ("-7", None),
            ("week", None),
        ] {
            assert_eq!(days_typed(typed), days, "{typed:?}");
        }
    }
}
