//! Who did what: rows that are only ever added, each bound to the one before.
//!
//! `chain` of a row is a keyed hash of the row and of the `chain` before it, so that a row that was
//! changed, taken out or put in between is found by whoever has the key. Rows older than the audit is kept may
//! be removed from the beginning; the fact `audit.anchor` then holds the `chain` of the last one
//! removed.

use serde::Serialize;

use crate::{
    Hash, Store, StoreError,
    database::{Mode, Row, values},
    entry::{ANCHOR, Entry, anchor, chain},
    time::{DAY, now},
};

/// Days that the database itself keeps every row, see the migrations.
pub const AUDIT_DAYS: u32 = 180;

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Counted from 1.
    pub seq: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// What was written.
    #[serde(flatten)]
    pub entry: Entry,
    /// Hexadecimal.
    pub chain: String,
}

/// Which rows to list; an empty text is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of whom, as the row has it.
    pub actor: String,
    /// Of whoever acted in this role.
    pub role: String,
    /// Of whoever has their role for this place, and not for all.
    pub place: String,
    /// Written since, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Written before, in milliseconds since 1970.
    pub until: Option<i64>,
    /// Before this row.
    pub before: Option<i64>,
}

/// Rows that are chosen by an index first, and then by all that a filter says.
macro_rules! rows {
    ($first:literal) => {
        concat!(
            "SELECT seq, at, actor, role, origin, act, outcome, before, after, chain, places \
             FROM audit WHERE ",
            $first,
            "($1 = '' OR actor = $1) AND ($2 = '' OR role = $2) \
             AND ($3 = '' OR '、' || places || '、' LIKE '%、' || $3 || '、%') \
             AND at >= $4 AND at < $5 AND seq >= $6 AND seq <= $7 ORDER BY seq DESC LIMIT $8"
        )
    };
}

impl AuditFilter {
    /// The statement for it: the one by the index that leaves the fewest rows.
    const fn statement(&self) -> &'static str {
        if !self.actor.is_empty() {
            rows!("actor = $1 AND ")
        } else if !self.place.is_empty() {
            rows!("places <> '' AND ")
        } else if !self.role.is_empty() {
            rows!("role = $2 AND ")
        } else {
            rows!("")
        }
    }
}

fn seq(rows: &[Row]) -> Result<Option<i64>, StoreError> {
    rows.first().map_or(Ok(None), |row| row.get(0))
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// Every row is as it was written.
    Whole {
        /// How many there are.
        rows: i64,
        /// The last `chain`, to compare with one noted elsewhere.
        head: String,
    },
    /// A row is not as it was written, or one before it is missing.
    Broken {
        /// The first such row.
        seq: i64,
    },
}

fn recorded(row: &Row) -> Result<(Recorded, Vec<u8>), StoreError> {
    let chain: Vec<u8> = row.get(9)?;
    let recorded = Recorded {
        seq: row.get(0)?,
        at: row.get(1)?,
        entry: Entry {
            actor: row.get(2)?,
            role: row.get(3)?,
            places: row.get(10)?,
            origin: row.get(4)?,
            act: row.get(5)?,
            outcome: row.get(6)?,
            before: row.get(7)?,
            after: row.get(8)?,
        },
        chain: Hash::from_bytes(&chain).map_or_else(String::new, |hash| hash.hex()),
    };
    Ok((recorded, chain))
}

impl Store {
    /// Adds a row of its own, for what changes nothing else: a refusal, an export, a reading.
    ///
    /// # Errors
    /// [`StoreError`] when it is not written.
    pub async fn record(&self, entry: &Entry) -> Result<(), StoreError> {
        self.act().await?.commit(entry).await
    }

    /// The newest rows, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn audit(
        &self,
        filter: &AuditFilter,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        let (from, until) = (
            filter.from.unwrap_or(i64::MIN),
            filter.until.unwrap_or(i64::MAX),
        );
        let mut transaction = self.database.begin(Mode::Read).await?;
        // Rows of some days stand together, unless the clock was set: these are the outermost.
        let mut first = 0;
        if let Some(from) = filter.from {
            let sql = "SELECT min(seq) FROM audit WHERE at >= $1";
            first = seq(&transaction.query(sql, values![from]).await?)?.unwrap_or(i64::MAX);
        }
        let mut last = filter.before.unwrap_or(i64::MAX).saturating_sub(1);
        if let Some(until) = filter.until {
            let sql = "SELECT max(seq) FROM audit WHERE at < $1";
            last = last.min(seq(&transaction.query(sql, values![until]).await?)?.unwrap_or(0));
        }
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let AuditFilter {
            actor, role, place, ..
        } = filter;
        let values = values![actor, role, place, from, until, first, last, limit];
        let rows = transaction.query(filter.statement(), values).await?;
        rows.iter().map(|row| Ok(recorded(row)?.0)).collect()
    }

    /// Those who stand in the audit, by name, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn audited(&self, limit: usize) -> Result<Vec<String>, StoreError> {
        // From one name of the index to the next, past all rows of the same name.
        let sql = "WITH RECURSIVE named (actor) AS (SELECT min(actor) FROM audit UNION ALL \
                   SELECT (SELECT min(actor) FROM audit WHERE actor > named.actor) FROM named \
                   WHERE named.actor IS NOT NULL) \
                   SELECT actor FROM named WHERE actor IS NOT NULL LIMIT $1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.read(sql, values![limit]).await?;
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Goes through all rows.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn verify_audit(&self) -> Result<Verified, StoreError> {
        const AT_ONCE: i64 = 1000;
        let sql = "SELECT seq, at, actor, role, origin, act, outcome, before, after, chain, places \
                   FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
        let mut transaction = self.database.begin(Mode::Read).await?;
        let (mut seq, mut before) = anchor(&mut *transaction).await?;
        let mut counted = 0;
        loop {
            let rows = transaction.query(sql, values![seq, AT_ONCE]).await?;
            for row in &rows {
                let (row, stored) = recorded(row)?;
                let expected = chain(&self.key, &before, row.seq, row.at, &row.entry);
                if row.seq != seq + 1 || stored != expected.0 {
                    return Ok(Verified::Broken { seq: seq + 1 });
                }
                (seq, before) = (row.seq, stored);
                counted += 1;
            }
            if rows.is_empty() {
                let head = Hash::from_bytes(&before).map_or_else(String::new, |hash| hash.hex());
                return Ok(Verified::Whole {
                    rows: counted,
                    head,
                });
            }
        }
    }

    /// Removes rows of more than `days` ago, which are at least [`AUDIT_DAYS`].
    ///
    /// # Errors
    /// [`StoreError`]; then all stay.
    pub async fn prune_audit(&self, days: u32) -> Result<u64, StoreError> {
        let until = now() - i64::from(days.max(AUDIT_DAYS)) * DAY;
        let mut transaction = self.database.begin(Mode::Act).await?;
        let sql = "SELECT seq, chain FROM audit WHERE at < $1 ORDER BY seq DESC LIMIT 1";
        let rows = transaction.query(sql, values![until]).await?;
        let Some(row) = rows.first() else {
            return Ok(0);
        };
        let (seq, chain): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let chain = Hash::from_bytes(&chain).map_or_else(String::new, |hash| hash.hex());
        let sql = "INSERT INTO facts (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let fact = format!("{seq} {chain}");
        transaction.execute(sql, values![ANCHOR, fact]).await?;
        let sql = "DELETE FROM audit WHERE seq <= $1";
        let removed = transaction.execute(sql, values![seq]).await?;
        transaction.commit().await?;
        Ok(removed)
    }
}
