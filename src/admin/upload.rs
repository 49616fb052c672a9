//! Where files are uploaded to.

use wenzheng_store::StoreError;

use super::{office::Office, outcome::Outcome};
use crate::staff::Actor;

impl Office {
    /// Where somebody can put files in: in the chat, or on a page that opens once.
    pub(super) fn upload(&self, _by: &Actor) -> Result<Outcome, StoreError> {
        Ok(Outcome::NoAddress)
    }
}
