//! Vectors on disk, so that a text is run through the model once.
//!
//! A file for each model: a header line, then records of one size, appended as texts come.
//!
//! ```text
//! wenzheng-vectors 1 384 wenzheng-e5-small-zh-089e8016264c⏎
//! key 16 bytes │ scale f32 │ 384 signed bytes │ check 4 bytes
//! ```
//!
//! The key is the start of the text's SHA-256, the check the start of that of the record. A file
//! of another kind is set aside, one cut short or damaged is used up to the damage: what is lost
//! is embedded again. Numbers are little-endian.
//!
//! The same format is what the vectors of the bundled corpus come in, as a layer below that is
//! only read.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::matrix::Rounded;

const MAGIC: &str = "wenzheng-vectors 1";
/// A longer first line is not a header.
const LONGEST_HEADER: usize = 200;
const KEY_BYTES: usize = 16;
const SCALE_BYTES: usize = 4;
const CHECK_BYTES: usize = 4;

/// The first half of a text's SHA-256.
type Key = [u8; KEY_BYTES];

fn key(text: &str) -> Key {
    let digest: [u8; 32] = Sha256::digest(text).into();
    *digest.first_chunk().expect("32 bytes are more than 16")
}

/// The vectors known for one model.
#[derive(Debug)]
pub struct VectorCache {
    model: String,
    path: PathBuf,
    /// What the file holds, and what was added since.
    file: Layer,
    /// Of the bundled corpus.
    bundled: Layer,
}

/// The records of one file.
#[derive(Debug, Default)]
struct Layer {
    bytes: Cow<'static, [u8]>,
    /// 0 until the first record is known.
    width: usize,
    /// Where each record starts.
    at: HashMap<Key, usize>,
}

impl VectorCache {
    /// Opens the cache of `model` in `folder`, with the vectors inside the program (`bundled`)
    /// below it. Never fails: what cannot be used is as good as absent, with a warning in the log.
    #[must_use]
    pub fn open(folder: &Path, model: &str, bundled: &'static [u8]) -> Self {
        let path = folder.join(format!("{model}.vectors"));
        let (bundled, _) = Layer::read(Cow::Borrowed(bundled), model).unwrap_or_default();
        let mut cache = Self {
            model: model.to_owned(),
            path,
            file: Layer::default(),
            bundled,
        };
        if let Err(error) = cache.load() {
            tracing::warn!(path = %cache.path.display(), %error, "vector cache not readable");
        }
        cache
    }

    fn load(&mut self) -> io::Result<()> {
        let bytes = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            bytes => bytes?,
        };
        let length = bytes.len();
        let path = self.path.display();
        let Some((layer, good)) = Layer::read(Cow::Owned(bytes), &self.model) else {
            tracing::warn!(%path, "not a vector cache of this model, begun anew");
            return fs::remove_file(&self.path);
        };
        if good < length {
            tracing::warn!(%path, lost.bytes = length - good, "vector cache damaged, cut to the good part");
            let file = OpenOptions::new().write(true).open(&self.path)?;
            file.set_len(good as u64)?;
        }
        self.file = layer;
        Ok(())
    }

    /// Number of vectors known, those inside the program included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.file.at.len() + self.bundled.at.len()
    }

    /// True when no vector is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The vector of `text`, when it is known.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Rounded> {
        let key = key(text);
        self.file.get(&key).or_else(|| self.bundled.get(&key))
    }

    /// Remembers vectors, in memory and on disk. All must be of one width; when it is not that of
    /// the vectors before, those are forgotten.
    ///
    /// # Errors
    /// When the disk refuses; the vectors are known all the same until the program ends.
    pub fn add(&mut self, new: &[(&str, Rounded)]) -> io::Result<()> {
        let Some((_, first)) = new.first() else {
            return Ok(());
        };
        let begins = self.file.width != first.bytes.len();
        if begins {
            // Also when a service changed its model: old vectors are of no use beside new ones.
            self.file = Layer::begin(first.bytes.len(), &self.model);
        }
        let mut fresh = if begins {
            self.file.bytes.to_vec()
        } else {
            Vec::new()
        };
        for (text, vector) in new {
            fresh.extend_from_slice(&self.file.push(key(text), vector));
        }
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        if begins {
            return write_whole(&self.path, &fresh);
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        // One write, so that two programs that share the folder do not mix their records.
        file.write_all(&fresh)
    }

    /// Forgets the vectors of all texts but `texts` when they are the greater part; true when it
    /// did. The old file stands until the new one is complete.
    ///
    /// # Errors
    /// When the disk refuses; the old file stands.
    pub fn keep_only<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> io::Result<bool> {
        let keys: HashSet<Key> = texts.into_iter().map(key).collect();
        let used = self
            .file
            .at
            .keys()
            .filter(|key| keys.contains(*key))
            .count();
        if self.file.at.len() <= 2 * used {
            return Ok(false);
        }
        let mut kept = Layer::begin(self.file.width, &self.model);
        for key in self.file.at.keys().filter(|key| keys.contains(*key)) {
            if let Some(vector) = self.file.get(key) {
                kept.push(*key, &vector);
            }
        }
        write_whole(&self.path, &kept.bytes)?;
        self.file = kept;
        Ok(true)
    }

    /// A file that holds the vectors of `texts`, in order, to ship with the program; those that
    /// are not known are left out.
    #[must_use]
    pub fn bundle<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
        let width = self.file.width.max(self.bundled.width);
        let mut bundle = Layer::begin(width, &self.model);
        for text in texts {
            if let Some(vector) = self.get(text) {
                bundle.push(key(text), &vector);
            }
        }
        bundle.bytes.into_owned()
    }
}

