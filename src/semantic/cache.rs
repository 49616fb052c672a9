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
    collections::{HashMap, HashSet},
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    ops::Range,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use super::matrix::{Matrix, Rounded, Vector};

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
    /// What is on disk; read from there when it is asked for.
    file: FileLayer,
    /// What the disk refused: known until the program ends.
    unsaved: Layer,
    /// Of the bundled corpus.
    bundled: Layer,
}

/// The records of the file.
#[derive(Debug, Default)]
struct FileLayer {
    /// Open for reading; `None` when there is no file yet.
    file: Option<Arc<File>>,
    /// 0 until the first record is known.
    width: usize,
    /// Where each record starts.
    at: HashMap<Key, u64>,
}

/// Records in memory.
#[derive(Debug, Default)]
struct Layer {
    width: usize,
    records: HashMap<Key, Rounded>,
}

/// Rows that stay on disk.
#[derive(Debug)]
pub struct KeptRows {
    file: Arc<File>,
    width: usize,
    /// Where the record of each row starts.
    at: Vec<u64>,
}

impl KeptRows {
    /// Number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.at.len()
    }

    /// True when there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Reads rows from disk; one that cannot be read is all zeros, near to nothing.
    ///
    /// # Panics
    /// When there are no such rows.
    #[must_use]
    pub fn read(&self, rows: Range<usize>) -> Matrix {
        let mut matrix = Matrix::with_capacity(rows.len(), self.width);
        for at in &self.at[rows] {
            let row = read_record(&self.file, *at, self.width).map(|(_, row)| row);
            matrix.push(&row.unwrap_or_else(|| Rounded::zero(self.width)));
        }
        matrix
    }

    /// About the direction of the sum of all rows: of some thousands spread evenly over them.
    #[must_use]
    pub fn middle(&self) -> Vector {
        const SAMPLE: usize = 20_000;
        let step = self.len().div_ceil(SAMPLE).max(1);
        let mut sample = Matrix::with_capacity(self.len().div_ceil(step), self.width);
        for at in self.at.iter().step_by(step) {
            if let Some((_, row)) = read_record(&self.file, *at, self.width) {
                sample.push(&row);
            }
        }
        sample.middle()
    }
}

impl VectorCache {
    /// Opens the cache of `model` in `folder`, with the vectors inside the program (`bundled`)
    /// below it. Never fails: what cannot be used is as good as absent, with a warning in the log.
    #[must_use]
    pub fn open(folder: &Path, model: &str, bundled: &[u8]) -> Self {
        let path = folder.join(format!("{model}.vectors"));
        let mut cache = Self {
            model: model.to_owned(),
            path,
            file: FileLayer::default(),
            unsaved: Layer::default(),
            bundled: Layer::read(bundled, model).unwrap_or_default(),
        };
        if let Err(error) = cache.load() {
            tracing::warn!(path = %cache.path.display(), %error, "vector cache not readable");
        }
        cache
    }

