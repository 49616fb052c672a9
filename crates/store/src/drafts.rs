//! What may go live: uploads that wait for a word, proposals, editions with a date.

use crate::{
    Act, Hash, Manifest, Person, Store, StoreError,
    database::{Row, values},
    time::now,
};

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Counted from 1; numbers only rise.
    pub number: i64,
    /// Milliseconds since 1970.
    pub made_at: i64,
    /// Who made it.
    pub author: Person,
    /// What the office calls them.
    pub author_name: String,
    /// By which act.
    pub cause: String,
    /// In words.
    pub note: String,
    /// The edition it was made from and shown against.
    pub base: i64,
    /// The blob that lists its files.
    pub manifest: Hash,
    /// `open`, `proposed`, `scheduled`, `done` or `dropped`.
    pub state: String,
    /// When it goes live by itself, in milliseconds since 1970.
    pub go_live_at: Option<i64>,
    /// What its act needs besides.
    pub detail: String,
}

fn draft(row: &Row) -> Result<Draft, StoreError> {
    let damaged = || StoreError::Damaged("draft".to_owned());
    let (author, manifest): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(7)?);
    Ok(Draft {
        number: row.get(0)?,
        made_at: row.get(1)?,
        author: Person::from_bytes(&author).ok_or_else(damaged)?,
        author_name: row.get(3)?,
        cause: row.get(4)?,
        note: row.get(5)?,
        base: row.get(6)?,
        manifest: Hash::from_bytes(&manifest).ok_or_else(damaged)?,
        state: row.get(8)?,
        go_live_at: row.get(9)?,
        detail: row.get(10)?,
    })
}

impl Act {
    /// Adds a draft; its number and time are given here. Gives the number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_draft(
        &mut self,
        draft: &Draft,
        manifest: &Manifest,
    ) -> Result<i64, StoreError> {
        let hash = self.put(manifest.to_text().as_bytes()).await?.hash;
        let sql = "SELECT max(number) FROM drafts";
        let rows = self.query(sql, Vec::new()).await?;
        let last: Option<i64> = rows.first().map_or(Ok(None), |row| row.get(0))?;
        let number = last.unwrap_or_default() + 1;
        let sql = "INSERT INTO drafts (number, made_at, author, author_name, cause, note, base, \
                   manifest, state, go_live_at, detail) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let values = values![
            number,
            now(),
            draft.author.0.as_slice(),
            &draft.author_name,
            &draft.cause,
            &draft.note,
            draft.base,
            hash.0.as_slice(),
            &draft.state,
            draft.go_live_at,
            &draft.detail
        ];
        self.execute(sql, values).await?;
        Ok(number)
    }

    /// A draft as it is in this act.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn draft(&mut self, number: i64) -> Result<Option<Draft>, StoreError> {
        let sql = "SELECT number, made_at, author, author_name, cause, note, base, manifest, state, \
                   go_live_at, detail FROM drafts WHERE number = $1";
        let rows = self.query(sql, values![number]).await?;
        rows.first().map(draft).transpose()
    }

    /// Changes the state of a draft.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_draft(
        &mut self,
        number: i64,
        state: &str,
        go_live_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE drafts SET state = $1, go_live_at = $2 WHERE number = $3";
        let values = values![state, go_live_at, number];
        self.execute(sql, values).await?;
        Ok(())
    }
}

impl Store {
    /// A draft.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn draft(&self, number: i64) -> Result<Option<Draft>, StoreError> {
        let sql = "SELECT number, made_at, author, author_name, cause, note, base, manifest, state, \
                   go_live_at, detail FROM drafts WHERE number = $1";
        let rows = self.read(sql, values![number]).await?;
        rows.first().map(draft).transpose()
    }

    /// The drafts that are neither done nor dropped, oldest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let sql = "SELECT number, made_at, author, author_name, cause, note, base, manifest, state, \
                   go_live_at, detail FROM drafts WHERE state IN ('open', 'proposed', 'scheduled') \
                   ORDER BY number";
        let rows = self.read(sql, Vec::new()).await?;
        rows.iter().map(draft).collect()
    }
}
