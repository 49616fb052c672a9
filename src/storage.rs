//! What is kept under `data/`: for the account of the program only, all or nothing, and counted where
//! the disk refuses.
//!
//! Nothing kept here is needed for an answer. A full or read-only disk therefore costs no more than time, and
//! people should hear of it: the first refusal of a kind is in the log, then every doubling, and the counts
//! are on the pages for those who run the service.

use std::{
    fmt::Display,
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

/// Nobody but the account that runs the program.
const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;
/// Whatever others may do.
const OTHERS: u32 = 0o077;

/// What may be refused by the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Parsed documents, and the list of those that were last served.
    Documents,
    /// Passages of a large corpus.
    Passages,
    /// The index of words.
    Index,
    /// Vectors of sentences.
    Vectors,
    /// Telegram's updates that are not answered yet.
    Updates,
}

impl Kept {
    /// Everything that is kept.
    pub const ALL: [Self; 5] = [
        Self::Documents,
        Self::Passages,
        Self::Index,
        Self::Vectors,
        Self::Updates,
    ];

    /// Its name on pages and in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Passages => "passages",
            Self::Index => "index",
            Self::Vectors => "vectors",
            Self::Updates => "updates",
        }
    }
}

/// One count for each of [`Kept::ALL`]; of the process, as its disk is.
static REFUSED: [AtomicU64; Kept::ALL.len()] = [const { AtomicU64::new(0) }; Kept::ALL.len()];

/// Counts that something could not be kept, and says so.
pub fn refused(kept: Kept, error: &dyn Display) {
    let count = REFUSED[kept as usize].fetch_add(1, Relaxed) + 1;
    if count.is_power_of_two() {
        let kept = kept.name();
        tracing::warn!(kept, %error, count, "not written to disk: answers go on without it");
    }
}

/// How often something could not be kept since the program started.
#[must_use]
pub fn refusals(kept: Kept) -> u64 {
    REFUSED[kept as usize].load(Relaxed)
}

/// Creates a folder with those above it, for this account only; folders that exist stay as they are.
///
/// # Errors
/// When the disk refuses.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(FOLDER).create(folder)
}

/// How a file for this account only is opened; what else is wanted is set by the caller.
#[must_use]
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(FILE);
    options
}

/// What [`private`] gives a new file, for one that is there already.
#[must_use]
pub fn owner_only() -> Permissions {
    Permissions::from_mode(FILE)
}

/// Makes an open file one for this account only if others may use it, whoever wrote it.
///
/// # Errors
/// When the disk refuses.
pub fn close_to_others(file: &File) -> io::Result<()> {
    match file.metadata()?.permissions().mode() & OTHERS {
        0 => Ok(()),
        _ => file.set_permissions(owner_only()),
    }
}

/// Replaces the file at `path`, all or nothing: whoever loses power keeps the old one or the new.
///
/// # Errors
/// When the disk refuses; the old file stays.
pub fn replace(
    path: &Path,
    write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    replace_by(path, |file| {
        write(file)?;
        file.flush()?;
        file.get_ref().sync_all()
    })
}

/// As [`replace`], without waiting for the disk: what is written may be lost with the power.
///
/// # Errors
/// When the disk refuses; the old file stays.
pub fn replace_unsynced(
    path: &Path,
    write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    replace_by(path, write)
}

/// What the file at `path` is called until it is whole; no other program writes to that.
#[must_use]
pub fn unfinished(path: &Path) -> PathBuf {
    path.with_extension(format!("{}.new", std::process::id()))
}

/// Removes what programs that were killed have left unfinished in `folder` and the folders in it: files of
/// [`unfinished`] whose process has ended, and those of the index.
///
/// To be called before anything there is opened. What the disk refuses stays until the next time.
pub fn remove_unfinished(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_unfinished(&entry.path());
        } else if is_left_over(&entry.file_name().to_string_lossy()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// True for the name of a file that nobody is going to finish.
fn is_left_over(name: &str) -> bool {
    // tantivy replaces its list of segments by way of a temporary file.
    if name.starts_with(".tmp") {
        return true;
    }
    let process = name
        .strip_suffix(".new")
        .and_then(|name| name.rsplit_once('.'))
        .and_then(|(_, process)| process.parse::<u32>().ok());
    // Without /proc no process can be told to have ended.
    let processes = Path::new("/proc");
    process.is_some_and(|id| {
        processes.join("self").exists() && !processes.join(id.to_string()).exists()
    })
}

fn replace_by(
    path: &Path,
    write: impl FnOnce(&mut io::BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let fresh = unfinished(path);
    let written = (|| {
        let mut options = private();
        let file = options
            .write(true)
            .create(true)
            .truncate(true)
            .open(&fresh)?;
        let mut file = io::BufWriter::new(file);
        write(&mut file)?;
        file.flush()?;
        fs::rename(&fresh, path)
    })();
    written.inspect_err(|_| {
        // A full disk should not be kept full by what was given up.
        let _ = fs::remove_file(&fresh);
    })
}

/// Makes the files right in `folder` readable for this account only, whoever wrote them.
///
/// # Errors
/// When the disk refuses.
pub fn close_files(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_file() && metadata.permissions().mode() & 0o777 != FILE {
            fs::set_permissions(entry.path(), owner_only())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        let metadata = fs::metadata(path).expect("it exists");
        metadata.permissions().mode() & 0o777
    }

    #[test]
    fn folders_and_files_are_for_this_account_only() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("data").join("index");
        create_folder(&folder).expect("there is room");
        assert_eq!(mode(&root.path().join("data")), 0o700);
        assert_eq!(mode(&folder), 0o700);
        let file = folder.join("kept");
        replace(&file, |file| file.write_all(b"1")).expect("there is room");
        assert_eq!(mode(&file), 0o600);
        fs::write(folder.join("other"), "2").expect("there is room");
        close_files(&folder).expect("they are ours");
        assert_eq!(mode(&folder.join("other")), 0o600);
    }

    #[test]
    fn what_a_killed_program_has_left_unfinished_is_removed_and_nothing_else() {
        let root = tempfile::tempdir().expect("a folder");
        let index = root.path().join("index").join("passages");
        create_folder(&index).expect("there is room");
        // Ids of processes are smaller.
        let dead = index.join("checks.4294967295.new");
        let living = unfinished(&root.path().join("votes.key"));
        let of_index = index.join(".tmpx1Y2z3");
        let others = ["meta.json", "a.new", "4294967295.new.jsonl"].map(|name| index.join(name));
        for file in others.iter().chain([&dead, &living, &of_index]) {
            fs::write(file, "").expect("there is room");
        }
        remove_unfinished(root.path());
        assert!(!dead.exists() && !of_index.exists());
        assert!(living.exists() && others.iter().all(|file| file.exists()));
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_file_and_no_half_of_the_new() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("kept");
        replace(&file, |file| file.write_all(b"old")).expect("there is room");
        let full = |_: &mut io::BufWriter<File>| Err(io::ErrorKind::StorageFull.into());
        assert!(replace(&file, full).is_err());
        assert_eq!(fs::read(&file).expect("it is there"), b"old");
        assert_eq!(fs::read_dir(root.path()).expect("it is there").count(), 1);
        let before = refusals(Kept::Vectors);
        refused(Kept::Vectors, &"no space");
        assert!(refusals(Kept::Vectors) > before);
    }
}