    fn load(&mut self) -> io::Result<()> {
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            file => file?,
        };
        let length = file.metadata()?.len();
        let path = self.path.display();
        let mut at = HashMap::new();
        let read = scan(BufReader::new(&file), &self.model, |key, start, _| {
            at.insert(key, start);
        })?;
        let Some((width, good)) = read else {
            tracing::warn!(%path, "not a vector cache of this model, begun anew");
            return fs::remove_file(&self.path);
        };
        if good < length {
            tracing::warn!(%path, lost.bytes = length - good, "vector cache damaged, cut to the good part");
            OpenOptions::new()
                .write(true)
                .open(&self.path)?
                .set_len(good)?;
        }
        self.file = FileLayer {
            file: Some(Arc::new(file)),
            width,
            at,
        };
        Ok(())
    }

    /// Number of vectors known, those inside the program included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.file.at.len() + self.unsaved.records.len() + self.bundled.records.len()
    }

    /// True when no vector is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True when the vector of `text` is known.
    #[must_use]
    pub fn knows(&self, text: &str) -> bool {
        let key = key(text);
        self.file.at.contains_key(&key)
            || self.unsaved.records.contains_key(&key)
            || self.bundled.records.contains_key(&key)
    }

    /// The vector of `text`, when it is known.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Rounded> {
        let key = key(text);
        self.file
            .get(&key)
            .or_else(|| self.unsaved.records.get(&key).cloned())
            .or_else(|| self.bundled.records.get(&key).cloned())
    }

    /// Remembers vectors, on disk. All must be of one width; when it is not that of the vectors
    /// before, those are forgotten.
    ///
    /// # Errors
    /// When the disk refuses; the vectors are known all the same until the program ends.
    pub fn add(&mut self, new: &[(&str, Rounded)]) -> io::Result<()> {
        let Some((_, first)) = new.first() else {
            return Ok(());
        };
        let width = first.bytes.len();
        let begins = self.file.width.max(self.unsaved.width) != width;
        if begins {
            // Also when a service changed its model: old vectors are of no use beside new ones.
            self.file = FileLayer {
                width,
                ..FileLayer::default()
            };
            self.unsaved = Layer::default();
        }
        let mut fresh = Vec::new();
        let mut keys = HashSet::new();
        for (text, vector) in new {
            let key = key(text);
            if !self.file.at.contains_key(&key) && vector.bytes.len() == width && keys.insert(key) {
                fresh.push((key, vector));
            }
        }
        self.append(begins, &fresh).inspect_err(|_| {
            self.unsaved.width = width;
            let known = fresh.iter().map(|(key, vector)| (*key, (*vector).clone()));
            self.unsaved.records.extend(known);
        })
    }

    fn append(&mut self, begins: bool, fresh: &[(Key, &Rounded)]) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        if begins {
            write_whole(&self.path, |file| {
                file.write_all(header(self.file.width, &self.model).as_bytes())
            })?;
        }
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(&self.path)?;
        let records: Vec<u8> = fresh
            .iter()
            .flat_map(|(key, vector)| record(*key, vector))
            .collect();
        // One write, so that two programs that share the folder do not mix their records.
        file.write_all(&records)?;
        // Where it ended is where this write ended, whoever else appends.
        let end = io::Seek::stream_position(&mut file)?;
        let mut start = end.saturating_sub(records.len() as u64);
        for (key, _) in fresh {
            self.file.at.insert(*key, start);
            start += record_bytes(self.file.width) as u64;
        }
        self.file.file = Some(Arc::new(file));
        Ok(())
    }

    /// The rows of `texts` as they stand on disk, to be read when they are needed; `None` when some
    /// are not there.
    #[must_use]
    pub fn kept(&mut self, texts: &[&str]) -> Option<KeptRows> {
        let bundled: Vec<(&str, Rounded)> = texts
            .iter()
            .filter(|text| !self.file.at.contains_key(&key(text)))
            .map(|text| Some((*text, self.get(text)?)))
            .collect::<Option<_>>()?;
        self.add(&bundled).ok()?;
        let at = texts
            .iter()
            .map(|text| self.file.at.get(&key(text)).copied());
        Some(KeptRows {
            at: at.collect::<Option<_>>()?,
            file: Arc::clone(self.file.file.as_ref()?),
            width: self.file.width,
        })
    }

    /// Forgets the vectors of all texts but `texts` when they are the greater part; true when it
    /// did. The old file stands until the new one is complete.
    ///
    /// # Errors
    /// When the disk refuses; the old file stands.
    pub fn keep_only(
        &mut self,
        texts: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> io::Result<bool> {
        let keys: HashSet<Key> = texts.into_iter().map(|text| key(text.as_ref())).collect();
        let known = &self.file.at;
        let used = known.keys().filter(|key| keys.contains(*key)).count();
        if known.len() <= 2 * used {
            return Ok(false);
        }
        write_whole(&self.path, |file| {
            file.write_all(header(self.file.width, &self.model).as_bytes())?;
            for key in known.keys().filter(|key| keys.contains(*key)) {
                if let Some(vector) = self.file.get(key) {
                    file.write_all(&record(*key, &vector))?;
                }
            }
            Ok(())
        })?;
        self.file = FileLayer::default();
        self.load()?;
        Ok(true)
    }

    /// A file that holds the vectors of `texts`, in order, to ship with the program; those that
    /// are not known are left out.
    #[must_use]
    pub fn bundle(&self, texts: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<u8> {
        let width = self.file.width.max(self.bundled.width);
        let mut bundle = header(width, &self.model).into_bytes();
        let mut seen = HashSet::new();
        for text in texts {
            let text = text.as_ref();
            let key = key(text);
            let vector = self.get(text);
            if let Some(vector) = vector.filter(|v| v.bytes.len() == width && seen.insert(key)) {
                bundle.extend(record(key, &vector));
            }
        }
        bundle
    }
}

/// Makes the file at `path` anew, all or nothing.
fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = io::BufWriter::new(File::create(&fresh)?);
    write(&mut file)?;
    file.into_inner()?.sync_all()?;
    fs::rename(&fresh, path)
}

