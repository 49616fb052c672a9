//! People and the roles they were granted, and what is spent to become one.

use serde::{Deserialize, Serialize};

use crate::{
    Act, Hash, Person, SecretKey, Store, StoreError,
    database::{Row, values},
    time::now,
};

/// Somebody who was granted a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Who, as a keyed hash.
    pub person: Person,
    /// On which channel.
    pub channel: String,
    /// What the office calls them.
    pub name: String,
    /// `owner`, `editor` or `viewer`.
    pub role: String,
    /// Only these places; empty for all.
    pub places: Vec<String>,
    /// By whom.
    pub granted_by: String,
    /// Milliseconds since 1970.
    pub granted_at: i64,
}

/// A one-time code or link: what it gives to whoever spends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What it is for: `invite`, `upload`, `login`.
    pub purpose: String,
    /// The role it gives.
    pub role: String,
    /// The places it gives the role for; empty for all.
    pub places: Vec<String>,
    /// Who made it.
    pub made_by: String,
    /// Milliseconds since 1970.
    pub expires_at: i64,
    /// What else belongs to its purpose.
    pub detail: String,
}

/// What addresses of members are sealed for.
const ADDRESS: &str = "member address";

/// A key of the HTTP endpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// What it is called when it is revoked.
    pub id: String,
    /// What it is for, in the office's words.
    pub name: String,
    /// See [`Granted`].
    pub role: String,
    /// See [`Granted`].
    pub places: Vec<String>,
    /// Who made it.
    pub made_by: String,
    /// Milliseconds since 1970.
    pub made_at: i64,
    /// Milliseconds since 1970.
    pub expires_at: i64,
    /// When it was last used, to the hour.
    pub used_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

impl SecretKey {
    /// What is stored of a code or token.
    #[must_use]
    pub fn spent(&self, purpose: &str, secret: &str) -> Hash {
        self.hash("spent", &[purpose.as_bytes(), secret.as_bytes()])
    }
}

fn granted(row: &Row) -> Result<Granted, StoreError> {
    let person: Vec<u8> = row.get(0)?;
    let places: String = row.get(4)?;
    let damaged = || StoreError::Damaged("person".to_owned());
    Ok(Granted {
        person: Person::from_bytes(&person).ok_or_else(damaged)?,
        channel: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        places: serde_json::from_str(&places)?,
        granted_by: row.get(5)?,
        granted_at: row.get(6)?,
    })
}

fn token(row: &Row) -> Result<Token, StoreError> {
    let places: String = row.get(3)?;
    Ok(Token {
        id: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        places: serde_json::from_str(&places)?,
        made_by: row.get(4)?,
        made_at: row.get(5)?,
        expires_at: row.get(6)?,
        used_at: row.get(7)?,
        revoked_at: row.get(8)?,
    })
}

impl Store {
    /// Everybody who was granted a role, oldest grant first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn people(&self) -> Result<Vec<Granted>, StoreError> {
        let sql = "SELECT person, channel, name, role, places, granted_by, granted_at \
                   FROM people ORDER BY granted_at, person";
        let rows = self.read(sql, Vec::new()).await?;
        rows.iter().map(granted).collect()
    }

    /// Where everybody with this role on a channel can be told something, as far as that is known.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn addresses(&self, channel: &str, role: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT address FROM people WHERE channel = $1 AND role = $2 \
                   AND address IS NOT NULL ORDER BY person";
        let rows = self.read(sql, values![channel, role]).await?;
        let mut addresses = Vec::new();
        for row in &rows {
            let sealed: Vec<u8> = row.get(0)?;
            let address = self.key.unseal(ADDRESS, &sealed);
            addresses.extend(address.and_then(|plain| String::from_utf8(plain).ok()));
        }
        Ok(addresses)
    }

    /// All keys of the HTTP endpoints, oldest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let sql = "SELECT id, name, role, places, made_by, made_at, expires_at, used_at, revoked_at \
                   FROM tokens ORDER BY made_at, id";
        let rows = self.read(sql, Vec::new()).await?;
        rows.iter().map(token).collect()
    }

    /// The key `secret`, unless it has expired or was revoked; notes its use, once an hour.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn token(&self, secret: &str) -> Result<Option<Token>, StoreError> {
        const HOUR: i64 = 3_600_000;
        let (hash, now) = (self.key.spent("token", secret), now());
        let sql = "SELECT id, name, role, places, made_by, made_at, expires_at, used_at, revoked_at \
                   FROM tokens WHERE hash = $1 AND revoked_at IS NULL AND expires_at > $2";
        let rows = self.read(sql, values![hash.0.as_slice(), now]).await?;
        let Some(found) = rows.first().map(token).transpose()? else {
            return Ok(None);
        };
        if found.used_at.is_none_or(|at| at < now - HOUR) {
            let sql = "UPDATE tokens SET used_at = $1 WHERE hash = $2";
            self.write(sql, values![now, hash.0.as_slice()]).await?;
        }
        Ok(Some(found))
    }

    /// True while there is a code of this purpose that can be spent.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn has_codes(&self, purpose: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM codes WHERE purpose = $1 AND expires_at > $2";
        let rows = self.read(sql, values![purpose, now()]).await?;
        rows.first()
            .map_or(Ok(false), |row| Ok(row.get::<i64>(0)? > 0))
    }

    /// What the code `secret` of this purpose would give; spends nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn code(&self, purpose: &str, secret: &str) -> Result<Option<Code>, StoreError> {
        let hash = self.key.spent(purpose, secret);
        let sql = "SELECT purpose, role, places, made_by, expires_at, detail FROM codes \
                   WHERE hash = $1 AND expires_at > $2";
        let rows = self.read(sql, values![hash.0.as_slice(), now()]).await?;
        rows.first().map(code).transpose()
    }
}

