//! Signing in to the console: names with passwords, and sessions.

use crate::{
    Act, Hash, Person, SecretKey, Store, StoreError,
    database::{Row, values},
    time::now,
};

/// How somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub person: Person,
    /// What they type.
    pub name: String,
    /// The hash of the password in PHC form; empty where there is none.
    pub password: String,
    /// The secret of the second factor; `None` without one.
    pub totp: Option<Vec<u8>>,
    /// The last step of the second factor's clock that was used.
    pub totp_step: i64,
}

/// A session of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What it is called when it is ended; opens nothing.
    pub id: String,
    /// Whose.
    pub person: Person,
    /// What the office calls them.
    pub name: String,
    /// Browser and system, in a few words.
    pub device: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
    /// When it was last used, to the minute.
    pub used_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
}

/// What the second factor is sealed for.
const TOTP: &str = "totp";

impl SecretKey {
    /// What is stored of the secret of a session.
    #[must_use]
    pub fn session(&self, secret: &str) -> Hash {
        self.hash("session", &[secret.as_bytes()])
    }
}

fn person(bytes: &[u8]) -> Result<Person, StoreError> {
    Person::from_bytes(bytes).ok_or_else(|| StoreError::Damaged("person".to_owned()))
}

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get(0)?,
        person: person(&row.get::<Vec<u8>>(1)?)?,
        name: row.get(2)?,
        device: row.get(3)?,
        made_at: row.get(4)?,
        used_at: row.get(5)?,
        expires_at: row.get(6)?,
    })
}

impl Store {
    /// Who signs in by `name`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn login(&self, name: &str) -> Result<Option<Login>, StoreError> {
        let sql = "SELECT person, name, password, totp, totp_step FROM logins WHERE name = $1";
        let rows = self.read(sql, values![name]).await?;
        rows.first().map(|row| self.as_login(row)).transpose()
    }

    /// Everybody who can sign in by a name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn logins(&self) -> Result<Vec<Login>, StoreError> {
        let sql = "SELECT person, name, password, totp, totp_step FROM logins ORDER BY name";
        let rows = self.read(sql, Vec::new()).await?;
        rows.iter().map(|row| self.as_login(row)).collect()
    }

    fn as_login(&self, row: &Row) -> Result<Login, StoreError> {
        let sealed: Option<Vec<u8>> = row.get(3)?;
        let damaged = || StoreError::Damaged(TOTP.to_owned());
        let totp = sealed.map(|sealed| self.key.unseal(TOTP, &sealed).ok_or_else(damaged));
        Ok(Login {
            person: person(&row.get::<Vec<u8>>(0)?)?,
            name: row.get(1)?,
            password: row.get(2)?,
            totp: totp.transpose()?,
            totp_step: row.get(4)?,
        })
    }

    /// Notes that step `step` of the second factor's clock was used; false when it or a later one was
    /// used before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn use_totp_step(&self, person: Person, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE logins SET totp_step = $1 WHERE person = $2 AND totp_step < $1";
        let used = self.write(sql, values![step, person.0.as_slice()]).await?;
        Ok(used > 0)
    }

    /// The session whose secret a browser has: used within `idle` milliseconds and not over. Its use is
    /// noted once a minute.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn session(&self, secret: &str, idle: i64) -> Result<Option<Session>, StoreError> {
        const MINUTE: i64 = 60_000;
        let (hash, now) = (self.key.session(secret), now());
        let sql = "SELECT id, person, name, device, made_at, used_at, expires_at FROM sessions \
                   WHERE hash = $1 AND used_at > $2 AND expires_at > $3";
        let rows = self
            .read(sql, values![hash.0.as_slice(), now - idle, now])
            .await?;
        let Some(found) = rows.first().map(session).transpose()? else {
            return Ok(None);
        };
        if found.used_at < now - MINUTE {
            let sql = "UPDATE sessions SET used_at = $1 WHERE hash = $2";
            self.write(sql, values![now, hash.0.as_slice()]).await?;
        }
        Ok(Some(found))
    }

    /// The sessions that are not over, newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn sessions(&self, idle: i64) -> Result<Vec<Session>, StoreError> {
        let sql = "SELECT id, person, name, device, made_at, used_at, expires_at FROM sessions \
                   WHERE used_at > $1 AND expires_at > $2 ORDER BY made_at DESC, id";
        let rows = self.read(sql, values![now() - idle, now()]).await?;
        rows.iter().map(session).collect()
    }
}

impl Act {
    /// Sets how somebody signs in, in place of what was set before.
    ///
    /// # Errors
    /// [`StoreError`]; a name that somebody else has is refused by the database.
    pub async fn set_login(&mut self, key: &SecretKey, login: &Login) -> Result<(), StoreError> {
        let sealed = login.totp.as_deref().map(|totp| key.seal(TOTP, totp));
        let sql = "INSERT INTO logins (person, name, password, totp, totp_step, changed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person) DO UPDATE SET \
                   name = excluded.name, password = excluded.password, totp = excluded.totp, \
                   totp_step = excluded.totp_step, changed_at = excluded.changed_at";
        let values = values![
            login.person.0.as_slice(),
            &login.name,
            &login.password,
            sealed.transpose()?,
            login.totp_step,
            now()
        ];
        self.execute(sql, values).await?;
        Ok(())
    }

    /// Takes a login away; false when there was none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn remove_login(&mut self, person: Person) -> Result<bool, StoreError> {
        let sql = "DELETE FROM logins WHERE person = $1";
        Ok(self.execute(sql, values![person.0.as_slice()]).await? > 0)
    }

    /// Begins a session; those that are over are dropped.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_session(
        &mut self,
        key: &SecretKey,
        secret: &str,
        session: &Session,
    ) -> Result<(), StoreError> {
        let over = "DELETE FROM sessions WHERE expires_at <= $1";
        self.execute(over, values![now()]).await?;
        let sql = "INSERT INTO sessions \
                   (hash, id, person, name, device, made_at, used_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = values![
            key.session(secret).0.as_slice(),
            &session.id,
            session.person.0.as_slice(),
            &session.name,
            &session.device,
            session.made_at,
            session.used_at,
            session.expires_at
        ];
        self.execute(sql, values).await?;
        Ok(())
    }

    /// Ends a session; false when there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_session(&mut self, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM sessions WHERE id = $1";
        Ok(self.execute(sql, values![id]).await? > 0)
    }

    /// Ends all sessions of somebody. Gives how many.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_sessions(&mut self, person: Person) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE person = $1";
        self.execute(sql, values![person.0.as_slice()]).await
    }
}
