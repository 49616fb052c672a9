//! The socket as a file.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::{
        fd::AsRawFd as _,
        unix::{ffi::OsStrExt as _, fs::MetadataExt as _, net::UnixStream},
    },
    path::{Path, PathBuf},
};

use tokio::net::UnixListener;

use crate::storage;

const NAME: &str = "admin.sock";
const LOCK: &str = "admin.lock";
/// Bytes of a path that fit the address of a socket, its closing zero left out.
const LONGEST_PATH: usize = 107;

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// A living server has one in the same data folder.
    #[error("another server uses the same data folder")]
    Taken,
    /// The file system refuses.
    #[error("{}", .0.kind())]
    Refused(#[from] io::Error),
}

/// The socket of this server; its file goes when it is dropped.
#[derive(Debug)]
pub struct Socket {
    pub(super) listener: UnixListener,
    /// The user who runs this server.
    pub(super) owner: u32,
    path: PathBuf,
    /// Held as long as the server lives, and given back by the kernel if it is killed.
    _lock: File,
}

impl Socket {
    /// Listens in the folder `data`, which is made when it is missing. Call it inside a runtime.
    ///
    /// # Errors
    /// [`SocketError`]
    pub fn bind(data: &Path) -> Result<Self, SocketError> {
        storage::create_folder(data)?;
        let lock = lock(&data.join(LOCK))?;
        let path = data.join(NAME);
        // Where locks do not hold (some network drives) a living server still answers.
        if connect(data).is_ok() {
            return Err(SocketError::Taken);
        }
        // Closed to others before it has the name by which it is found.
        let new = storage::unfinished(&path);
        let _ = fs::remove_file(&new);
        let name = new.file_name().unwrap_or_default();
        let listener = at(data, &name.to_string_lossy(), |path| {
            UnixListener::bind(path)
        })?;
        let named = fs::set_permissions(&new, storage::owner_only())
            .and_then(|()| fs::rename(&new, &path))
            .and_then(|()| fs::symlink_metadata(&path));
        if named.is_err() {
            let _ = fs::remove_file(&new);
        }
        Ok(Self {
            listener,
            owner: named?.uid(),
            path,
            _lock: lock,
        })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn lock(path: &Path) -> Result<File, SocketError> {
    let mut options = storage::private();
    options.write(true).create(true).truncate(false);
    let file = options.open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SocketError::Taken),
        // No locks here: see `Socket::bind`.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// Connects to the server whose data folder is `data`.
///
/// # Errors
/// Of the system: no such file, refused when the server is gone, not permitted.
pub(super) fn connect(data: &Path) -> io::Result<UnixStream> {
    at(data, NAME, |path| UnixStream::connect(path))
}

/// Does something with the address of `name` in `folder`, by a shorter path where that one is too long
/// for an address.
fn at<T>(folder: &Path, name: &str, act: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    let path = folder.join(name);
    if path.as_os_str().as_bytes().len() <= LONGEST_PATH {
        return act(&path);
    }
    let folder = File::open(folder)?;
    act(&PathBuf::from(format!(
        "/proc/self/fd/{}/{name}",
        folder.as_raw_fd()
    )))
}