fn code(row: &Row) -> Result<Code, StoreError> {
    let places: String = row.get(2)?;
    Ok(Code {
        purpose: row.get(0)?,
        role: row.get(1)?,
        places: serde_json::from_str(&places)?,
        made_by: row.get(3)?,
        expires_at: row.get(4)?,
        detail: row.get(5)?,
    })
}

impl Act {
    /// Grants a role, in place of one granted before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn grant(&mut self, granted: &Granted) -> Result<(), StoreError> {
        let sql = "INSERT INTO people (person, channel, name, role, places, granted_by, granted_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person) DO UPDATE SET \
                   name = excluded.name, role = excluded.role, places = excluded.places, \
                   granted_by = excluded.granted_by, granted_at = excluded.granted_at";
        let places = serde_json::to_string(&granted.places)?;
        let values = values![
            granted.person.0.as_slice(),
            &granted.channel,
            &granted.name,
            &granted.role,
            places,
            &granted.granted_by,
            granted.granted_at
        ];
        self.execute(sql, values).await?;
        Ok(())
    }

    /// Notes where somebody with a granted role can be told something.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_address(
        &mut self,
        key: &SecretKey,
        person: Person,
        address: &str,
    ) -> Result<(), StoreError> {
        let sealed = key.seal(ADDRESS, address.as_bytes())?;
        let sql = "UPDATE people SET address = $1 WHERE person = $2";
        self.execute(sql, values![sealed, person.0.as_slice()])
            .await?;
        Ok(())
    }

    /// Takes a granted role away; false when there was none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn revoke(&mut self, person: Person) -> Result<bool, StoreError> {
        let sql = "DELETE FROM people WHERE person = $1";
        let gone = self.execute(sql, values![person.0.as_slice()]).await?;
        Ok(gone > 0)
    }

    /// Everybody who was granted a role.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn people(&mut self) -> Result<Vec<Granted>, StoreError> {
        let sql = "SELECT person, channel, name, role, places, granted_by, granted_at \
                   FROM people ORDER BY granted_at, person";
        let rows = self.query(sql, Vec::new()).await?;
        rows.iter().map(granted).collect()
    }

    /// Notes a code, to be spent once.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_code(
        &mut self,
        key: &SecretKey,
        secret: &str,
        code: &Code,
    ) -> Result<(), StoreError> {
        let gone = "DELETE FROM codes WHERE expires_at <= $1";
        self.execute(gone, values![now()]).await?;
        let hash = key.spent(&code.purpose, secret);
        let sql = "INSERT INTO codes \
                   (hash, purpose, role, places, made_by, made_at, expires_at, detail) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let places = serde_json::to_string(&code.places)?;
        let values = values![
            hash.0.as_slice(),
            &code.purpose,
            &code.role,
            places,
            &code.made_by,
            now(),
            code.expires_at,
            &code.detail
        ];
        self.execute(sql, values).await?;
        Ok(())
    }

    /// Spends a code: what it gives, and from now on nothing; `None` when there is none.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn spend_code(
        &mut self,
        key: &SecretKey,
        purpose: &str,
        secret: &str,
    ) -> Result<Option<Code>, StoreError> {
        let hash = key.spent(purpose, secret);
        let sql = "DELETE FROM codes WHERE hash = $1 AND expires_at > $2 \
                   RETURNING purpose, role, places, made_by, expires_at, detail";
        let rows = self.query(sql, values![hash.0.as_slice(), now()]).await?;
        rows.first().map(code).transpose()
    }

    /// Notes a key of the HTTP endpoints; `secret` is shown once and not kept.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_token(
        &mut self,
        key: &SecretKey,
        secret: &str,
        token: &Token,
    ) -> Result<(), StoreError> {
        let hash = key.spent("token", secret);
        let sql = "INSERT INTO tokens \
                   (hash, id, name, role, places, made_by, made_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let places = serde_json::to_string(&token.places)?;
        let values = values![
            hash.0.as_slice(),
            &token.id,
            &token.name,
            &token.role,
            places,
            &token.made_by,
            token.made_at,
            token.expires_at
        ];
        self.execute(sql, values).await?;
        Ok(())
    }

    /// Revokes a key of the HTTP endpoints; false when there is none in force.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn revoke_token(&mut self, id: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
        Ok(self.execute(sql, values![now(), id]).await? > 0)
    }
}
