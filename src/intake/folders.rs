//! Which folder of the corpus a place has: its name in letters, `fuzhou`, and where another place
//! sounds the same (福州, 抚州), `fuzhou-2`.

use std::{
    collections::{HashMap, HashSet},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use crate::text::pinyin::syllables;

/// Bytes of a corpus file in which its place is named.
const FRONT: u64 = 2_000;

/// The folders below one, as far as they were looked at; whose they are does not change until the
/// command ends.
#[derive(Debug)]
pub struct Folders {
    root: PathBuf,
    places: HashMap<PathBuf, HashSet<String>>,
}

impl Folders {
    /// The folders below `root`, which need not exist.
    #[must_use]
    pub fn below(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            places: HashMap::new(),
        }
    }

    /// The folder of `place`: the first one of its name that holds this place or nothing.
    pub fn of(&mut self, place: &str) -> PathBuf {
        let name = folder_name(place);
        let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
        for name in names {
            let folder = self.root.join(name);
            let places = self
                .places
                .entry(folder.clone())
                .or_insert_with(|| places_in(&folder));
            if places.is_empty() || places.contains(place) {
                places.insert(place.to_owned());
                return folder;
            }
        }
        unreachable!("there is always a next number")
    }
}

/// The name of a place's folder where no other place has it: 通渭县 as `tongwei`, no place as `documents`.
/// Letters and digits only: no name leads out of the folder.
#[must_use]
pub fn folder_name(place: &str) -> String {
    let stem = place
        .strip_suffix(['省', '市', '县', '区', '州', '旗', '盟'])
        .filter(|stem| stem.chars().count() >= 2)
        .unwrap_or(place);
    if place.is_empty() {
        return "documents".to_owned();
    }
    match in_letters(stem) {
        none if none.is_empty() => "place".to_owned(),
        letters => letters,
    }
}

/// Letters of a name at most: file systems take 255 bytes.
const LETTERS: usize = 80;

/// `text` in letters and figures, syllable by syllable: 低保办法 as `dibaobanfa`.
pub(super) fn in_letters(text: &str) -> String {
    let mut letters = String::new();
    for syllable in syllables(text) {
        let syllable = syllable.chars().filter(char::is_ascii_alphanumeric);
        let syllable: String = syllable.collect();
        if letters.len() + syllable.len() > LETTERS {
            break;
        }
        letters.push_str(&syllable);
    }
    letters
}

/// The places that the corpus files of a folder name.
fn places_in(folder: &Path) -> HashSet<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| place_of(&file.path())).collect()
}

fn place_of(file: &Path) -> Option<String> {
    if file.extension()? != "md" {
        return None;
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(file).ok()?;
    file.take(FRONT).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let place = text.lines().find_map(|line| line.strip_prefix("place:"))?;
    Some(place.trim().trim_matches(['"', '\'']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_sound_the_same_have_folders_of_their_own() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let mut folders = Folders::below(root.path());
        let mut name = |place: &str| {
            let folder = folders.of(place);
            folder.file_name().map(|n| n.to_string_lossy().into_owned())
        };
        assert_eq!(name("福州市").as_deref(), Some("fuzhou"));
        assert_eq!(name("抚州市").as_deref(), Some("fuzhou-2"));
        assert_eq!(name("福州市").as_deref(), Some("fuzhou"));
        assert_eq!(name("../etc县").as_deref(), Some("etc"));
    }

    #[test]
    fn a_folder_belongs_to_the_place_that_its_files_name() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let file = root.path().join("fuzhou/2023-work-report.md");
        fs::create_dir_all(file.parent().expect("below the root")).expect("made");
        fs::write(file, "---\ntitle: 甲\nplace: 抚州市\n---\n").expect("written");
        let folder = |place: &str| Folders::below(root.path()).of(place);
        assert_eq!(folder("抚州市"), root.path().join("fuzhou"));
        assert_eq!(folder("福州市"), root.path().join("fuzhou-2"));
    }
}
