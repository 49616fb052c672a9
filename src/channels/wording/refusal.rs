//! What is said instead of a reply.

use super::fixed::{BUSY, FAILED, GONE, NOT_ADMIN, TOO_FAST};
use crate::service::Refusal;

/// The line for a refusal; `None` for somebody who is still too fast and has been told.
#[must_use]
pub const fn refusal(refusal: Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::TooFast { first: true, .. } => Some(TOO_FAST),
        Refusal::TooFast { first: false, .. } => None,
        Refusal::Busy => Some(BUSY),
        Refusal::NotAllowed => Some(NOT_ADMIN),
        Refusal::UnknownPassage | Refusal::UnknownDocument => Some(GONE),
        Refusal::Failed => Some(FAILED),
    }
}
