//! A row of the audit as it is written, bound to the one before.

use serde::Serialize;

use crate::{
    Hash, SecretKey, StoreError,
    database::{Transaction, Value, values},
    time::now,
};

/// The fact that holds number and `chain` of the last row that was removed.
pub(crate) const ANCHOR: &str = "audit.anchor";

/// What is written of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Who, as the office knows them: a name given at the grant and the short hash.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// For which places they have it, `、` between them; empty for all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub places: String,
    /// By which channel.
    pub origin: String,
    /// Which act: `rollback`.
    pub act: String,
    /// `done`, or why it was refused.
    pub outcome: String,
    /// What was so before.
    pub before: String,
    /// What is so now.
    pub after: String,
}

impl Entry {
    /// All of it but the places, in the order of the columns.
    const fn texts(&self) -> [&String; 7] {
        [
            &self.actor,
            &self.role,
            &self.origin,
            &self.act,
            &self.outcome,
            &self.before,
            &self.after,
        ]
    }
}

/// What binds a row to the one before: a keyed hash over both.
pub(crate) fn chain(key: &SecretKey, before: &[u8], seq: i64, at: i64, entry: &Entry) -> Hash {
    let (seq, at) = (seq.to_be_bytes(), at.to_be_bytes());
    let mut parts: Vec<&[u8]> = vec![before, &seq, &at];
    parts.extend(entry.texts().map(|text| text.as_bytes()));
    // Rows of before there were places keep their chain.
    if !entry.places.is_empty() {
        parts.push(entry.places.as_bytes());
    }
    key.hash("audit", &parts)
}

async fn last(transaction: &mut dyn Transaction) -> Result<(i64, Vec<u8>), StoreError> {
    let sql = "SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1";
    let rows = transaction.query(sql, Vec::new()).await?;
    match rows.first() {
        Some(row) => Ok((row.get(0)?, row.get(1)?)),
        None => anchor(transaction).await,
    }
}

/// Number and `chain` of the last row removed.
pub(crate) async fn anchor(
    transaction: &mut dyn Transaction,
) -> Result<(i64, Vec<u8>), StoreError> {
    let sql = "SELECT value FROM facts WHERE name = $1";
    let rows = transaction.query(sql, values![ANCHOR]).await?;
    let Some(row) = rows.first() else {
        return Ok((0, Vec::new()));
    };
    let text: String = row.get(0)?;
    let (seq, chain) = text.split_once(' ').unwrap_or_default();
    let chain = Hash::from_hex(chain).map(|hash| hash.0.to_vec());
    match (seq.parse(), chain) {
        (Ok(seq), Some(chain)) => Ok((seq, chain)),
        _ => Err(StoreError::Damaged(ANCHOR.to_owned())),
    }
}

/// Adds a row.
pub(crate) async fn append(
    transaction: &mut dyn Transaction,
    key: &SecretKey,
    entry: &Entry,
) -> Result<Hash, StoreError> {
    let (seq, before) = last(transaction).await?;
    let (seq, at) = (seq + 1, now());
    let chain = chain(key, &before, seq, at, entry);
    let sql = "INSERT INTO audit (seq, at, actor, role, origin, act, outcome, before, after, chain, places) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let mut values = values![seq, at];
    values.extend(entry.texts().map(Value::from));
    values.extend(values![chain.0.as_slice(), &entry.places]);
    transaction.execute(sql, values).await?;
    Ok(chain)
}
