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
    transaction::transaction,
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

transaction!(
    PgTransaction of Postgres,
    sqlx::postgres::PgArguments,
    PgRow,
    PgColumn,
    "INT8",
    "BYTEA"
);
