//! What owners hear at once, and can read later.

use crate::{
    Store, StoreError,
    database::{Mode, Row, values},
    time::{DAY, now},
};

/// How long alerts are kept, in days.
const KEPT: i64 = 90;

/// Something that owners should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Counted from 1.
    pub number: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// What it is about: `disk`, `reload`.
    pub kind: String,
    /// In words for people.
    pub text: String,
}

impl Store {
    /// Notes an alert; those of months ago are dropped. Gives its number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_alert(&self, kind: &str, text: &str) -> Result<i64, StoreError> {
        let mut transaction = self.database.begin(Mode::Act).await?;
        let sql = "DELETE FROM alerts WHERE at < $1";
        transaction
            .execute(sql, values![now() - KEPT * DAY])
            .await?;
        let sql = "SELECT coalesce(max(number), 0) + 1 FROM alerts";
        let rows = transaction.query(sql, Vec::new()).await?;
        let number: i64 = rows.first().map_or(Ok(1), |row| row.get(0))?;
        let sql = "INSERT INTO alerts (number, at, kind, text) VALUES ($1, $2, $3, $4)";
        let values = values![number, now(), kind, text];
        transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// The newest alerts.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn alerts(&self, limit: i64) -> Result<Vec<Alert>, StoreError> {
        let sql = "SELECT number, at, kind, text FROM alerts ORDER BY number DESC LIMIT $1";
        let rows = self.read(sql, values![limit]).await?;
        let alert = |row: &Row| {
            Ok(Alert {
                number: row.get(0)?,
                at: row.get(1)?,
                kind: row.get(2)?,
                text: row.get(3)?,
            })
        };
        rows.iter().map(alert).collect()
    }
}
