//! Editions: what went live, in order, with the contents of their files.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    Act, Hash, Manifest, Store, StoreError,
    database::{Row, values},
    time::now,
};

/// Editions that are kept; older ones go, with the contents that no other has.
pub const KEPT_EDITIONS: i64 = 50;
const LIVE: &str = "live";

/// An edition as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionRecord {
    /// Counted from 1; numbers only rise.
    pub number: i64,
    /// Milliseconds since 1970.
    pub made_at: i64,
    /// Who made it, as the office knows them.
    pub author: String,
    /// By which act: `upload`.
    pub cause: String,
    /// What an administrator should know of it, in words.
    pub note: String,
    /// The edition it was made from.
    pub base: Option<i64>,
    /// The blob that lists its files.
    #[serde(skip)]
    pub manifest: Hash,
    /// The version that answers name.
    pub version: String,
}

/// An edition that is to go live.
#[derive(Debug, Clone)]
pub struct NewEdition<'a> {
    /// See [`EditionRecord`].
    pub author: &'a str,
    /// See [`EditionRecord`].
    pub cause: &'a str,
    /// See [`EditionRecord`].
    pub note: &'a str,
    /// Its files, whose contents are kept.
    pub manifest: &'a Manifest,
    /// See [`EditionRecord`].
    pub version: &'a str,
    /// The edition that must be live; another one means that somebody was faster.
    pub base: Option<i64>,
}

fn record(row: &Row) -> Result<EditionRecord, StoreError> {
    let manifest: Vec<u8> = row.get(6)?;
    Ok(EditionRecord {
        number: row.get(0)?,
        made_at: row.get(1)?,
        author: row.get(2)?,
        cause: row.get(3)?,
        note: row.get(4)?,
        base: row.get(5)?,
        manifest: Hash::from_bytes(&manifest).ok_or_else(|| damaged("manifest"))?,
        version: row.get(7)?,
    })
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.to_owned())
}

impl Act {
    /// The number of the live edition; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn live(&mut self) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT value FROM facts WHERE name = $1";
        let rows = self.query(sql, values![LIVE]).await?;
        let value: Option<String> = rows.first().map(|row| row.get(0)).transpose()?;
        let number = value.map(|value| value.parse().map_err(|_| damaged(LIVE)));
        number.transpose()
    }

    /// Makes an edition live, and removes what is older than the last 50. Gives its number.
    ///
    /// # Errors
    /// [`StoreError::Outrun`] when `base` is not the live edition.
    pub async fn go_live(&mut self, new: &NewEdition<'_>) -> Result<i64, StoreError> {
        let live = self.live().await?;
        if live != new.base {
            let sql = "SELECT author FROM editions WHERE number = $1";
            let rows = self.query(sql, values![live.unwrap_or_default()]).await?;
            let by = rows.first().map(|row| row.get(0)).transpose()?;
            return Err(StoreError::Outrun {
                by: by.unwrap_or_default(),
            });
        }
        let manifest = self.put(new.manifest.to_text().as_bytes()).await?.hash;
        let number = live.unwrap_or_default() + 1;
        let sql = "INSERT INTO editions \
                   (number, made_at, author, cause, note, base, manifest, version) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = values![
            number,
            now(),
            new.author,
            new.cause,
            new.note,
            new.base,
            manifest.0.as_slice(),
            new.version
        ];
        self.execute(sql, values).await?;
        self.set_fact(LIVE, &number.to_string()).await?;
        let sql = "DELETE FROM editions WHERE number <= $1";
        let old = number - KEPT_EDITIONS;
        if self.execute(sql, values![old]).await? > 0 {
            self.collect().await?;
        }
        Ok(number)
    }

    /// Notes what an input gave.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_input(&mut self, name: &str, manifest: &Manifest) -> Result<(), StoreError> {
        let hash = self.put(manifest.to_text().as_bytes()).await?.hash;
        let sql = "INSERT INTO inputs (name, manifest, at) VALUES ($1, $2, $3) ON CONFLICT (name) \
                   DO UPDATE SET manifest = excluded.manifest, at = excluded.at";
        let values = values![name, hash.0.as_slice(), now()];
        self.execute(sql, values).await?;
        Ok(())
    }

    /// Notes a fact.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_fact(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO facts (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.execute(sql, values![name, value]).await?;
        Ok(())
    }

    /// Removes blobs that nothing kept refers to.
    async fn collect(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT b.hash, b.bytes FROM blobs b WHERE b.hash IN (SELECT manifest FROM editions \
                   UNION SELECT manifest FROM drafts UNION SELECT manifest FROM inputs)";
        let mut kept: BTreeSet<Vec<u8>> = BTreeSet::new();
        for row in self.query(sql, Vec::new()).await? {
            let (hash, bytes): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let text = String::from_utf8(bytes).map_err(|_| damaged("manifest"))?;
            let files = Manifest::parse(&text)?.files;
            kept.extend(files.into_values().map(|content| content.hash.0.to_vec()));
            kept.insert(hash);
        }
        for row in self.query("SELECT hash FROM blobs", Vec::new()).await? {
            let hash: Vec<u8> = row.get(0)?;
            if !kept.contains(&hash) {
                let sql = "DELETE FROM blobs WHERE hash = $1";
                self.execute(sql, values![hash]).await?;
            }
        }
        Ok(())
    }
}

