//! Times as they are stored.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 in UTC.
#[must_use]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// The day of a time as `2026-11-30`, by the proleptic Gregorian calendar, `offset` milliseconds east of
/// Greenwich. Howard Hinnant, “chrono-compatible low-level date algorithms”.
#[must_use]
pub fn day_of(at: i64, offset: i64) -> String {
    let days = (at + offset).div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_of_the_place() {
        let beijing = 8 * 3_600_000;
        assert_eq!(day_of(0, 0), "1970-01-01");
        assert_eq!(day_of(951_782_399_000, 0), "2000-02-28");
        assert_eq!(day_of(951_782_400_000, 0), "2000-02-29");
        assert_eq!(day_of(1_764_518_400_000, 0), "2025-11-30");
        assert_eq!(day_of(1_764_518_400_000 - 1, beijing), "2025-11-30");
        assert_eq!(day_of(1_764_518_400_000, beijing), "2025-12-01");
    }
}
