//! The store: a database with the secret of its deployment.

use std::{path::Path, sync::Arc};

use crate::{
    Content, Hash, SecretKey, StoreError,
    database::{Database, Mode, Row, Transaction, Value, values},
    entry::{self, Entry},
    postgres::PgDatabase,
    read_only,
    sqlite::SqliteDatabase,
};

/// What is kept. Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) database: Arc<dyn Database>,
    pub(crate) key: SecretKey,
}

/// Changes that take effect together with the row of the audit that tells of them; dropped, they leave no
/// trace. Acts follow one another: what one reads is so until it ends.
pub struct Act {
    pub(crate) transaction: Box<dyn Transaction>,
    key: SecretKey,
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Act").finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store in `file`, made when it is missing and brought up to date; before that a copy is made.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_file(file: &Path, key: SecretKey) -> Result<Self, StoreError> {
        let database = Arc::new(SqliteDatabase::open(file).await?);
        Ok(Self { database, key })
    }

    /// Opens the store in `file` for reading: its disk is full or read-only. Nothing is made or changed, and
    /// every act is refused.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_read_only(file: &Path, key: SecretKey) -> Result<Self, StoreError> {
        let database = Arc::new(read_only::open(file).await?);
        Ok(Self { database, key })
    }

    /// Opens the store at `url` and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_server(url: &str, key: SecretKey) -> Result<Self, StoreError> {
        let database = Arc::new(PgDatabase::open(url).await?);
        Ok(Self { database, key })
    }

    /// What makes hashes of people.
    #[must_use]
    pub const fn key(&self) -> &SecretKey {
        &self.key
    }

    /// `sqlite` or `postgres`.
    #[must_use]
    pub fn backend(&self) -> &'static str {
        self.database.name()
    }

    /// Ends all connections; what is under way is finished.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Begins an act.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn act(&self) -> Result<Act, StoreError> {
        Ok(Act {
            transaction: self.database.begin(Mode::Act).await?,
            key: self.key.clone(),
        })
    }

    /// True when the database answers.
    pub async fn is_reached(&self) -> bool {
        self.read("SELECT count(*) FROM facts", Vec::new())
            .await
            .is_ok()
    }

    pub(crate) async fn read(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut transaction = self.database.begin(Mode::Read).await?;
        transaction.query(sql, values).await
    }

    pub(crate) async fn write(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let changed = transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(changed)
    }
}

impl Act {
    /// Makes the changes so, with the row that tells of them.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn commit(mut self, entry: &Entry) -> Result<(), StoreError> {
        entry::append(&mut *self.transaction, &self.key, entry).await?;
        self.transaction.commit().await
    }

    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.transaction.execute(sql, values).await
    }

    pub(crate) async fn query(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.transaction.query(sql, values).await
    }

    /// True when the bytes that hash to `hash` are kept.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn has(&mut self, hash: Hash) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM blobs WHERE hash = $1";
        let rows = self.query(sql, values![hash.0.as_slice()]).await?;
        let found: i64 = rows.first().map_or(Ok(0), |row| row.get(0))?;
        Ok(found > 0)
    }

    /// Keeps `bytes`, once however often they are kept.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn put(&mut self, bytes: &[u8]) -> Result<Content, StoreError> {
        let content = Content::of(bytes);
        let sql = "INSERT INTO blobs (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
        let values = values![content.hash.0.as_slice(), bytes];
        self.execute(sql, values).await?;
        Ok(content)
    }
}
