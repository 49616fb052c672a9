//! Work that takes longer than a person waits: what is asked for, how far it is, how it ended.

use crate::{
    Person, Store, StoreError,
    database::{Mode, Row, values},
    time::now,
};

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Counted from 1.
    pub number: i64,
    /// Which act.
    pub kind: String,
    /// Who asked for it.
    pub author: Person,
    /// What the office calls them.
    pub author_name: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
    /// Milliseconds since 1970; `None` until then.
    pub ended_at: Option<i64>,
    /// `waiting`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    /// Steps done.
    pub done: i64,
    /// Steps in all; 0 while that is not known.
    pub whole: i64,
    /// What it needs to begin again.
    pub detail: String,
    /// What it said at its end.
    pub result: String,
}

fn job(row: &Row) -> Result<Job, StoreError> {
    let author: Vec<u8> = row.get(2)?;
    Ok(Job {
        number: row.get(0)?,
        kind: row.get(1)?,
        author: Person::from_bytes(&author).ok_or_else(|| StoreError::Damaged("job".into()))?,
        author_name: row.get(3)?,
        made_at: row.get(4)?,
        ended_at: row.get(5)?,
        state: row.get(6)?,
        done: row.get(7)?,
        whole: row.get(8)?,
        detail: row.get(9)?,
        result: row.get(10)?,
    })
}

impl Store {
    /// Adds a job that waits. Gives its number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_job(
        &self,
        kind: &str,
        author: Person,
        author_name: &str,
        detail: &str,
    ) -> Result<i64, StoreError> {
        let mut transaction = self.database.begin(Mode::Act).await?;
        let sql = "SELECT max(number) FROM jobs";
        let rows = transaction.query(sql, Vec::new()).await?;
        let last: Option<i64> = rows.first().map_or(Ok(None), |row| row.get(0))?;
        let number = last.unwrap_or_default() + 1;
        let sql = "INSERT INTO jobs (number, kind, author, author_name, made_at, state, done, whole, \
                   detail, result) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, '')";
        let values = values![
            number,
            kind,
            author.0.as_slice(),
            author_name,
            now(),
            0_i64,
            0_i64,
            detail
        ];
        transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// Notes how far a job is.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_job(
        &self,
        number: i64,
        state: &str,
        (done, whole): (i64, i64),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE jobs SET state = $1, done = $2, whole = $3 WHERE number = $4";
        self.write(sql, values![state, done, whole, number]).await?;
        Ok(())
    }

    /// Notes how a job ended.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_job(&self, number: i64, state: &str, result: &str) -> Result<(), StoreError> {
        let sql = "UPDATE jobs SET state = $1, result = $2, ended_at = $3 WHERE number = $4";
        self.write(sql, values![state, result, now(), number])
            .await?;
        Ok(())
    }

    /// A job.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn job(&self, number: i64) -> Result<Option<Job>, StoreError> {
        let sql = "SELECT number, kind, author, author_name, made_at, ended_at, state, done, whole, \
                   detail, result FROM jobs WHERE number = $1";
        let rows = self.read(sql, values![number]).await?;
        rows.first().map(job).transpose()
    }

    /// The newest jobs, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn jobs(&self, limit: usize) -> Result<Vec<Job>, StoreError> {
        let sql = "SELECT number, kind, author, author_name, made_at, ended_at, state, done, whole, \
                   detail, result FROM jobs ORDER BY number DESC LIMIT $1";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self.read(sql, values![limit]).await?;
        rows.iter().map(job).collect()
    }

    /// The jobs that have not ended, oldest first: after a start, those that the end of the program
    /// interrupted.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn unfinished_jobs(&self) -> Result<Vec<Job>, StoreError> {
        let sql = "SELECT number, kind, author, author_name, made_at, ended_at, state, done, whole, \
                   detail, result FROM jobs WHERE ended_at IS NULL ORDER BY number";
        let rows = self.read(sql, Vec::new()).await?;
        rows.iter().map(job).collect()
    }
}
