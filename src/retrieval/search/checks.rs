//! Whether an index on disk is what was written: a list of its files with sizes and CRC-32s.
//!
//! Tantivy has checksums in the footers of its segments, not of `meta.json` (which holds the keys of
//! our documents) nor of the footers. The list stands beside them, is written after a commit and read
//! before anything is opened: an index that does not match it is as good as absent.
//!
//! ```text
//! wenzheng-checks CRC-32 of the rest⏎
//! CRC-32 size name⏎ …
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::{self, File},
    io::{self, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    thread,
};

use tantivy::{Directory as _, Index, directory::META_LOCK};

use crate::storage;

const NAME: &str = "checks";
const MAGIC: &str = "wenzheng-checks";
/// What tantivy reads first.
const META: &str = "meta.json";

/// Writes the list of the files of `index`, which was committed in `folder`.
///
/// # Errors
/// When a file cannot be read or the list not be written: the index is built again next time.
pub(super) fn write(folder: &Path, index: &Index) -> Result<(), tantivy::TantivyError> {
    // No other process commits between the names and the sums.
    let _lock = index.directory().acquire_lock(&META_LOCK);
    let segments = index.searchable_segment_ids()?;
    let segments: BTreeSet<String> = segments.iter().map(|id| id.uuid_string()).collect();
    let mut names = BTreeSet::from([PathBuf::from(META)]);
    for entry in fs::read_dir(folder)? {
        let name = PathBuf::from(entry?.file_name());
        // `SEGMENT.EXTENSION`, `SEGMENT.OPERATION.del`; what belongs to no segment is not read.
        let segment = name.to_str().and_then(|name| name.split('.').next());
        if segment.is_some_and(|segment| segments.contains(segment)) {
            names.insert(name);
        }
    }
    // A file of a segment never changes, and was held against the list before the commit.
    let known: BTreeMap<PathBuf, (u32, u64)> = read(folder)
        .unwrap_or_default()
        .into_iter()
        .map(|(file, sum, size)| (file, (sum, size)))
        .collect();
    let mut list = String::new();
    for name in names {
        let file = folder.join(&name);
        let (sum, size) = match known.get(&file) {
            Some(known) if name != Path::new(META) => *known,
            _ => sum(&file)?,
        };
        writeln!(list, "{sum:08x} {size} {}", name.display()).map_err(io::Error::other)?;
    }
    let list = format!("{MAGIC} {:08x}\n{list}", crc32fast::hash(list.as_bytes()));
    storage::replace(&folder.join(NAME), |file| file.write_all(list.as_bytes()))?;
    Ok(())
}

/// True when every file that was listed in `folder` is there and as it was.
pub(super) fn hold(folder: &Path) -> bool {
    let Some(listed) = read(folder) else {
        return false;
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let sound = |(file, expected, size): &(PathBuf, u32, u64)| {
        sum(file).is_ok_and(|found| found == (*expected, *size))
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|nth| {
                let share = listed.iter().skip(nth).step_by(threads);
                scope.spawn(move || share.into_iter().all(sound))
            })
            .collect();
        workers
            .into_iter()
            .all(|worker| worker.join().unwrap_or(false))
    })
}

/// The files listed, with their sums and sizes; `None` when there is no list or it is damaged.
fn read(folder: &Path) -> Option<Vec<(PathBuf, u32, u64)>> {
    let text = fs::read_to_string(folder.join(NAME)).ok()?;
    let (head, list) = text.split_once('\n')?;
    let check = head.strip_prefix(MAGIC)?.strip_prefix(' ')?;
    if u32::from_str_radix(check, 16).ok()? != crc32fast::hash(list.as_bytes()) {
        return None;
    }
    let files = list.lines().map(|line| {
        let (sum, rest) = line.split_once(' ')?;
        let (size, name) = rest.split_once(' ')?;
        let sum = u32::from_str_radix(sum, 16).ok()?;
        Some((folder.join(name), sum, size.parse().ok()?))
    });
    files.collect()
}

/// CRC-32 and size of a file.
fn sum(file: &Path) -> io::Result<(u32, u64)> {
    let mut file = BufReader::new(File::open(file)?);
    let mut hasher = crc32fast::Hasher::new();
    let (mut bytes, mut size) = (vec![0; 1 << 16], 0);
    loop {
        match file.read(&mut bytes)? {
            0 => return Ok((hasher.finalize(), size)),
            read => {
                hasher.update(&bytes[..read]);
                size += read as u64;
            }
        }
    }
}
