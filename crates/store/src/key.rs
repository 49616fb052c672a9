//! The secret of a deployment: what makes a hash of a person that nobody can look up.

use std::{fmt, fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::{Hash, StoreError};

/// The key of a deployment: 32 bytes, in a file of its own or from the environment, never in the
/// database. Several machines with one store share it.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// The key in `file`, which is made when it is missing.
    ///
    /// # Errors
    /// When it cannot be read, is no key, or cannot be kept: another one would make everybody a stranger.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        match fs::read(file) {
            Ok(bytes) => {
                let key = bytes.try_into().map(Self);
                key.map_err(|_| {
                    let name = file.file_name().unwrap_or_default().to_string_lossy();
                    StoreError::Damaged(format!("{name} 应有 32 个字节"))
                })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(file),
            Err(error) => Err(error.into()),
        }
    }

    fn make(file: &Path) -> Result<Self, StoreError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| StoreError::Disk(error.to_string()))?;
        let new = file.with_extension("key.new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut written = options.open(&new)?;
        written.write_all(&key)?;
        written.sync_all()?;
        fs::rename(&new, file)?;
        if let Some(folder) = file.parent() {
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(Self(key))
    }

    /// The key that `text`, at least 32 characters, stands for.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.chars().count() >= 32).then(|| Self(Hash::of(text.as_bytes()).0))
    }

    /// A key that is gone with the program.
    #[must_use]
    pub fn passing() -> Self {
        let mut key = [0; 32];
        // Without randomness of the system nothing would have started.
        let _ = getrandom::fill(&mut key);
        Self(key)
    }

    /// A keyed hash (HMAC-SHA-256) of `parts`, of which no two lists are alike; `purpose` keeps hashes
    /// of different kinds apart.
    #[must_use]
    pub fn hash(&self, purpose: &str, parts: &[&[u8]]) -> Hash {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        Hash(mac.finalize().into_bytes().into())
    }

    /// The person with this account on a channel.
    #[must_use]
    pub fn person(&self, channel: &str, account: &[u8]) -> Person {
        let hash = self.hash("person", &[channel.as_bytes(), account]);
        let mut short = [0; 16];
        short.copy_from_slice(&hash.0[..16]);
        Person(short)
    }
}

/// A person, as far as the store knows one: a keyed hash of channel and account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(pub [u8; 16]);

impl Person {
    /// The person that `bytes` are; `None` unless there are 16.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Eight characters, enough to tell people of an office apart on a page.
    #[must_use]
    pub fn short(&self) -> String {
        self.0[..4].iter().fold(String::new(), |mut hex, byte| {
            let _ = fmt::Write::write_fmt(&mut hex, format_args!("{byte:02x}"));
            hex
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_and_hashes_nobody_alike() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("secret.key");
        let key = SecretKey::open(&file).expect("it is made");
        let again = SecretKey::open(&file).expect("it is kept");
        let person = key.person("telegram", b"1");
        assert_eq!(person, again.person("telegram", b"1"));
        assert_ne!(person, key.person("telegra", b"m1"));
        assert_ne!(person, SecretKey::passing().person("telegram", b"1"));
        fs::write(&file, "short").expect("it is written");
        assert!(
            SecretKey::open(&file).is_err(),
            "never a new one in its place"
        );
    }
}
