//! What is known once for the whole deployment, whichever program asks.

use crate::{Store, StoreError, database::values};

/// The fact that names the last week in which owners were told of the week before.
const DIGEST: &str = "digest.week";

impl Store {
    /// The Monday of the last week in which owners were told of the week before: `2026-11-30`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn told_week(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM facts WHERE name = $1";
        let rows = self.read(sql, values![DIGEST]).await?;
        rows.first().map(|row| row.get(0)).transpose()
    }

    /// Notes that owners are told in the week of this Monday. False when they were already, or in a later
    /// one: of several programs that try, one gets true.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn tell_week(&self, monday: &str) -> Result<bool, StoreError> {
        let sql = "INSERT INTO facts (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value \
                   WHERE facts.value < excluded.value";
        let changed = self.write(sql, values![DIGEST, monday]).await?;
        Ok(changed > 0)
    }
}
