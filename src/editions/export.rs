//! An edition as a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use wenzheng_store::{Manifest, StoreError};

use super::{
    contents::{Fresh, Source},
    paths::{CORPUS, LEXICON, RANKING},
};

/// Where a file of an edition lies below an exported folder: as the program expects it where it is
/// started.
fn place(path: &str) -> PathBuf {
    match path.strip_prefix(CORPUS) {
        Some(below) => Path::new("corpus").join(below),
        None if path.starts_with(LEXICON) || path == RANKING => Path::new("config").join(path),
        None => PathBuf::from(path),
    }
}

/// Writes the files of `manifest` into the folder `to`, which must be empty or not there. Gives their
/// number.
pub(super) fn write(source: &Source, manifest: &Manifest, to: &Path) -> Result<usize, StoreError> {
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::Disk(format!("{} 不是空文件夹", to.display())));
    }
    let fresh = Fresh::new();
    for (path, content) in &manifest.files {
        let file = to.join(place(path));
        let folder = file.parent().unwrap_or(to);
        fs::create_dir_all(folder)?;
        let bytes = source
            .read(path, content.hash, &fresh)
            .map_err(|error: io::Error| StoreError::Disk(error.to_string()))?;
        fs::write(&file, bytes)?;
    }
    Ok(manifest.files.len())
}
