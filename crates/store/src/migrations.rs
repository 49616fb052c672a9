//! Which migrations a database has had.

use sqlx::migrate::{MigrateError, Migrator};

use crate::{
    StoreError,
    database::{Database, Mode},
};

/// The newest migration that was applied; `None` for an empty database.
pub(crate) async fn applied(database: &dyn Database) -> Result<Option<i64>, StoreError> {
    let table = match database.name() {
        "sqlite" => "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
        _ => {
            "SELECT count(*) FROM pg_tables \
              WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'"
        }
    };
    let mut transaction = database.begin(Mode::Read).await?;
    let tables = transaction.query(table, Vec::new()).await?;
    let tables: i64 = tables.first().map_or(Ok(0), |row| row.get(0))?;
    if tables == 0 {
        return Ok(None);
    }
    let newest = "SELECT max(version) FROM _sqlx_migrations";
    let newest = transaction.query(newest, Vec::new()).await?;
    newest.first().map_or(Ok(None), |row| row.get(0))
}

/// True when `migrator` has migrations that were not applied.
///
/// # Errors
/// [`StoreError::Newer`] when more were applied than it knows.
pub(crate) fn pending(migrator: &Migrator, applied: Option<i64>) -> Result<bool, StoreError> {
    let known = migrator.iter().map(|migration| migration.version).max();
    let known = known.unwrap_or_default();
    let found = applied.unwrap_or_default();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(found < known)
}

/// Why a migration was not applied.
pub(crate) fn failed(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => StoreError::Damaged(other.to_string()),
    }
}
