//! The databases that a store can lie in: a file, and a real server when the tests are given one.

use std::{env, path::PathBuf};

use tempfile::TempDir;
use tokio::runtime::Runtime;
use wenzheng_store::{SecretKey, Store};

/// An empty database.
pub(crate) struct Database {
    pub(crate) runtime: Runtime,
    at: At,
    key: SecretKey,
}

enum At {
    File(
        PathBuf,
        #[expect(dead_code, reason = "held until the test ends")] TempDir,
    ),
    Server(String),
}

impl Database {
    fn new(at: At) -> Self {
        Self {
            runtime: Runtime::new().expect("a runtime"),
            at,
            key: SecretKey::passing(),
        }
    }

    /// A store in it.
    pub(crate) fn open(&self) -> Store {
        let key = self.key.clone();
        let store = self.runtime.block_on(async {
            match &self.at {
                At::File(file, _) => Store::open_file(file, key).await,
                At::Server(url) => Store::open_server(url, key).await,
            }
        });
        store.expect("it opens")
    }
}

/// An empty database of each kind.
pub(crate) fn databases() -> Vec<Database> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("store.db");
    let mut all = vec![Database::new(At::File(file, folder))];
    all.extend(empty_on_server().map(|url| Database::new(At::Server(url))));
    all
}

/// The address of an empty database of the server that the tests are given.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by it which server is theirs"
)]
fn empty_on_server() -> Option<String> {
    let Ok(server) = env::var("POSTGRES_FOR_TESTS") else {
        eprintln!("PostgreSQL skipped: POSTGRES_FOR_TESTS names no server");
        return None;
    };
    let mut random = [0; 8];
    getrandom::fill(&mut random).expect("the system has randomness");
    let name = format!("it_{}", u64::from_be_bytes(random));
    let made = std::process::Command::new("psql")
        .args([
            &server,
            "--quiet",
            "--command",
            &format!("CREATE DATABASE {name}"),
        ])
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "psql made no database"
    );
    Some(server.replacen("/postgres?", &format!("/{name}?"), 1))
}
