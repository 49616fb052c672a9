//! What people or chats chose.

use crate::{
    Person, Store, StoreError,
    database::{Mode, Row, values},
    time::now,
};

/// A choice of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Whose: a person, or a chat as one.
    pub person: Person,
    /// What is chosen: `script`.
    pub name: String,
    /// How.
    pub value: String,
}

impl Store {
    /// Notes choices, each in place of one of before; all or nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_preferences(&self, preferences: &[Preference]) -> Result<(), StoreError> {
        let mut transaction = self.database.begin(Mode::Write).await?;
        for preference in preferences {
            let sql = "INSERT INTO preferences (person, name, value, at) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (person, name) DO UPDATE \
                       SET value = excluded.value, at = excluded.at";
            let values = values![
                preference.person.0.as_slice(),
                &preference.name,
                &preference.value,
                now()
            ];
            transaction.execute(sql, values).await?;
        }
        transaction.commit().await
    }

    /// The newest choices, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn preferences(&self, limit: usize) -> Result<Vec<Preference>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = "SELECT person, name, value FROM preferences ORDER BY at DESC LIMIT $1";
        let rows = self.read(sql, values![limit]).await?;
        let preference = |row: &Row| {
            let person: Vec<u8> = row.get(0)?;
            let person = Person::from_bytes(&person);
            Ok(Preference {
                person: person.ok_or_else(|| StoreError::Damaged("preference".into()))?,
                name: row.get(1)?,
                value: row.get(2)?,
            })
        };
        rows.iter().map(preference).collect()
    }
}
