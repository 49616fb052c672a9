//! PostgreSQL: one store for several machines.

use std::{fmt, str::FromStr as _, time::Duration};

use futures::future::BoxFuture;
use sqlx::{
    Column as _, ConnectOptions as _, PgPool, Postgres, Row as _, TypeInfo as _, ValueRef as _,
    migrate::Migrator,
    postgres::{PgColumn, PgConnectOptions, PgPoolOptions, PgRow},
};

use crate::{
    StoreError,
    database::{Database, Mode, Row, Transaction, Value},
    migrations,
};

static MIGRATOR: Migrator = sqlx::migrate!("migrations/postgres");
const CONNECTIONS: u32 = 6;
/// How long to wait for a connection before the database counts as away.
const PATIENCE: Duration = Duration::from_secs(5);
/// Acts wait for this lock, so that each sees the one before: "wenzheng" in ASCII, as a number.
const ACTS: &str = "SELECT pg_advisory_xact_lock(8603364137926782567)";

/// A database of a server.
pub(crate) struct PgDatabase {
    pool: PgPool,
}

impl fmt::Debug for PgDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PgDatabase").finish_non_exhaustive()
    }
}

impl PgDatabase {
    /// Connects to `url` and brings the database up to date.
    ///
    /// # Errors
    /// [`StoreError`]: no such address, not reachable, or of a newer program.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Address)?
            .application_name("wenzheng")
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await?;
        let database = Self { pool };
        let applied = migrations::applied(&database).await?;
        if migrations::pending(&MIGRATOR, applied)? {
            // Takes a lock of its own, so that of several programs one migrates.
            MIGRATOR
                .run(&database.pool)
                .await
                .map_err(migrations::failed)?;
        }
        Ok(database)
    }
}

impl Database for PgDatabase {
    fn begin(&self, mode: Mode) -> BoxFuture<'_, Result<Box<dyn Transaction>, StoreError>> {
        let begin = match mode {
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Mode::Write | Mode::Act => "BEGIN",
        };
        Box::pin(async move {
            let mut begun = self.pool.begin_with(begin).await?;
            if mode == Mode::Act {
                sqlx::query(ACTS).execute(&mut *begun).await?;
            }
            Ok(Box::new(PgTransaction(begun)) as Box<dyn Transaction>)
        })
    }

    fn name(&self) -> &'static str {
        "postgres"
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(self.pool.close())
    }
}

struct PgTransaction(sqlx::Transaction<'static, Postgres>);

/// The statement with its values.
fn bound(
    sql: &'static str,
    values: Vec<Value>,
) -> sqlx::query::Query<'static, Postgres, sqlx::postgres::PgArguments> {
    values
        .into_iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Int(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        })
}

impl Transaction for PgTransaction {
    fn execute<'a>(
        &'a mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(async move {
            let done = bound(sql, values).execute(&mut *self.0).await?;
            Ok(done.rows_affected())
        })
    }

    fn query<'a>(
        &'a mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(async move {
            let rows = bound(sql, values).fetch_all(&mut *self.0).await?;
            rows.iter().map(read).collect()
        })
    }

    fn commit(self: Box<Self>) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(async move { Ok(self.0.commit().await?) })
    }
}

fn read(row: &PgRow) -> Result<Row, StoreError> {
    let value = |(at, column): (usize, &PgColumn)| -> Result<Value, StoreError> {
        let raw = row.try_get_raw(at)?;
        // A NULL is of the type of its column, so that it can be written to the other database.
        let kind = if raw.is_null() {
            column.type_info().name().to_owned()
        } else {
            raw.type_info().name().to_owned()
        };
        Ok(match kind.as_str() {
            "INT8" => Value::Int(row.try_get(at)?),
            "BYTEA" => Value::Bytes(row.try_get(at)?),
            _ => Value::Text(row.try_get(at)?),
        })
    };
    let columns = row.columns().iter().enumerate();
    Ok(Row(columns.map(value).collect::<Result<_, _>>()?))
}
