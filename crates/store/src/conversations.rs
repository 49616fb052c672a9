//! The last questions of conversations, and messages that were seen before.

use crate::{
    Hash, Person, Store, StoreError,
    database::{Mode, values},
    time::now,
};

impl Store {
    /// Adds a question to a conversation, and removes those of before `since`, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_turn(
        &self,
        conversation: Person,
        at: i64,
        question: &str,
        since: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let sql = "DELETE FROM turns WHERE at < $1";
        transaction.execute(sql, values![since]).await?;
        let sql = "INSERT INTO turns (conversation, at, question) VALUES ($1, $2, $3)";
        let values = values![conversation.0.as_slice(), at, question];
        transaction.execute(sql, values).await?;
        transaction.commit().await
    }

    /// All conversations since a time, oldest question first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn turns(&self, since: i64) -> Result<Vec<(Person, i64, String)>, StoreError> {
        let sql = "SELECT conversation, at, question FROM turns WHERE at >= $1 ORDER BY id";
        let rows = self.read(sql, values![since]).await?;
        let turn = |row: &crate::database::Row| {
            let conversation: Vec<u8> = row.get(0)?;
            let conversation = Person::from_bytes(&conversation);
            let conversation = conversation.ok_or_else(|| StoreError::Damaged("turn".into()))?;
            Ok((conversation, row.get(1)?, row.get(2)?))
        };
        rows.iter().map(turn).collect()
    }

    /// Notes that a message was seen; the reply of the first one when it was seen before, and forgets
    /// those of before `since`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn first_seen(&self, message: Hash, since: i64) -> Result<bool, StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let sql = "DELETE FROM seen WHERE at < $1";
        transaction.execute(sql, values![since]).await?;
        let sql =
            "INSERT INTO seen (key, at, reply) VALUES ($1, $2, '') ON CONFLICT (key) DO NOTHING";
        let values = values![message.0.as_slice(), now()];
        let added = transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(added > 0)
    }
}
