//! Texts for refusals.

use super::fixed::{BUSY, FAILED, GONE, NOT_ADMIN, TOO_FAST};
use crate::service::Refusal;

/// The text for a refusal; `None` if somebody is still too fast and has already been told.
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
