//! Why a page is not shown.

use crate::{service::Refusal, staff::Role};

/// Why a page is not shown, or nothing was done.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There is nothing at this address.
    NotFound,
    /// It takes another role.
    Needs(Role),
    /// A form that did not come from a page of ours, or from one of before signing in again.
    Forged,
    /// A form that cannot be read.
    Unreadable,
    /// An address whose filters cannot be read.
    Unfiltered,
    /// The service refuses.
    Refused(Refusal),
    /// The store cannot be used.
    NoStore,
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