/// Puts `bytes` where `path` is, all or nothing.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

impl Layer {
    fn begin(width: usize, model: &str) -> Self {
        Self {
            bytes: Cow::Owned(format!("{MAGIC} {width} {model}\n").into_bytes()),
            width,
            at: HashMap::new(),
        }
    }

    /// The good records at the start of a file and how many bytes they take with the header;
    /// `None` when it is not a file of this model.
    fn read(mut bytes: Cow<'static, [u8]>, model: &str) -> Option<(Self, usize)> {
        let line = bytes
            .iter()
            .take(LONGEST_HEADER)
            .position(|&b| b == b'\n')?;
        let header = std::str::from_utf8(&bytes[..line]).ok()?;
        let (width, named) = header.strip_prefix(MAGIC)?.trim_start().split_once(' ')?;
        let width: usize = width.parse().ok()?;
        if named != model || !(1..=1 << 16).contains(&width) {
            return None;
        }
        let mut at = HashMap::new();
        let mut good = line + 1;
        for record in bytes[good..].chunks_exact(record_bytes(width)) {
            let (content, found) = record.split_at(record.len() - CHECK_BYTES);
            if check(content) != *found {
                break;
            }
            at.insert(*content.first_chunk()?, good);
            good += record.len();
        }
        if let Cow::Owned(bytes) = &mut bytes {
            bytes.truncate(good);
        }
        Some((Self { bytes, width, at }, good))
    }

    fn get(&self, key: &Key) -> Option<Rounded> {
        let start = *self.at.get(key)?;
        let record = &self.bytes[start..start + record_bytes(self.width)];
        let (scale, bytes) = record[KEY_BYTES..record.len() - CHECK_BYTES].split_first_chunk()?;
        Some(Rounded {
            scale: f32::from_le_bytes(*scale),
            bytes: bytes.iter().map(|&byte| byte as i8).collect(),
        })
    }

    /// Appends a vector and gives back its record; nothing when its text is known.
    fn push(&mut self, key: Key, vector: &Rounded) -> Vec<u8> {
        if self.at.contains_key(&key) || vector.bytes.len() != self.width {
            return Vec::new();
        }
        let mut record = Vec::with_capacity(record_bytes(self.width));
        record.extend_from_slice(&key);
        record.extend_from_slice(&vector.scale.to_le_bytes());
        record.extend(vector.bytes.iter().map(|&byte| byte as u8));
        let check = check(&record);
        record.extend_from_slice(&check);
        self.at.insert(key, self.bytes.len());
        self.bytes.to_mut().extend_from_slice(&record);
        record
    }
}

const fn record_bytes(width: usize) -> usize {
    KEY_BYTES + SCALE_BYTES + width + CHECK_BYTES
}

