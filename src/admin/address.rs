//! Addresses of pages that open once, for whoever asked for one.

use wenzheng_store::{Code, Entry, StoreError, now};

use super::{office::Office, secrets::random};
use crate::staff::Actor;

/// Characters of the secret in an address, 5 bits each: 130 bits.
const SECRET: usize = 26;
/// How long an address can be used, in milliseconds.
const LIFE: i64 = 10 * 60 * 1000;

impl Office {
    /// The secret of a new address for `purpose`, by which whoever has it is taken for `by`; kept with a row of the
    /// audit.
    pub(super) fn once_for(
        &self,
        by: &Actor,
        purpose: &str,
        entry: &Entry,
    ) -> Result<String, StoreError> {
        let secret = random(SECRET)?;
        let code = Code {
            purpose: purpose.to_owned(),
            role: by.grant.role.name().to_owned(),
            places: by.grant.places.clone(),
            made_by: by.name.clone(),
            expires_at: now() + LIFE,
            detail: serde_json::to_string(&by.person.0)?,
        };
        self.publisher.block_on(async {
            let mut act = self.store().act().await?;
            act.add_code(self.store().key(), &secret, &code).await?;
            act.commit(entry).await
        })?;
        Ok(secret)
    }
}
