//! A file that can be read and not written: its disk is full, or mounted read-only.
//!
//! SQLite wants to write even in order to read: what was committed last stands in a log (`-wal`) beside the
//! file, and the index of that log is a third file. So there are three ways. None changes what is stored; where
//! the disk lets it, SQLite writes the log back at the end.
//!
//! | the log | the disk | how it is read |
//! |---|---|---|
//! | empty or not there | any | as a file that nobody changes, which the lock sees to |
//! | holds something | full | with the index of the log in memory, the only one to read |
//! | holds something | read-only | from a copy of both files, in the folder for passing files |

use std::{
    env,
    fs::{self, DirBuilder, File},
    io::ErrorKind,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use sqlx::{
    ConnectOptions as _,
    sqlite::{SqliteConnectOptions, SqliteLockingMode, SqlitePoolOptions},
};

use crate::{
    StoreError,
    sqlite::{PassingFolder, SqliteDatabase, held, lock_of, refuse_network_drive},
};

/// Opens `file`, which is never changed.
///
/// # Errors
/// [`StoreError`]: not there, in use, of a newer program, or not readable.
pub(crate) async fn open(file: &Path) -> Result<SqliteDatabase, StoreError> {
    refuse_network_drive(file)?;
    if !file.is_file() {
        return Err(StoreError::Disk(ErrorKind::NotFound.to_string()));
    }
    let options = SqliteConnectOptions::new()
        .filename(file)
        .disable_statement_logging();
    if fs::metadata(log_of(file)).map_or(0, |log| log.len()) == 0 {
        let options = options.read_only(true).immutable(true);
        return connect(options, lock(file)?, None).await;
    }
    let options = options.locking_mode(SqliteLockingMode::Exclusive);
    let in_place = connect(options.pragma("query_only", "ON"), lock(file)?, None).await;
    match in_place {
        Err(error) if error.may_pass() => of_a_copy(file).await,
        opened => opened,
    }
}

async fn of_a_copy(file: &Path) -> Result<SqliteDatabase, StoreError> {
    let lock = lock(file)?;
    let folder = passing_folder()?;
    let copy = folder.0.join("store.db");
    fs::copy(file, &copy)?;
    fs::copy(log_of(file), log_of(&copy))?;
    let options = SqliteConnectOptions::new()
        .filename(&copy)
        .disable_statement_logging();
    connect(options, lock, Some(folder)).await
}

async fn connect(
    options: SqliteConnectOptions,
    lock: Option<File>,
    folder: Option<PassingFolder>,
) -> Result<SqliteDatabase, StoreError> {
    // One: where it is the only one to read, others would wait for it forever.
    let pool = SqlitePoolOptions::new().max_connections(1);
    let database = SqliteDatabase::of(pool.connect_with(options).await?, lock, folder);
    database.check().await?;
    Ok(database)
}

/// The lock, held; a disk on which there is none has never been written to by a program that takes it.
fn lock(file: &Path) -> Result<Option<File>, StoreError> {
    match File::open(lock_of(file)) {
        Ok(lock) => held(lock, file),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What SQLite writes before it writes to `file`.
fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// A new folder for this account alone.
fn passing_folder() -> Result<PassingFolder, StoreError> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(std::io::Error::other)?;
    let name = format!("wenzheng-{:016x}", u64::from_be_bytes(random));
    let folder = env::temp_dir().join(name);
    DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(PassingFolder(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Act, Entry, SecretKey, Store};

    async fn acted(store: &Store, what: &str) {
        let mut act: Act = store.act().await.expect("it begins");
        act.set_fact("test", what).await.expect("it is noted");
        act.commit(&Entry::default()).await.expect("it is written");
    }

    #[tokio::test]
    async fn what_was_committed_is_read_and_nothing_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("store.db");
        let store = Store::open_file(&file, SecretKey::passing()).await;
        let store = store.expect("it is made");
        acted(&store, "first").await;
        let in_use = open(&file).await;
        assert!(matches!(in_use, Err(StoreError::InUse(_))), "{in_use:?}");

        // As a killed program leaves it: the log was not written back.
        let killed = tempfile::tempdir().expect("a folder");
        let left = killed.path().join("store.db");
        fs::copy(&file, &left).expect("copied");
        fs::copy(log_of(&file), log_of(&left)).expect("there is a log");
        store.close().await;
        drop(store);

        let copy = of_a_copy(&left).await.expect("it is copied");
        copy.check().await.expect("it is read");
        drop(copy);
        for file in [&file, &left] {
            let store = Store::open_read_only(file, SecretKey::passing()).await;
            let store = store.expect("it is read");
            let fact = store.fact("test").await.expect("it is read");
            assert_eq!(fact.as_deref(), Some("first"), "{}", file.display());
            assert!(store.is_reached().await);
            let mut act = store.act().await;
            if let Ok(act) = &mut act {
                assert!(act.set_fact("test", "second").await.is_err());
            }
            drop(act);
            store.close().await;
        }
        let store = Store::open_file(&left, SecretKey::passing()).await;
        let store = store.expect("it can be written again");
        acted(&store, "third").await;
    }

    #[tokio::test]
    async fn where_there_is_nothing_nothing_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = open(&folder.path().join("store.db")).await;
        assert!(matches!(opened, Err(StoreError::Disk(_))), "{opened:?}");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0);
    }
}