fn check(content: &[u8]) -> [u8; CHECK_BYTES] {
    let digest: [u8; 32] = Sha256::digest(content).into();
    *digest.first_chunk().expect("32 bytes are more than 4")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::matrix::Vector, *};

    const MODEL: &str = "small-1";

    fn vector(seed: u8) -> Rounded {
        let numbers = (0..8).map(|i| f32::from(seed.wrapping_mul(31).wrapping_add(i * 7)) - 99.5);
        Rounded::new(&Vector::unit(numbers.collect()))
    }

    fn texts(count: u8) -> Vec<String> {
        (0..count).map(|i| format!("第{i}句。")).collect()
    }

    fn open(folder: &Path) -> VectorCache {
        VectorCache::open(folder, MODEL, &[])
    }

    /// A folder with a cache of `count` texts.
    fn filled(count: u8) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = open(folder.path());
        for (i, text) in (0..).zip(texts(count)) {
            cache.add(&[(text.as_str(), vector(i))]).unwrap();
        }
        folder
    }

    fn file(folder: &Path) -> PathBuf {
        folder.join("small-1.vectors")
    }

    #[test]
    fn what_is_kept_comes_back_equal() {
        let folder = filled(5);
        let cache = open(folder.path());
        assert_eq!(cache.len(), 5);
        for (i, text) in (0..).zip(texts(5)) {
            assert_eq!(cache.get(&text), Some(vector(i)));
        }
        assert_eq!(cache.get("别的"), None);
    }

    #[test]
    fn a_text_is_stored_once() {
        let folder = filled(2);
        let size = fs::metadata(file(folder.path())).unwrap().len();
        let mut cache = open(folder.path());
        cache.add(&[("第0句。", vector(0))]).unwrap();
        assert_eq!(fs::metadata(file(folder.path())).unwrap().len(), size);
    }

    #[test]
    fn a_file_of_another_model_is_begun_anew() {
        let folder = filled(2);
        let other = folder.path().join("other.vectors");
        fs::rename(file(folder.path()), &other).unwrap();
        let mut cache = VectorCache::open(folder.path(), "other", &[]);
        assert!(cache.is_empty());
        cache.add(&[("路", vector(9))]).unwrap();
        assert_eq!(VectorCache::open(folder.path(), "other", &[]).len(), 1);
    }

    #[test]
    fn vectors_of_another_width_replace_all() {
        let folder = filled(2);
        let mut cache = open(folder.path());
        let wide = Rounded::new(&Vector::unit(vec![1.0; 9]));
        cache.add(&[("路", wide.clone())]).unwrap();
        let cache = open(folder.path());
        assert_eq!((cache.len(), cache.get("路")), (1, Some(wide)));
    }

    #[test]
    fn a_bundle_is_a_layer_below() {
        let folder = filled(3);
        let texts = texts(2);
        let bundle = open(folder.path()).bundle(texts.iter().map(String::as_str));
        let bundle: &'static [u8] = bundle.leak();
        let elsewhere = tempfile::tempdir().unwrap();
        let mut cache = VectorCache::open(elsewhere.path(), MODEL, bundle);
        assert_eq!(cache.get("第1句。"), Some(vector(1)));
        cache.add(&[("路", vector(9))]).unwrap();
        assert_eq!(cache.len(), 3);
        assert_eq!(open(elsewhere.path()).len(), 1, "the bundle is not copied");
        assert!(VectorCache::open(elsewhere.path(), "other", bundle).is_empty());
    }

    #[test]
    fn texts_out_of_use_are_forgotten_when_they_are_most() {
        let folder = filled(10);
        let mut cache = open(folder.path());
        assert!(
            !cache
                .keep_only(texts(5).iter().map(String::as_str))
                .unwrap()
        );
        assert!(
            cache
                .keep_only(texts(4).iter().map(String::as_str))
                .unwrap()
        );
        cache.add(&[("路", vector(9))]).unwrap();
        let cache = open(folder.path());
        assert_eq!(cache.len(), 5);
        assert_eq!(cache.get("第3句。"), Some(vector(3)));
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_only_the_next_start() {
        let mut cache = open(Path::new("/dev/null/cache"));
        assert!(cache.add(&[("路", vector(1))]).is_err());
        assert_eq!(cache.get("路"), Some(vector(1)));
    }

    proptest! {
        #[test]
        fn damage_loses_nothing_before_it(at in 0usize..300, byte: u8, cut: bool) {
            let folder = filled(8);
            let path = file(folder.path());
            let mut bytes = fs::read(&path).unwrap();
            let header = bytes.iter().position(|&b| b == b'\n').unwrap() + 1;
            let at = at % bytes.len();
            let changed = cut || bytes[at] != byte;
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
            fs::write(&path, &bytes).unwrap();
            let whole = at.saturating_sub(header) / record_bytes(8);
            let mut cache = open(folder.path());
            if changed && at >= header {
                prop_assert_eq!(cache.len(), whole);
            }
            for (i, text) in (0..).zip(texts(8)) {
                prop_assert!(cache.get(&text).is_none_or(|found| found == vector(i)));
            }
            // And it goes on as if nothing had happened.
            let known = cache.len();
            cache.add(&[("路", vector(9))]).unwrap();
            prop_assert_eq!(open(folder.path()).len(), known + 1);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, width in 0usize..9, headed: bool) {
            let mut file = if headed { format!("{MAGIC} {width} {MODEL}\n").into_bytes() } else { Vec::new() };
            file.extend(bytes);
            let _ = Layer::read(Cow::Owned(file), MODEL);
        }
    }
}
