//! The last questions of conversations, and messages that were seen before.

use crate::{
    Hash, Person, Store, StoreError,
    database::{Mode, Row, values},
    time::now,
};

/// A question of a conversation that may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The conversation: the hash of channel and name.
    pub conversation: Person,
    /// By whom; `None` where nobody can be told.
    pub person: Option<Person>,
    /// Milliseconds since 1970.
    pub at: i64,
    /// The question, masked.
    pub question: String,
}

impl Turn {
    /// True when it is of this conversation, or by this person.
    #[must_use]
    pub fn is_of(&self, whom: Person) -> bool {
        self.conversation == whom || self.person == Some(whom)
    }
}

impl Store {
    /// Erases the conversations `forgotten` and those of people in it, then adds `turns`; all or nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_turns(&self, turns: &[Turn], forgotten: &[Person]) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        for whom in forgotten {
            let sql = "DELETE FROM turns WHERE conversation = $1 OR person = $1";
            let values = values![whom.0.as_slice()];
            transaction.execute(sql, values).await?;
        }
        for turn in turns {
            let sql = "INSERT INTO turns (conversation, person, at, question) \
                       VALUES ($1, $2, $3, $4)";
            let values = values![
                turn.conversation.0.as_slice(),
                turn.person.map(|person| person.0.to_vec()),
                turn.at,
                &turn.question
            ];
            transaction.execute(sql, values).await?;
        }
        transaction.commit().await
    }

    /// The turns since a time, oldest first; of more than `limit` the newest.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn turns(&self, since: i64, limit: usize) -> Result<Vec<Turn>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = "SELECT conversation, person, at, question FROM turns WHERE at >= $1 \
                   ORDER BY id DESC LIMIT $2";
        let rows = self.read(sql, values![since, limit]).await?;
        let known = |bytes: Vec<u8>| {
            Person::from_bytes(&bytes).ok_or_else(|| StoreError::Damaged("turn".into()))
        };
        let turn = |row: &Row| {
            Ok(Turn {
                conversation: known(row.get(0)?)?,
                person: row.get::<Option<Vec<u8>>>(1)?.map(known).transpose()?,
                at: row.get(2)?,
                question: row.get(3)?,
            })
        };
        rows.iter().rev().map(turn).collect()
    }

    /// Drops the turns of before a time.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn prune_turns(&self, before: i64) -> Result<u64, StoreError> {
        let sql = "DELETE FROM turns WHERE at < $1";
        self.write(sql, values![before]).await
    }

    /// Notes that a message was seen; false when it was seen before. Those of before `since` are dropped.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn first_seen(&self, message: Hash, since: i64) -> Result<bool, StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        let sql = "DELETE FROM seen WHERE at < $1";
        transaction.execute(sql, values![since]).await?;
        let sql = "INSERT INTO seen (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
        let values = values![message.0.as_slice(), now()];
        let added = transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(added > 0)
    }
}
