//! The files of an edition, by path and content.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    str,
};

use sha2::{Digest as _, Sha256};

use crate::StoreError;

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex()[..12])
    }
}

impl Hash {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// 64 characters `[0-9a-f]`.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// What [`Self::hex`] wrote.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut hash = [0; 32];
        let digits = hex.as_bytes();
        if digits.len() != 2 * hash.len() || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(hash))
    }

    /// The hash that `bytes` are; `None` unless there are 32.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Names it.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
}

impl Content {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            hash: Hash::of(bytes),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        }
    }
}

/// The files of an edition: path (`corpus/tongwei/2024-work-report.md`, `lexicon/synonyms.txt`,
/// `ranking.toml`) and content. Two editions with the same manifest answer alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// What each file holds.
    pub files: BTreeMap<String, Content>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(Content),
    /// It has another content.
    Changed(Content, Content),
    /// It is gone.
    Removed(Content),
}

impl Manifest {
    /// One line a file, sorted by path: SHA-256 in hexadecimal digits, size in bytes, path.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.files
            .iter()
            .fold(String::new(), |mut text, (path, content)| {
                let _ = writeln!(text, "{} {} {path}", content.hash.hex(), content.size);
                text
            })
    }

    /// What [`Self::to_text`] wrote.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not that.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let files = text.lines().map(|line| {
            let (hash, rest) = line.split_once(' ')?;
            let (size, path) = rest.split_once(' ')?;
            let (hash, size) = (Hash::from_hex(hash)?, size.parse().ok()?);
            Some((path.to_owned(), Content { hash, size }))
        });
        let files = files.collect::<Option<_>>();
        let damaged = || StoreError::Damaged("文件清单".to_owned());
        Ok(Self {
            files: files.ok_or_else(damaged)?,
        })
    }

    /// The hash of [`Self::to_text`].
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(self.to_text().as_bytes())
    }

    /// What differs in `newer`, by path.
    #[must_use]
    pub fn changes_to(&self, newer: &Self) -> BTreeMap<String, Change> {
        let paths: BTreeSet<&String> = self.files.keys().chain(newer.files.keys()).collect();
        let changes = paths.into_iter().filter_map(|path| {
            let change = match (self.files.get(path), newer.files.get(path)) {
                (None, Some(new)) => Change::Added(*new),
                (Some(old), None) => Change::Removed(*old),
                (Some(old), Some(new)) if old != new => Change::Changed(*old, *new),
                _ => return None,
            };
            Some((path.clone(), change))
        });
        changes.collect()
    }

    /// This manifest with the change from `from` to `to` made in it, where `from` still stands; the paths
    /// where it does not are the error.
    ///
    /// # Errors
    /// The paths that have changed otherwise since.
    pub fn merged(&self, from: &Self, to: &Self) -> Result<Self, Vec<String>> {
        let changes = from.changes_to(to);
        let stands = |path: &String| {
            let now = self.files.get(path);
            now == from.files.get(path) || now == to.files.get(path)
        };
        let conflicts: Vec<String> = changes.keys().filter(|p| !stands(p)).cloned().collect();
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        let mut merged = self.clone();
        for (path, change) in changes {
            match change {
                Change::Added(new) | Change::Changed(_, new) => merged.files.insert(path, new),
                Change::Removed(_) => merged.files.remove(&path),
            };
        }
        Ok(merged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Content::of(text.as_bytes())));
        Manifest {
            files: files.collect(),
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let written = manifest(&[("corpus/甲 乙/a.md", "1"), ("ranking.toml", "")]);
        let read = Manifest::parse(&written.to_text());
        assert_eq!(read.expect("it is one"), written);
        assert!(Manifest::parse("no hash a.md\n").is_err());
        assert_ne!(written.hash(), Manifest::default().hash());
    }

    #[test]
    fn a_change_is_taken_back_where_nobody_changed_the_file_since() {
        let one = manifest(&[("a", "1"), ("b", "1")]);
        let two = manifest(&[("a", "2"), ("b", "1"), ("c", "1")]);
        let three = manifest(&[("a", "2"), ("b", "3"), ("c", "1")]);
        let undone = three
            .merged(&two, &one)
            .expect("a and c are as two left them");
        assert_eq!(undone, manifest(&[("a", "1"), ("b", "3")]));
        let four = manifest(&[("a", "4"), ("b", "3")]);
        assert_eq!(four.merged(&two, &one), Err(vec!["a".to_owned()]));
    }
}