impl Store {
    /// The live edition; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn live_edition(&self) -> Result<Option<EditionRecord>, StoreError> {
        let sql = "SELECT number, made_at, author, cause, note, base, manifest, version \
                   FROM editions WHERE number = \
                   (SELECT CAST(value AS BIGINT) FROM facts WHERE name = $1)";
        let rows = self.read(sql, values![LIVE]).await?;
        rows.first().map(record).transpose()
    }

    /// An edition that is kept.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn edition(&self, number: i64) -> Result<Option<EditionRecord>, StoreError> {
        let sql = "SELECT number, made_at, author, cause, note, base, manifest, version \
                   FROM editions WHERE number = $1";
        let rows = self.read(sql, values![number]).await?;
        rows.first().map(record).transpose()
    }

    /// The editions that are kept, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn editions(&self, limit: usize) -> Result<Vec<EditionRecord>, StoreError> {
        let sql = "SELECT number, made_at, author, cause, note, base, manifest, version \
                   FROM editions ORDER BY number DESC LIMIT $1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.read(sql, values![limit]).await?;
        rows.iter().map(record).collect()
    }

    /// Keeps `edition` of the store `from`, with its contents, as the only and live one: a copy for when that
    /// store cannot be reached.
    ///
    /// # Errors
    /// [`StoreError`]; then the copy is as it was.
    pub async fn take_edition(
        &self,
        edition: &EditionRecord,
        from: &Self,
    ) -> Result<(), StoreError> {
        let mut act = self.act().await?;
        let manifest = from.blob(edition.manifest).await?;
        act.put(&manifest).await?;
        let text = String::from_utf8(manifest).map_err(|_| damaged("manifest"))?;
        for content in Manifest::parse(&text)?.files.values() {
            if !act.has(content.hash).await? {
                act.put(&from.blob(content.hash).await?).await?;
            }
        }
        act.execute("DELETE FROM editions", Vec::new()).await?;
        let sql = "INSERT INTO editions \
                   (number, made_at, author, cause, note, base, manifest, version) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = values![
            edition.number,
            edition.made_at,
            &edition.author,
            &edition.cause,
            &edition.note,
            edition.base,
            edition.manifest.0.as_slice(),
            &edition.version
        ];
        act.execute(sql, values).await?;
        act.set_fact(LIVE, &edition.number.to_string()).await?;
        act.collect().await?;
        act.transaction.commit().await
    }

    /// The manifest kept under `hash`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not there as it was written.
    pub async fn manifest(&self, hash: Hash) -> Result<Manifest, StoreError> {
        let text = String::from_utf8(self.blob(hash).await?).map_err(|_| damaged("manifest"))?;
        Manifest::parse(&text)
    }

    /// What an input gave last; `None` when it never gave anything.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn input(&self, name: &str) -> Result<Option<Manifest>, StoreError> {
        let sql = "SELECT manifest FROM inputs WHERE name = $1";
        let rows = self.read(sql, values![name]).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let hash: Vec<u8> = row.get(0)?;
        let hash = Hash::from_bytes(&hash).ok_or_else(|| damaged("manifest"))?;
        Ok(Some(self.manifest(hash).await?))
    }

    /// A fact that was noted.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn fact(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM facts WHERE name = $1";
        let rows = self.read(sql, values![name]).await?;
        rows.first().map(|row| row.get(0)).transpose()
    }

    /// The bytes kept under `hash`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when they are missing or not what was kept.
    pub async fn blob(&self, hash: Hash) -> Result<Vec<u8>, StoreError> {
        let sql = "SELECT bytes FROM blobs WHERE hash = $1";
        let rows = self.read(sql, values![hash.0.as_slice()]).await?;
        let bytes: Option<Vec<u8>> = rows.first().map(|row| row.get(0)).transpose()?;
        let sound = bytes.filter(|bytes| Hash::of(bytes) == hash);
        sound.ok_or_else(|| damaged(&format!("{hash:?}")))
    }
}
