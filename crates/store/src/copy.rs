//! A store copied into another one: from a file to a server, say.

use crate::{
    Sorted, Store, StoreError,
    database::{Mode, Row, Transaction, Value, values},
    topic_acts,
};

/// A table: its name, the query that reads it from after a key, and the statement that writes a row.
struct Table {
    name: &'static str,
    /// Rows of a table at a time.
    page: &'static str,
    insert: &'static str,
}

/// Rows copied at a time: blobs are up to megabytes.
const PAGE: i64 = 64;

macro_rules! table {
    ($name:literal, $order:literal, $columns:literal, $places:literal) => {
        Table {
            name: $name,
            page: concat!(
                "SELECT ",
                $columns,
                " FROM ",
                $name,
                " ORDER BY ",
                $order,
                " LIMIT $1 OFFSET $2"
            ),
            insert: concat!(
                "INSERT INTO ",
                $name,
                " (",
                $columns,
                ") VALUES (",
                $places,
                ")"
            ),
        }
    };
}

/// Everything that is kept. Numbers given by the database itself (of questions, votes, turns) are given
/// anew, in the same order.
const TABLES: [Table; 27] = [
    table!("blobs", "hash", "hash, bytes", "$1, $2"),
    table!(
        "editions",
        "number",
        "number, made_at, author, cause, note, base, manifest, version",
        "$1, $2, $3, $4, $5, $6, $7, $8"
    ),
    table!(
        "drafts",
        "number",
        "number, made_at, author, author_name, cause, note, base, manifest, state, go_live_at, detail",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11"
    ),
    table!("inputs", "name", "name, manifest, at", "$1, $2, $3"),
    table!("facts", "name", "name, value", "$1, $2"),
    table!(
        "audit",
        "seq",
        "seq, at, actor, role, origin, act, outcome, before, after, chain, places",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11"
    ),
    table!(
        "people",
        "person",
        "person, channel, name, role, places, granted_by, granted_at, address",
        "$1, $2, $3, $4, $5, $6, $7, $8"
    ),
    table!(
        "codes",
        "hash",
        "hash, purpose, role, places, made_by, made_at, expires_at, detail",
        "$1, $2, $3, $4, $5, $6, $7, $8"
    ),
    table!(
        "tokens",
        "hash",
        "hash, id, name, role, places, made_by, made_at, expires_at, used_at, revoked_at",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10"
    ),
    table!(
        "jobs",
        "number",
        "number, kind, author, author_name, made_at, ended_at, state, done, whole, detail, result",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11"
    ),
    table!(
        "pins",
        "number",
        "number, question, detail, made_by, made_at, replay",
        "$1, $2, $3, $4, $5, $6"
    ),
    table!(
        "notices",
        "number",
        "number, text, places, shown_from, shown_until, made_by, made_at",
        "$1, $2, $3, $4, $5, $6, $7"
    ),
    table!(
        "questions",
        "id",
        "at, channel, person, answer, kind, status, question, document, passage, edition, version, \
         took_us, place, section, missing, topic",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16"
    ),
    table!(
        "counts",
        "day, place, channel, kind, status",
        "day, place, channel, kind, status, number, took_us",
        "$1, $2, $3, $4, $5, $6, $7"
    ),
    table!(
        "latencies",
        "day, bucket",
        "day, bucket, number",
        "$1, $2, $3"
    ),
    table!(
        "cited",
        "day, place, section",
        "day, place, section, number",
        "$1, $2, $3, $4"
    ),
    table!(
        "visitors",
        "day, place, person",
        "day, place, person",
        "$1, $2, $3"
    ),
    table!(
        "topics",
        "number",
        "number, place, label, missing, example, state, person, note, first_at, last_at, number_of, \
         settled_at, reopened",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13"
    ),
    table!(
        "topic_months",
        "topic, month, status",
        "topic, month, status, number",
        "$1, $2, $3, $4"
    ),
    table!(
        "logins",
        "person",
        "person, name, password, totp, totp_step, changed_at",
        "$1, $2, $3, $4, $5, $6"
    ),
    table!(
        "texts",
        "name",
        "name, value, made_by, made_at",
        "$1, $2, $3, $4"
    ),
    table!(
        "tickets",
        "number",
        "number, code, channel, person, address, place, question, unmasked, searched, state, \
         assigned, opened_at, closed_at",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13"
    ),
    table!(
        "ticket_replies",
        "id",
        "ticket, at, author, text, delivered_at",
        "$1, $2, $3, $4, $5"
    ),
    table!("ticket_posts", "post", "post, ticket", "$1, $2"),
    table!(
        "alerts",
        "number",
        "number, at, kind, text",
        "$1, $2, $3, $4"
    ),
    table!(
        "preferences",
        "person, name",
        "person, name, value, at",
        "$1, $2, $3, $4"
    ),
    table!(
        "votes",
        "id",
        "ballot, at, channel, person, answer, passage, vote, reason",
        "$1, $2, $3, $4, $5, $6, $7, $8"
    ),
];

impl Store {
    /// Copies everything into `other`, which must be empty, in one transaction; conversations of the last
    /// minutes, messages seen and sessions are left behind. `told` hears of each table and its rows.
    ///
    /// # Errors
    /// [`StoreError`]; then `other` is as it was.
    pub async fn copy_to(
        &self,
        other: &Self,
        mut told: impl FnMut(&'static str, u64),
    ) -> Result<(), StoreError> {
        let mut from = self.database.begin(Mode::Read).await?;
        let mut to = other.database.begin(Mode::Act).await?;
        let filled = "SELECT (SELECT count(*) FROM editions) + (SELECT count(*) FROM audit)";
        let rows = to.query(filled, Vec::new()).await?;
        let filled: i64 = rows.first().map_or(Ok(0), |row| row.get(0))?;
        if filled > 0 {
            return Err(StoreError::Database(
                "目标数据库不是空的，没有复制".to_owned(),
            ));
        }
        for table in &TABLES {
            let copied = copy(&mut *from, &mut *to, table).await?;
            told(table.name, copied);
        }
        renumber_topics(&mut *from, &mut *to).await?;
        to.commit().await
    }
}

/// Questions have other numbers than before: topics point at one of theirs anew, and as many as before are
/// not sorted yet.
async fn renumber_topics(
    from: &mut dyn Transaction,
    to: &mut dyn Transaction,
) -> Result<(), StoreError> {
    let sql = "UPDATE topics SET example = \
               coalesce((SELECT max(id) FROM questions WHERE topic = topics.number), 0)";
    to.execute(sql, Vec::new()).await?;
    let sorted = topic_acts::sorted(from).await?;
    let one = |rows: &[Row]| rows.first().map_or(Ok(0), |row| row.get::<i64>(0));
    let sql = "SELECT count(*) FROM questions WHERE id > $1";
    let left = one(&from.query(sql, values![sorted.row]).await?)?;
    let newest = "SELECT coalesce(max(id), 0) FROM questions";
    let newest = one(&to.query(newest, Vec::new()).await?)?;
    let row = newest - left;
    topic_acts::set_sorted(to, Sorted { row, ..sorted }).await
}

async fn copy(
    from: &mut dyn Transaction,
    to: &mut dyn Transaction,
    table: &Table,
) -> Result<u64, StoreError> {
    let mut copied = 0;
    loop {
        let rows: Vec<Row> = from.query(table.page, values![PAGE, copied]).await?;
        if rows.is_empty() {
            return Ok(u64::try_from(copied).unwrap_or_default());
        }
        for row in rows {
            let values: Vec<Value> = row.0;
            to.execute(table.insert, values).await?;
            copied += 1;
        }
    }
}