impl FileLayer {
    fn get(&self, key: &Key) -> Option<Rounded> {
        let (found, row) = read_record(self.file.as_ref()?, *self.at.get(key)?, self.width)?;
        (found == *key).then_some(row)
    }
}

impl Layer {
    /// The good records at the start of a file; `None` when it is not a file of this model.
    fn read(bytes: &[u8], model: &str) -> Option<Self> {
        let mut records = HashMap::new();
        let read = scan(bytes, model, |key, _, row| {
            records.insert(key, row);
        });
        let (width, _) = read.ok()??;
        Some(Self { width, records })
    }
}

fn header(width: usize, model: &str) -> String {
    format!("{MAGIC} {width} {model}\n")
}

/// Tells `found` of every good record at the start of a file: key, where it starts, vector. Gives
/// the width and where the good part ends; `None` when it is not a file of this model.
fn scan(
    mut file: impl io::BufRead,
    model: &str,
    mut found: impl FnMut(Key, u64, Rounded),
) -> io::Result<Option<(usize, u64)>> {
    let mut line = Vec::new();
    io::Read::take(&mut file, LONGEST_HEADER as u64).read_until(b'\n', &mut line)?;
    let described = || {
        let header = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
        let (width, named) = header.strip_prefix(MAGIC)?.trim_start().split_once(' ')?;
        let width: usize = width.parse().ok()?;
        (named == model && (1..=1 << 16).contains(&width)).then_some(width)
    };
    let Some(width) = described() else {
        return Ok(None);
    };
    let mut good = line.len() as u64;
    let mut bytes = vec![0; record_bytes(width)];
    loop {
        match file.read_exact(&mut bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        }
        let Some((key, row)) = parse_record(&bytes) else {
            break;
        };
        found(key, good, row);
        good += bytes.len() as u64;
    }
    Ok(Some((width, good)))
}

fn read_record(file: &File, at: u64, width: usize) -> Option<(Key, Rounded)> {
    let mut bytes = vec![0; record_bytes(width)];
    file.read_exact_at(&mut bytes, at).ok()?;
    parse_record(&bytes)
}

/// Key and vector of a record; `None` when it is damaged.
fn parse_record(record: &[u8]) -> Option<(Key, Rounded)> {
    let (content, found) = record.split_at_checked(record.len().checked_sub(CHECK_BYTES)?)?;
    if check(content) != *found {
        return None;
    }
    let (key, rest) = content.split_first_chunk::<KEY_BYTES>()?;
    let (scale, bytes) = rest.split_first_chunk()?;
    let row = Rounded {
        scale: f32::from_le_bytes(*scale),
        bytes: bytes.iter().map(|&byte| byte as i8).collect(),
    };
    Some((*key, row))
}

fn record(key: Key, vector: &Rounded) -> Vec<u8> {
    let mut record = Vec::with_capacity(record_bytes(vector.bytes.len()));
    record.extend_from_slice(&key);
    record.extend_from_slice(&vector.scale.to_le_bytes());
    record.extend(vector.bytes.iter().map(|&byte| byte as u8));
    let check = check(&record);
    record.extend_from_slice(&check);
    record
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
        let elsewhere = tempfile::tempdir().unwrap();
        let mut cache = VectorCache::open(elsewhere.path(), MODEL, &bundle);
        assert_eq!(cache.get("第1句。"), Some(vector(1)));
        cache.add(&[("路", vector(9))]).unwrap();
        assert_eq!(cache.len(), 3);
        assert_eq!(open(elsewhere.path()).len(), 1, "the bundle is not copied");
        assert!(VectorCache::open(elsewhere.path(), "other", &bundle).is_empty());
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
            let _ = Layer::read(&file, MODEL);
        }
    }
}
