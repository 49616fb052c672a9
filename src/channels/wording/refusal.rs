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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn too_fast_is_said_once_and_nothing_internal_is_told() {
        let too_fast = |first| Refusal::TooFast {
            wait: Duration::ZERO,
            first,
        };
        assert_eq!(refusal(too_fast(true)), Some(TOO_FAST));
        assert_eq!(refusal(too_fast(false)), None);
        assert_eq!(refusal(Refusal::Failed), Some(FAILED));
    }
}
