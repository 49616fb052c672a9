//! The clock, which nothing below the service reads.

use time::{OffsetDateTime, macros::offset};

/// The year in China, whatever the server's time zone.
#[must_use]
pub fn this_year() -> i32 {
    OffsetDateTime::now_utc().to_offset(offset!(+8)).year()
}
