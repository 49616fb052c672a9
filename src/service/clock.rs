//! The clock. Nothing below the service reads it.

use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339, macros::offset};

/// Returns the day that it is in China, regardless of the server's time zone.
#[must_use]
pub fn today() -> Date {
    OffsetDateTime::now_utc().to_offset(offset!(+8)).date()
}

/// Returns the time as `2026-01-31T08:30:00Z`, to the second.
pub(super) fn timestamp() -> String {
    let now = OffsetDateTime::now_utc();
    let now = now.replace_nanosecond(0).unwrap_or(now);
    // Of a year with four digits, which can always be written.
    now.format(&Rfc3339).unwrap_or_default()
}
