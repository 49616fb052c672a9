//! Texts that the office has changed, in place of those of the settings.

use crate::{
    Act, Store, StoreError,
    database::{Row, values},
    time::now,
};

/// A text of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeText {
    /// Which one: `hotline`, `greeting`.
    pub name: String,
    /// What it says.
    pub value: String,
    /// Who changed it last.
    pub made_by: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
}

impl Store {
    /// The texts that were changed, by name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn texts(&self) -> Result<Vec<OfficeText>, StoreError> {
        let sql = "SELECT name, value, made_by, made_at FROM texts ORDER BY name";
        let rows = self.read(sql, Vec::new()).await?;
        let text = |row: &Row| {
            Ok(OfficeText {
                name: row.get(0)?,
                value: row.get(1)?,
                made_by: row.get(2)?,
                made_at: row.get(3)?,
            })
        };
        rows.iter().map(text).collect()
    }
}

impl Act {
    /// Changes a text; `None` gives it back to the settings.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_text(
        &mut self,
        name: &str,
        value: Option<&str>,
        made_by: &str,
    ) -> Result<(), StoreError> {
        let Some(value) = value else {
            let sql = "DELETE FROM texts WHERE name = $1";
            self.execute(sql, values![name]).await?;
            return Ok(());
        };
        let sql = "INSERT INTO texts (name, value, made_by, made_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value, \
                   made_by = excluded.made_by, made_at = excluded.made_at";
        self.execute(sql, values![name, value, made_by, now()])
            .await?;
        Ok(())
    }
}
