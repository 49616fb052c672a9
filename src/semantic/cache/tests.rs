//! What the cache promises.

use proptest::prelude::*;

use wenzheng_encoder::Vector;

use super::{record::MAGIC, *};

const MODEL: &str = "small-1";

fn vector(seed: u8) -> Rounded {
    let numbers = (0..8).map(|i| f32::from(seed.wrapping_mul(31).wrapping_add(i * 7)) - 99.5);
    Rounded::new(&Vector::unit(numbers.collect()))
}

impl VectorCache {
    /// Number of vectors known, those of the bundle included.
    fn len(&self) -> usize {
        self.file.at.len() + self.unsaved.len() + self.bundled.len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn key(text: &str) -> TextKey {
    TextKey::of(text)
}

fn texts(count: u8) -> Vec<TextKey> {
    (0..count).map(|i| key(&format!("第{i}句。"))).collect()
}

fn open(folder: &Path) -> VectorCache {
    VectorCache::open(folder, MODEL, &[])
}

/// A folder with a cache of `count` texts.
fn filled(count: u8) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut cache = open(folder.path());
    for (i, text) in (0..).zip(texts(count)) {
        cache.add(&[(text, vector(i))]).unwrap();
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
        assert_eq!(cache.get(text), Some(vector(i)));
    }
    assert_eq!(cache.get(key("别的")), None);
}

#[test]
fn a_text_is_stored_once() {
    let folder = filled(2);
    let size = fs::metadata(file(folder.path())).unwrap().len();
    let mut cache = open(folder.path());
    cache.add(&[(key("第0句。"), vector(0))]).unwrap();
    assert_eq!(fs::metadata(file(folder.path())).unwrap().len(), size);
}

#[test]
fn a_file_of_another_model_is_begun_anew() {
    let folder = filled(2);
    let other = folder.path().join("other.vectors");
    fs::rename(file(folder.path()), &other).unwrap();
    let mut cache = VectorCache::open(folder.path(), "other", &[]);
    assert!(cache.is_empty());
    cache.add(&[(key("路"), vector(9))]).unwrap();
    assert_eq!(VectorCache::open(folder.path(), "other", &[]).len(), 1);
}

#[test]
fn vectors_of_another_width_replace_all() {
    let folder = filled(2);
    let mut cache = open(folder.path());
    let wide = Rounded::new(&Vector::unit(vec![1.0; 9]));
    cache.add(&[(key("路"), wide.clone())]).unwrap();
    let cache = open(folder.path());
    assert_eq!((cache.len(), cache.get(key("路"))), (1, Some(wide)));
}

#[test]
fn a_bundle_is_a_layer_below() {
    let folder = filled(3);
    let bundle = open(folder.path()).bundle(texts(2));
    let elsewhere = tempfile::tempdir().unwrap();
    let mut cache = VectorCache::open(elsewhere.path(), MODEL, &bundle);
    assert_eq!(cache.get(key("第1句。")), Some(vector(1)));
    cache.add(&[(key("路"), vector(9))]).unwrap();
    assert_eq!(cache.len(), 3);
    assert_eq!(open(elsewhere.path()).len(), 1, "the bundle is not copied");
    assert!(VectorCache::open(elsewhere.path(), "other", &bundle).is_empty());
}

#[test]
fn texts_out_of_use_are_forgotten_when_they_are_most() {
    let folder = filled(10);
    let mut cache = open(folder.path());
    assert!(!cache.keep_only(texts(5)).unwrap());
    assert!(cache.keep_only(texts(4)).unwrap());
    cache.add(&[(key("路"), vector(9))]).unwrap();
    let cache = open(folder.path());
    assert_eq!(cache.len(), 5);
    assert_eq!(cache.get(key("第3句。")), Some(vector(3)));
}

#[test]
fn a_folder_that_cannot_be_written_costs_only_the_next_start() {
    let mut cache = open(Path::new("/dev/null/cache"));
    assert!(cache.add(&[(key("路"), vector(1))]).is_err());
    assert_eq!(cache.get(key("路")), Some(vector(1)));
}

/// Cuts the file of a filled cache in the middle of the third record.
fn cut_in_the_third(folder: &Path) {
    let file = OpenOptions::new().write(true).open(file(folder)).unwrap();
    let length = file.metadata().unwrap().len();
    let record = record_bytes(8) as u64;
    file.set_len(length - 3 * record + record / 2).unwrap();
}

#[test]
fn a_row_on_disk_that_cannot_be_read_is_none() {
    let folder = filled(5);
    let kept = open(folder.path()).kept(&texts(5)).unwrap();
    assert_eq!(kept.read(0..5).map(|rows| rows.len()), Some(5));
    cut_in_the_third(folder.path());
    assert_eq!(kept.read(0..5), None);
    assert_eq!(kept.read(2..3), None);
    let mut first = Matrix::default();
    first.push(&vector(0));
    first.push(&vector(1));
    assert_eq!(kept.read(0..2), Some(first.clone()));
    assert_eq!(kept.centroid(), first.centroid());
}

#[test]
fn a_row_on_disk_that_was_damaged_is_none() {
    let folder = filled(2);
    let kept = open(folder.path()).kept(&texts(2)).unwrap();
    let mut bytes = fs::read(file(folder.path())).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(file(folder.path()), bytes).unwrap();
    assert_eq!(kept.read(0..1).map(|rows| rows.len()), Some(1));
    assert_eq!(kept.read(0..2), None);
}

#[test]
fn vectors_that_cannot_be_read_any_more_are_unknown_and_can_be_made_again() {
    let folder = filled(5);
    let mut cache = open(folder.path());
    cut_in_the_third(folder.path());
    assert!(cache.held(&texts(2)).is_some());
    assert_eq!(cache.held(&texts(5)), None);
    let known: Vec<bool> = texts(5).into_iter().map(|text| cache.knows(text)).collect();
    assert_eq!(known, [true, true, false, false, false]);
    for (i, text) in (0..).zip(texts(5)) {
        cache.add(&[(text, vector(i))]).unwrap();
    }
    assert_eq!(cache.held(&texts(5)).map(|rows| rows.len()), Some(5));
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
            prop_assert!(cache.get(text).is_none_or(|found| found == vector(i)));
        }
        // And it goes on as if nothing had happened.
        let known = cache.len();
        cache.add(&[(key("路"), vector(9))]).unwrap();
        prop_assert_eq!(open(folder.path()).len(), known + 1);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, width in 0usize..9, headed: bool) {
        let mut file = if headed { format!("{MAGIC} {width} {MODEL}\n").into_bytes() } else { Vec::new() };
        file.extend(bytes);
        let _ = read_layer(&file, MODEL);
    }
}
