//! What an office sets beside its editions: pinned questions and notices. A rollback leaves them alone.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Act, Store, StoreError,
    database::{Row, values},
    time::now,
};

/// A question that every edition has to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Counted from 1.
    pub number: i64,
    /// The question.
    pub question: String,
    /// What is asked of its answer, as JSON.
    pub detail: String,
    /// Who pinned it.
    pub made_by: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
    /// How it fared when a candidate was judged last, as JSON; empty until then.
    pub replay: String,
}

/// A banner on every channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Counted from 1.
    pub number: i64,
    /// What it says.
    pub text: String,
    /// Whose notice it is: places as JSON, empty for all.
    pub places: Vec<String>,
    /// Milliseconds since 1970.
    pub from: i64,
    /// Milliseconds since 1970; `None` until it is taken down.
    pub until: Option<i64>,
    /// Who put it up.
    pub made_by: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
}

fn pin(row: &Row) -> Result<Pin, StoreError> {
    Ok(Pin {
        number: row.get(0)?,
        question: row.get(1)?,
        detail: row.get(2)?,
        made_by: row.get(3)?,
        made_at: row.get(4)?,
        replay: row.get(5)?,
    })
}

fn notice(row: &Row) -> Result<Notice, StoreError> {
    let places: String = row.get(2)?;
    Ok(Notice {
        number: row.get(0)?,
        text: row.get(1)?,
        places: parsed(&places)?,
        from: row.get(3)?,
        until: row.get(4)?,
        made_by: row.get(5)?,
        made_at: row.get(6)?,
    })
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}

fn written<T: Serialize>(value: &T) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)?)
}

impl Store {
    /// The pinned questions, in the order in which they were pinned.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn pins(&self) -> Result<Vec<Pin>, StoreError> {
        let sql =
            "SELECT number, question, detail, made_by, made_at, replay FROM pins ORDER BY number";
        let rows = self.read(sql, Vec::new()).await?;
        rows.iter().map(pin).collect()
    }

    /// The notices that are up or will be, in the order in which they were put up.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn notices(&self) -> Result<Vec<Notice>, StoreError> {
        let sql = "SELECT number, text, places, shown_from, shown_until, made_by, made_at FROM notices \
                   WHERE shown_until IS NULL OR shown_until > $1 ORDER BY number";
        let rows = self.read(sql, values![now()]).await?;
        rows.iter().map(notice).collect()
    }
}

impl Act {
    /// Pins a question. Gives its number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_pin(
        &mut self,
        question: &str,
        detail: &str,
        made_by: &str,
    ) -> Result<i64, StoreError> {
        let number = self.next("SELECT max(number) FROM pins").await?;
        let sql = "INSERT INTO pins (number, question, detail, made_by, made_at) \
                   VALUES ($1, $2, $3, $4, $5)";
        let values = values![number, question, detail, made_by, now()];
        self.execute(sql, values).await?;
        Ok(number)
    }

    /// Notes how `pin` fared, as JSON; nothing when it was taken off meanwhile.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_replay(&mut self, pin: &Pin, replay: &str) -> Result<(), StoreError> {
        // The number of the last one that was taken off is given again.
        let sql = "UPDATE pins SET replay = $1 WHERE number = $2 AND detail = $3";
        self.execute(sql, values![replay, pin.number, &pin.detail])
            .await?;
        Ok(())
    }

    /// Takes a pinned question off; false when there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn remove_pin(&mut self, number: i64) -> Result<bool, StoreError> {
        let sql = "DELETE FROM pins WHERE number = $1";
        Ok(self.execute(sql, values![number]).await? > 0)
    }

    /// Puts a notice up; its number and time are given here. Gives the number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_notice(&mut self, notice: &Notice) -> Result<i64, StoreError> {
        let number = self.next("SELECT max(number) FROM notices").await?;
        let sql = "INSERT INTO notices \
                   (number, text, places, shown_from, shown_until, made_by, made_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = values![
            number,
            &notice.text,
            written(&notice.places)?,
            notice.from,
            notice.until,
            &notice.made_by,
            now()
        ];
        self.execute(sql, values).await?;
        Ok(number)
    }

    /// Takes a notice down; false when there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_notice(&mut self, number: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE notices SET shown_until = $1 \
                   WHERE number = $2 AND (shown_until IS NULL OR shown_until > $1)";
        Ok(self.execute(sql, values![now(), number]).await? > 0)
    }

    async fn next(&mut self, sql: &'static str) -> Result<i64, StoreError> {
        let rows = self.query(sql, Vec::new()).await?;
        let last: Option<i64> = rows.first().map_or(Ok(None), |row| row.get(0))?;
        Ok(last.unwrap_or_default() + 1)
    }
}
