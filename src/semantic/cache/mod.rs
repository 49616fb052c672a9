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
//! of another kind is removed, one cut short or damaged is used up to the damage: what is lost is
//! embedded again. Numbers are little-endian.
//!
//! The vectors of the bundled corpus come in the same format, as a read-only layer below.

mod kept;
mod record;

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use wenzheng_encoder::{Matrix, Rounded};

use self::record::{header, read_record, record, record_bytes, scan};
pub use self::{kept::KeptRows, record::TextKey};
use crate::storage::{self, Kept};

/// The vectors known for one model.
#[derive(Debug)]
pub struct VectorCache {
    model: String,
    path: PathBuf,
    /// Vectors on disk, read when they are asked for.
    file: FileLayer,
    /// Vectors that could not be written: known until the program ends.
    unsaved: Layer,
    /// Vectors of the bundled corpus.
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
    at: HashMap<TextKey, u64>,
}

/// Records in memory.
type Layer = HashMap<TextKey, Rounded>;

impl VectorCache {
    /// Opens the cache of `model` in `folder`, on top of the vectors inside the program (`bundled`).
    /// Never fails: what cannot be used is treated as absent, with a warning in the log.
    #[must_use]
    pub fn open(folder: &Path, model: &str, bundled: &[u8]) -> Self {
        let path = folder.join(format!("{model}.vectors"));
        let mut cache = Self {
            model: model.to_owned(),
            path,
            file: FileLayer::default(),
            unsaved: Layer::default(),
            bundled: read_layer(bundled, model).unwrap_or_default(),
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
            tracing::warn!(%path, "not a vector cache of this model, removed");
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

    /// True when the vector of a text is known.
    #[must_use]
    pub fn knows(&self, key: TextKey) -> bool {
        self.file.at.contains_key(&key)
            || self.unsaved.contains_key(&key)
            || self.bundled.contains_key(&key)
    }

    /// The vector of a text, when it is known and can be read.
    #[must_use]
    pub fn get(&self, key: TextKey) -> Option<Rounded> {
        self.file
            .get(key)
            .or_else(|| self.unsaved.get(&key).cloned())
            .or_else(|| self.bundled.get(&key).cloned())
    }

    /// A row for each of `keys`, which are all known, in order. When some cannot be read any more,
    /// which the log says, there are no rows, and those are no longer known.
    pub fn held(&mut self, keys: &[TextKey]) -> Option<Matrix> {
        let mut matrix = Matrix::default();
        let mut unreadable = Vec::new();
        for key in keys {
            match self.get(*key) {
                Some(row) => matrix.push(&row),
                None => unreadable.push(key),
            }
        }
        if unreadable.is_empty() {
            return Some(matrix);
        }
        let (path, count) = (self.path.display(), unreadable.len());
        tracing::error!(%path, count, "vectors not readable: they are made again");
        for key in unreadable {
            self.file.at.remove(key);
        }
        None
    }

    /// Keeps vectors on disk. All must have the same width; when the vectors already there have
    /// another, those are dropped.
    ///
    /// # Errors
    /// When they cannot be written; they are known all the same until the program ends.
    pub fn add(&mut self, new: &[(TextKey, Rounded)]) -> io::Result<()> {
        let Some((_, first)) = new.first() else {
            return Ok(());
        };
        let width = first.bytes.len();
        let begins = self.file.width.max(width_of(&self.unsaved)) != width;
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
        for (key, vector) in new {
            if !self.file.at.contains_key(key) && vector.bytes.len() == width && keys.insert(key) {
                fresh.push((*key, vector));
            }
        }
        self.append(begins, &fresh).inspect_err(|error| {
            storage::refused(Kept::Vectors, error);
            let known = fresh.iter().map(|(key, vector)| (*key, (*vector).clone()));
            self.unsaved.extend(known);
        })
    }

    fn append(&mut self, begins: bool, fresh: &[(TextKey, &Rounded)]) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            storage::create_folder(folder)?;
        }
        if begins {
            storage::replace(&self.path, |file| {
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

    /// The rows of texts on disk, to be read when they are needed; `None` when some are not there.
    #[must_use]
    pub fn kept(&mut self, keys: &[TextKey]) -> Option<KeptRows> {
        let bundled = keys.iter().filter(|key| !self.file.at.contains_key(key));
        let bundled = bundled.map(|key| Some((*key, self.get(*key)?)));
        let bundled: Vec<(TextKey, Rounded)> = bundled.collect::<Option<_>>()?;
        self.add(&bundled).ok()?;
        let at = keys.iter().map(|key| self.file.at.get(key).copied());
        let at = at.collect::<Option<_>>()?;
        let file = Arc::clone(self.file.file.as_ref()?);
        Some(KeptRows::new(file, self.file.width, at))
    }

    /// Drops the vectors of all other texts, provided that they are the greater part.
    /// Returns whether it did. The old file stays until the new one is complete.
    ///
    /// # Errors
    /// When the new file cannot be written; the old one stays.
    pub fn keep_only(&mut self, keys: impl IntoIterator<Item = TextKey>) -> io::Result<bool> {
        let keys: HashSet<TextKey> = keys.into_iter().collect();
        let known = &self.file.at;
        let used = known.keys().filter(|key| keys.contains(*key)).count();
        if known.len() <= 2 * used {
            return Ok(false);
        }
        storage::replace(&self.path, |file| {
            file.write_all(header(self.file.width, &self.model).as_bytes())?;
            for key in known.keys().filter(|key| keys.contains(*key)) {
                if let Some(vector) = self.file.get(*key) {
                    file.write_all(&record(*key, &vector))?;
                }
            }
            Ok(())
        })?;
        self.file = FileLayer::default();
        self.load()?;
        Ok(true)
    }

    /// The bytes of a file with the vectors of texts, in order, to ship with the program; texts
    /// whose vector is unknown are left out.
    #[must_use]
    pub fn bundle(&self, keys: impl IntoIterator<Item = TextKey>) -> Vec<u8> {
        let width = self.file.width.max(width_of(&self.bundled));
        let mut bundle = header(width, &self.model).into_bytes();
        let mut seen = HashSet::new();
        for key in keys {
            let vector = self.get(key);
            if let Some(vector) = vector.filter(|v| v.bytes.len() == width && seen.insert(key)) {
                bundle.extend(record(key, &vector));
            }
        }
        bundle
    }
}

impl FileLayer {
    fn get(&self, key: TextKey) -> Option<Rounded> {
        let record = read_record(self.file.as_ref()?, *self.at.get(&key)?, self.width);
        record
            .ok()
            .and_then(|(found, row)| (found == key).then_some(row))
    }
}

/// The good records at the start of a file; `None` when it is not a file of this model.
fn read_layer(bytes: &[u8], model: &str) -> Option<Layer> {
    let mut layer = Layer::new();
    let read = scan(bytes, model, |key, _, row| {
        layer.insert(key, row);
    });
    read.ok()??;
    Some(layer)
}

/// Numbers of each vector; 0 when there is none.
fn width_of(layer: &Layer) -> usize {
    layer.values().next().map_or(0, |row| row.bytes.len())
}

#[cfg(test)]
mod tests;
