//! SQLite: a file, and nothing to install.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures::future::BoxFuture;
use nix::sys::statfs::{self, FsType};
use sqlx::{
    Column as _, ConnectOptions as _, Connection as _, Row as _, Sqlite, SqlitePool, TypeInfo as _,
    ValueRef as _,
    migrate::Migrator,
    sqlite::{
        SqliteColumn, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
        SqliteSynchronous,
    },
};

use crate::{
    StoreError,
    database::{Database, Mode, Row, Transaction, Value},
    migrations,
    transaction::transaction,
};

static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");
/// How long a statement waits for another connection of this program.
const BUSY: Duration = Duration::from_secs(10);
/// One writes at a time; the others read.
const CONNECTIONS: u32 = 4;
/// For the account of the program only.
const PRIVATE: u32 = 0o600;

/// A database in a file.
pub(crate) struct SqliteDatabase {
    pool: SqlitePool,
    /// Held until the database is closed, and given back by the kernel when the program is killed.
    lock: Mutex<Option<File>>,
    /// Where the file lies when it is a copy.
    _folder: Option<PassingFolder>,
}

/// A folder that is removed with what is in it.
#[derive(Debug)]
pub(crate) struct PassingFolder(pub(crate) PathBuf);

impl Drop for PassingFolder {
    fn drop(&mut self) {
        // Somewhere in the folder of the system that is emptied anyway.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl fmt::Debug for SqliteDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteDatabase").finish_non_exhaustive()
    }
}

impl SqliteDatabase {
    /// Opens the database in `file`, which is made when it is missing and brought up to date; before
    /// that a copy `….copy-of-N` is made.
    ///
    /// # Errors
    /// [`StoreError`]: in use, on a network drive, of a newer program, or not readable.
    pub(crate) async fn open(file: &Path) -> Result<Self, StoreError> {
        refuse_network_drive(file)?;
        let lock = lock(file)?;
        private_file(file)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            // On a full disk SQLite itself ends a transaction, and sqlx takes it for open ever after:
            // such a connection would begin no other.
            .before_acquire(|connection, _| {
                let is_free = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_free) })
            })
            .connect_with(options)
            .await?;
        let database = Self::of(pool, lock, None);
        database.migrate(file).await?;
        Ok(database)
    }

    /// A database that is open.
    pub(crate) const fn of(
        pool: SqlitePool,
        lock: Option<File>,
        folder: Option<PassingFolder>,
    ) -> Self {
        Self {
            pool,
            lock: Mutex::new(lock),
            _folder: folder,
        }
    }

    /// # Errors
    /// [`StoreError`] when it holds nothing, or what a newer program wrote.
    pub(crate) async fn check(&self) -> Result<(), StoreError> {
        let applied = migrations::applied(self).await?;
        migrations::pending(&MIGRATOR, applied)?;
        match applied {
            Some(_) => Ok(()),
            None => Err(StoreError::Damaged("空的数据库".to_owned())),
        }
    }

    async fn migrate(&self, file: &Path) -> Result<(), StoreError> {
        let applied = migrations::applied(self).await?;
        let pending = migrations::pending(&MIGRATOR, applied)?;
        if let (Some(applied), true) = (applied, pending) {
            let copy = copy_of(file, applied);
            let _ = fs::remove_file(&copy);
            let name = copy.to_string_lossy().into_owned();
            sqlx::query("VACUUM INTO $1")
                .bind(name)
                .execute(&self.pool)
                .await?;
        }
        if pending {
            MIGRATOR.run(&self.pool).await.map_err(migrations::failed)?;
        }
        Ok(())
    }
}

/// Where the copy of before a migration lies: `store.db.copy-of-3` has the first three.
fn copy_of(file: &Path, applied: i64) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".copy-of-{applied}"));
    file.with_file_name(name)
}

/// Made for this account alone before SQLite opens it; SQLite gives its other files the same rights.
fn private_file(file: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(PRIVATE).open(file)?;
    Ok(())
}

fn lock(file: &Path) -> Result<Option<File>, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    held(options.mode(PRIVATE).open(lock_of(file))?, file)
}

/// The file that is locked while `file` is in use.
pub(crate) fn lock_of(file: &Path) -> PathBuf {
    file.with_extension("lock")
}

/// `lock`, once it is held.
///
/// # Errors
/// [`StoreError::InUse`] when another program holds it.
pub(crate) fn held(lock: File, file: &Path) -> Result<Option<File>, StoreError> {
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(file.to_owned())),
        // No locks here: the file system is no network drive, and SQLite has its own.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

pub(crate) fn refuse_network_drive(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    match statfs::statfs(folder) {
        Ok(found) if is_network(found.filesystem_type()) => {
            Err(StoreError::NetworkDrive(folder.to_owned()))
        }
        _ => Ok(()),
    }
}

/// File systems of other machines, by `statfs(2)`.
fn is_network(found: FsType) -> bool {
    const SMB2: FsType = FsType(0xfe53_4d42);
    const CIFS: FsType = FsType(0xff53_4d42);
    const CEPH: FsType = FsType(0x00c3_6400);
    const AFS: FsType = FsType(0x5346_414f);
    [
        statfs::NFS_SUPER_MAGIC,
        statfs::SMB_SUPER_MAGIC,
        SMB2,
        CIFS,
        CEPH,
        AFS,
    ]
    .contains(&found)
}

impl Database for SqliteDatabase {
    fn begin(&self, mode: Mode) -> BoxFuture<'_, Result<Box<dyn Transaction>, StoreError>> {
        // A write that begins as a read would fail, not wait, when another writes meanwhile.
        let begin = match mode {
            Mode::Read => "BEGIN",
            Mode::Write | Mode::Act => "BEGIN IMMEDIATE",
        };
        Box::pin(async move {
            let begun = self.pool.begin_with(begin).await?;
            Ok(Box::new(SqliteTransaction(begun)) as Box<dyn Transaction>)
        })
    }

    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.pool.close().await;
            // Whoever else still has the store cannot use it any more, and keeps nobody out.
            drop(
                self.lock
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take(),
            );
        })
    }
}

transaction!(
    SqliteTransaction of Sqlite,
    sqlx::sqlite::SqliteArguments,
    SqliteRow,
    SqliteColumn,
    "INTEGER",
    "BLOB"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_drives_are_told_from_disks() {
        assert!(is_network(statfs::NFS_SUPER_MAGIC));
        assert!(is_network(FsType(0xff53_4d42)));
        assert!(!is_network(statfs::EXT4_SUPER_MAGIC));
        assert!(!is_network(statfs::TMPFS_MAGIC));
    }

    #[tokio::test]
    async fn a_file_is_for_one_program_and_its_account() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.db");
        let first = SqliteDatabase::open(&file).await.expect("it is made");
        let second = SqliteDatabase::open(&file).await;
        assert!(matches!(second, Err(StoreError::InUse(_))), "{second:?}");
        for entry in fs::read_dir(folder.path()).expect("it is listed").flatten() {
            let mode = entry.metadata().expect("it is there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
        }
        first.close().await;
        // A thread that is about to end may have it still.
        SqliteDatabase::open(&file).await.expect("it is free again");
        drop(first);
    }
}
